/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The parameters of a query, decoded. */
public record Query(Map<String, List<String>> values) {

    /**
     * Takes a query apart.
     *
     * @throws BadEscape for an escape such as {@code %zz}
     */
    static Query parse(String raw) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (String pair : raw.isEmpty() ? new String[0] : raw.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = Percent.decode(plusToSpace(equals < 0 ? pair : pair.substring(0, equals)));
            String value = equals < 0 ? "" : Percent.decode(plusToSpace(pair.substring(equals + 1)));
            values.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
        }
        return new Query(values);
    }

    private static String plusToSpace(String text) {
        return text.replace('+', ' ');
    }

    /** The first value of a parameter. */
    public Optional<String> first(String name) {
        return all(name).stream().findFirst();
    }

    /** All values of a parameter, none if it is absent. */
    public List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    /** Whether a parameter is there, with whatever value. */
    public boolean has(String name) {
        return values.containsKey(name);
    }
}
