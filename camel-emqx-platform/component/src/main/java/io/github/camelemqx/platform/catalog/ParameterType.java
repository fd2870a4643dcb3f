/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.catalog;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.Map;

/** The type of a parameter: what a route may write for it, and what it becomes. */
public enum ParameterType {
    STRING("a text") {
        @Override
        Object convert(Object value) {
            boolean scalar = value instanceof CharSequence || value instanceof Number || value instanceof Boolean;
            return scalar || value instanceof Enum<?> ? value.toString() : null;
        }
    },
    INTEGER("a whole number") {
        @Override
        Object convert(Object value) {
            if (value instanceof Integer || value instanceof Long || value instanceof Short || value instanceof Byte) {
                return ((Number) value).longValue();
            }
            try {
                return value instanceof CharSequence || value instanceof Number
                        ? new BigDecimal(value.toString().strip()).longValueExact()
                        : null;
            } catch (NumberFormatException notANumber) {
                return null;
            } catch (ArithmeticException notWhole) {
                return null;
            }
        }
    },
    /** A number with or without decimals; a whole one stays whole. */
    NUMBER("a number") {
        @Override
        Object convert(Object value) {
            Object whole = INTEGER.convert(value);
            if (whole != null || !(value instanceof CharSequence || value instanceof Number)) {
                return whole;
            }
            try {
                double number = new BigDecimal(value.toString().strip()).doubleValue();
                return Double.isFinite(number) ? number : null;
            } catch (NumberFormatException notANumber) {
                return null;
            }
        }
    },
    BOOLEAN("true or false") {
        @Override
        Object convert(Object value) {
            if (value instanceof Boolean) {
                return value;
            }
            return switch (String.valueOf(value)) {
                case "true" -> true;
                case "false" -> false;
                default -> null;
            };
        }
    },
    /** An instant in ISO-8601, with {@code Z} or an offset; also {@link Instant} and its like. */
    TIME("an ISO-8601 time such as 2026-11-23T10:00:00Z") {
        @Override
        Object convert(Object value) {
            if (value instanceof OffsetDateTime time) {
                return time.toInstant().toString();
            }
            try {
                return OffsetDateTime.parse(value.toString()).toInstant().toString();
            } catch (DateTimeParseException notATime) {
                return null;
            }
        }
    },
    TIME_OR_INFINITY("an ISO-8601 time such as 2026-11-23T10:00:00Z, or infinity") {
        @Override
        Object convert(Object value) {
            return Codec.INFINITY.equals(value) ? value : TIME.convert(value);
        }
    },
    OBJECT("an object") {
        @Override
        Object convert(Object value) {
            return value instanceof Map ? value : null;
        }
    },
    /** A text, or whatever else the API takes there. */
    ANY("a value") {
        @Override
        Object convert(Object value) {
            return value instanceof Collection<?> list && list.isEmpty() ? null : value;
        }
    };

    private final String words;

    ParameterType(String words) {
        this.words = words;
    }

    /** For messages: what a route should have written. */
    public String words() {
        return words;
    }

    /** The value as the vocabulary has it, or null where it is of another type. */
    abstract Object convert(Object value);
}
