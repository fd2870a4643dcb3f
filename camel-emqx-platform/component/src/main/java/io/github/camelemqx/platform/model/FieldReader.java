/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.model;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Typed reading of a row. A field that is missing is null, one that nobody asks for is nobody's business: rows grow with
 * each broker version. One of another type is an error that names record and field, but does not quote the value, which
 * may be a secret.
 *
 * @param record the name of the record, for messages
 */
record FieldReader(String record, Map<String, ?> fields) {

    String text(String field) {
        Object value = fields.get(field);
        boolean scalar = value instanceof CharSequence || value instanceof Number || value instanceof Boolean;
        if (value != null && !scalar) {
            throw wrong(field, "a text", value);
        }
        return value == null ? null : value.toString();
    }

    Integer integer(String field) {
        Long number = number(field);
        if (number != null && number != number.intValue()) {
            throw wrong(field, "a number of 32 bits", number);
        }
        return number == null ? null : number.intValue();
    }

    Long number(String field) {
        return whole(field, fields.get(field));
    }

    Boolean flag(String field) {
        Object value = fields.get(field);
        if (value instanceof Number number) {
            return number.intValue() != 0;
        }
        if (value != null && !(value instanceof Boolean)) {
            throw wrong(field, "true or false", value);
        }
        return (Boolean) value;
    }

    Instant instant(String field) {
        Object value = fields.get(field);
        if (value == null || value instanceof Instant) {
            return (Instant) value;
        }
        try {
            return Instant.parse(text(field));
        } catch (DateTimeParseException notATime) {
            // not as the cause: it quotes the text
            throw wrong(field, "an ISO-8601 time", value);
        }
    }

    /** A time that may never come, which the vocabulary calls infinity: null. */
    Instant instantOrNever(String field) {
        return "infinity".equals(fields.get(field)) ? null : instant(field);
    }

    Map<String, Object> object(String field) {
        Object value = fields.get(field);
        if (value == null) {
            return null;
        }
        if (!(value instanceof Map<?, ?> map)) {
            throw wrong(field, "an object", value);
        }
        Map<String, Object> object = new LinkedHashMap<>();
        map.forEach((name, one) -> object.put(String.valueOf(name), one));
        return object;
    }

    List<String> texts(String field) {
        List<String> texts = new ArrayList<>();
        for (Object one : list(field, "a list of texts")) {
            if (!(one instanceof CharSequence)) {
                throw wrong(field, "a list of texts", one);
            }
            texts.add(one.toString());
        }
        return fields.get(field) == null ? null : List.copyOf(texts);
    }

    List<Integer> integers(String field) {
        List<Integer> numbers = new ArrayList<>();
        for (Object one : list(field, "a list of whole numbers")) {
            Long number = whole(field, one);
            if (number == null) {
                throw wrong(field, "a list of whole numbers", "null");
            }
            numbers.add(number.intValue());
        }
        return fields.get(field) == null ? null : List.copyOf(numbers);
    }

    /**
     * A value that the record cannot be without.
     *
     * @param value as read from the field
     */
    <T> T required(String field, T value) {
        if (value == null) {
            throw new IllegalArgumentException(record + ": field " + field + " is missing");
        }
        return value;
    }

    private List<?> list(String field, String expected) {
        Object value = fields.get(field);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> list)) {
            throw wrong(field, expected, value);
        }
        return list;
    }

    private Long whole(String field, Object value) {
        if (value == null) {
            return null;
        }
        if (!(value instanceof Number)) {
            throw wrong(field, "a whole number", value);
        }
        try {
            return new BigDecimal(value.toString()).longValueExact();
        } catch (ArithmeticException notWhole) {
            throw wrong(field, "a whole number", value);
        }
    }

    private IllegalArgumentException wrong(String field, String expected, Object value) {
        return new IllegalArgumentException(
                record + ": field " + field + " must be " + expected + ", not what this " + kind(value) + " says");
    }

    private static String kind(Object value) {
        return value.getClass().getSimpleName();
    }
}
