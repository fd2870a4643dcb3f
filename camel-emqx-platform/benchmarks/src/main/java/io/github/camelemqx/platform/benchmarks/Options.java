/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a benchmark was started with: {@code name=value} for what is to be other than usual.
 *
 * @param given values by their names
 */
public record Options(Map<String, String> given) {

    /**
     * Those of a main.
     *
     * @param names all that it knows
     * @throws IllegalArgumentException for any other: what is measured must be what was meant
     */
    public static Options of(String[] args, String... names) {
        List<String> known = List.of(names);
        Map<String, String> given = new LinkedHashMap<>();
        for (String arg : args) {
            int equals = arg.indexOf('=');
            if (equals < 0 || !known.contains(arg.substring(0, equals))) {
                throw new IllegalArgumentException(arg + " is none of " + String.join("=, ", known) + "=");
            }
            given.put(arg.substring(0, equals), arg.substring(equals + 1));
        }
        return new Options(given);
    }

    /** A text, the usual one unless given. */
    public String text(String name, String usual) {
        return given.getOrDefault(name, usual);
    }

    /** A whole number. */
    public int number(String name, int usual) {
        return Integer.parseInt(text(name, String.valueOf(usual)));
    }

    /** A number with parts. */
    public double decimal(String name, double usual) {
        return Double.parseDouble(text(name, String.valueOf(usual)));
    }

    /** Texts between commas; none for nothing. */
    public List<String> list(String name, String usual) {
        return Arrays.stream(text(name, usual).split(","))
                .filter(word -> !word.isBlank())
                .toList();
    }
}
