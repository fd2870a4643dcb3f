/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.docs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelemqx.platform.catalog.Operation;
import io.github.camelemqx.platform.catalog.Parameter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Sensible values for parameters by their names, from {@code samples.tsv}; where it has none, by their types. */
final class Samples {

    private static final Pattern SEPARATED = Pattern.compile("[^A-Za-z0-9]+(.)");

    private final Map<String, String[]> byName = new HashMap<>();
    private final ObjectMapper json = new ObjectMapper();

    private Samples() {}

    static Samples load() {
        Samples samples = new Samples();
        for (String line : DataFile.lines("samples.tsv")) {
            String[] cells = line.split("\t", -1);
            samples.byName.put(cells[0], cells);
        }
        return samples;
    }

    /** Whether the example of an operation shows a parameter: a required one, or one that has a value just for it. */
    boolean shows(Operation operation, Parameter parameter) {
        boolean needed = parameter.required()
                || (!parameter.requiredOn().isEmpty()
                        && parameter.places().keySet().containsAll(operation.generations()));
        return needed || byName.containsKey(operation.fullName() + "." + parameter.name());
    }

    /**
     * A value.
     *
     * @param row 0, or 1 for that of the second row of a bulk call
     */
    Sample of(Operation operation, Parameter parameter, int row) {
        if (parameter.secret()) {
            return new Sample(parameter.name() + "-that-is-secret", variable(parameter.name()));
        }
        for (String key : new String[] {
            operation.fullName() + "." + parameter.name(),
            operation.resource() + "." + parameter.name(),
            parameter.name()
        }) {
            String[] cells = byName.get(key);
            if (cells != null) {
                Object value = value(cells[Math.min(row + 1, cells.length - 1)]);
                if (allowed(parameter, value)) {
                    return new Sample(value(parameter, value), null);
                }
            }
        }
        return new Sample(byType(parameter), null);
    }

    /** The body of a call that takes no rows, null for none. */
    Object body(Operation operation) {
        String[] cells = byName.get(operation.fullName());
        return cells == null ? null : value(cells[1]);
    }

    /** A value that is good for one operation may be none of those that another knows under the same name. */
    private static boolean allowed(Parameter parameter, Object value) {
        try {
            parameter.checked(value);
            return true;
        } catch (IllegalArgumentException notForThisOne) {
            return false;
        }
    }

    /** Numbers and booleans without quotes. */
    private static Object value(Parameter parameter, Object value) {
        return switch (parameter.type().name()) {
            case "INTEGER", "NUMBER", "BOOLEAN" -> parameter.checked(value);
            default -> value;
        };
    }

    private Object value(String text) {
        if (!text.startsWith("[") && !text.startsWith("{")) {
            return text;
        }
        try {
            return json.readValue(text, Object.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("samples.tsv has a value that is not JSON: " + text, e);
        }
    }

    private static Object byType(Parameter parameter) {
        if (!parameter.allowed().isEmpty()) {
            return parameter.checked(parameter.allowed().get(0));
        }
        return switch (parameter.type().name()) {
            case "INTEGER", "NUMBER" -> parameter.min() == null ? 1 : Math.max(1, parameter.min());
            case "BOOLEAN" -> true;
            case "TIME", "TIME_OR_INFINITY" -> "2026-12-31T00:00:00Z";
            case "OBJECT" -> Map.of("key", "value");
            default -> parameter.name() + "-1";
        };
    }

    private static String variable(String parameter) {
        return SEPARATED.matcher(parameter).replaceAll(match -> match.group(1).toUpperCase(Locale.ROOT));
    }
}
