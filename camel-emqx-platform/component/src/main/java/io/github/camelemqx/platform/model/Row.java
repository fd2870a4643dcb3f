/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.model;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;

/** Typed reading of a row. A field that is missing, or not of the type, is null: rows grow with each broker version. */
record Row(Map<String, ?> fields) {

    String text(String field) {
        Object value = fields.get(field);
        return value == null ? null : value.toString();
    }

    Integer integer(String field) {
        return fields.get(field) instanceof Number number ? number.intValue() : null;
    }

    Boolean flag(String field) {
        Object value = fields.get(field);
        if (value instanceof Number number) {
            return number.intValue() != 0;
        }
        return value instanceof Boolean flag ? flag : null;
    }

    Instant instant(String field) {
        Object value = fields.get(field);
        try {
            return value == null ? null : Instant.parse(value.toString());
        } catch (DateTimeParseException infinityOrNone) {
            return null;
        }
    }
}
