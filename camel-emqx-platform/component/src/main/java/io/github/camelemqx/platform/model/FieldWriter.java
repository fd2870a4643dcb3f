/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.model;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes the components of a record as fields of a row: times as ISO-8601 text, nothing for null. */
final class FieldWriter {

    private final Map<String, Object> fields = new LinkedHashMap<>();

    FieldWriter with(String field, Object value) {
        if (value instanceof Instant time) {
            fields.put(field, time.toString());
        } else if (value != null) {
            fields.put(field, value);
        }
        return this;
    }

    Map<String, Object> toMap() {
        return Collections.unmodifiableMap(fields);
    }
}
