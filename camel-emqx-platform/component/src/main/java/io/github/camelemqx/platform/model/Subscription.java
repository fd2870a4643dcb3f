/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.Map;

/**
 * A subscription of a client (recordings v5 60, v4 82).
 * As the body of {@code clients:subscribe} it must not name a node: the client has one.
 *
 * @param clientId the client's id
 * @param topic the topic filter, with {@code $share/GROUP/} before it when shared
 * @param qos 0, 1 or 2
 * @param node the node that holds the client; null in the result of {@code subscribe} on generation 4
 * @param noLocal whether the client's own messages are left out; null on generation 4
 * @param retainAsPublished whether the retain flag is kept; null on generation 4
 * @param retainHandling 0, 1 or 2 as in MQTT 5; null on generation 4
 */
public record Subscription(
        String clientId,
        String topic,
        Integer qos,
        String node,
        Boolean noLocal,
        Boolean retainAsPublished,
        Integer retainHandling)
        implements Row {

    /**
     * From a row; fields that are missing are null, fields that the record does not have are passed over.
     *
     * @throws IllegalArgumentException naming a field of another type
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Subscription of(Map<String, ?> fields) {
        FieldReader row = new FieldReader("Subscription", fields);
        return new Subscription(
                row.text("clientid"),
                row.text("topic"),
                row.integer("qos"),
                row.text("node"),
                row.flag("nl"),
                row.flag("rap"),
                row.integer("rh"));
    }

    @Override
    public Map<String, Object> toMap() {
        return new FieldWriter()
                .with("clientid", clientId)
                .with("topic", topic)
                .with("qos", qos)
                .with("node", node)
                .with("nl", bit(noLocal))
                .with("rap", bit(retainAsPublished))
                .with("rh", retainHandling)
                .toMap();
    }

    /** MQTT 5 and the API write these flags as numbers. */
    private static Integer bit(Boolean flag) {
        return flag == null ? null : flag ? 1 : 0;
    }
}
