/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.docs;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The value of a parameter in an example.
 *
 * @param value as a route would give it
 * @param secret the Java variable that the example names instead of the value, null where the value is shown
 */
record Sample(Object value, String secret) {

    /** Rows of a list stand one below the other. */
    private static final String ROW_INDENT = "\n                ";

    /** In a URI: without quotes, and kept from Camel's own reading where it holds what a URI would give a meaning. */
    String inUri() {
        String text = value.toString();
        return text.matches("[A-Za-z0-9._~/@:,-]*") ? text : "RAW(" + text + ")";
    }

    /** In Java. */
    String inJava() {
        return secret == null ? java(value) : secret;
    }

    static String java(Object value) {
        if (value instanceof Map<?, ?> map) {
            boolean few = map.size() <= 10;
            return map.entrySet().stream()
                    .map(entry -> few
                            ? java(entry.getKey()) + ", " + java(entry.getValue())
                            : "Map.entry(" + java(entry.getKey()) + ", " + java(entry.getValue()) + ")")
                    .collect(Collectors.joining(", ", few ? "Map.of(" : "Map.ofEntries(", ")"));
        }
        if (value instanceof Collection<?> list) {
            boolean rows = list.size() > 1 && list.stream().allMatch(Map.class::isInstance);
            String between = rows ? "," + ROW_INDENT : ", ";
            return list.stream()
                    .map(Sample::java)
                    .collect(Collectors.joining(between, "List.of(" + (rows ? ROW_INDENT : ""), ")"));
        }
        if (value instanceof Sample sample) {
            return sample.inJava();
        }
        return value instanceof String text
                ? "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\""
                : String.valueOf(value);
    }

    /** The value itself, with those in Maps and Lists. */
    static Object plain(Object value) {
        if (value instanceof Map<?, ?> map) {
            LinkedHashMap<Object, Object> plain = new LinkedHashMap<>();
            map.forEach((name, entry) -> plain.put(name, plain(entry)));
            return plain;
        }
        if (value instanceof List<?> list) {
            return list.stream().map(Sample::plain).toList();
        }
        return value instanceof Sample sample ? plain(sample.value()) : value;
    }
}
