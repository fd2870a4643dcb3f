/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;

/**
 * A retained message (recordings v5 160, 161). Generation 4 has no API for them.
 *
 * @param topic the topic
 * @param qos 0, 1 or 2
 * @param payload in Base64; null in a listing, which is without payloads
 * @param messageId the broker's id of the message
 * @param publishAt when it was published
 * @param fromClientId the client that published it; {@code http_api} for the API
 * @param fromUsername that client's user name, empty without one
 */
public record RetainedMessage(
        String topic,
        Integer qos,
        String payload,
        String messageId,
        Instant publishAt,
        String fromClientId,
        String fromUsername)
        implements Row {

    /**
     * From a row; fields that are missing are null, fields that the record does not have are passed over.
     *
     * @throws IllegalArgumentException naming a field of another type
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static RetainedMessage of(Map<String, ?> fields) {
        FieldReader row = new FieldReader("RetainedMessage", fields);
        return new RetainedMessage(
                row.text("topic"),
                row.integer("qos"),
                row.text("payload"),
                row.text("msgid"),
                row.instant("publish_at"),
                row.text("from_clientid"),
                row.text("from_username"));
    }

    @Override
    public Map<String, Object> toMap() {
        return new FieldWriter()
                .with("topic", topic)
                .with("qos", qos)
                .with("payload", payload)
                .with("msgid", messageId)
                .with("publish_at", publishAt)
                .with("from_clientid", fromClientId)
                .with("from_username", fromUsername)
                .toMap();
    }

    /** The payload as it was published, null in a row of a listing. */
    public byte[] payloadBytes() {
        return payload == null ? null : Base64.getDecoder().decode(payload);
    }
}
