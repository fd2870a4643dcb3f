/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.Map;

/**
 * What became of a published message (recordings v5 83, 84, v4 130).
 *
 * @param id the broker's id of the message; null when nobody subscribes (generation 5), and in bulk on generation 4
 * @param reasonCode 16 when nobody subscribes, which is a success; null otherwise and on generation 4
 * @param message the reason in words, null without one
 */
public record PublishResult(String id, Integer reasonCode, String message) implements Row {

    /** The reason code of a message that nobody subscribes to. */
    public static final int NO_MATCHING_SUBSCRIBERS = 16;

    /**
     * From a row; fields that are missing are null, fields that the record does not have are passed over.
     *
     * @throws IllegalArgumentException naming a field of another type
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static PublishResult of(Map<String, ?> fields) {
        FieldReader row = new FieldReader("PublishResult", fields);
        return new PublishResult(row.text("id"), row.integer("reason_code"), row.text("message"));
    }

    @Override
    public Map<String, Object> toMap() {
        return new FieldWriter()
                .with("id", id)
                .with("reason_code", reasonCode)
                .with("message", message)
                .toMap();
    }
}
