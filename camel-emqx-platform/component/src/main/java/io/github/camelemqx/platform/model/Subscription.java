/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.model;

import java.util.Map;

/**
 * A subscription of a client (recordings v5 60, v4 82).
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
        Integer retainHandling) {

    /** From a row; fields that are missing are null. */
    public static Subscription of(Map<String, ?> fields) {
        Row row = new Row(fields);
        return new Subscription(
                row.text("clientid"),
                row.text("topic"),
                row.integer("qos"),
                row.text("node"),
                row.flag("nl"),
                row.flag("rap"),
                row.integer("rh"));
    }
}
