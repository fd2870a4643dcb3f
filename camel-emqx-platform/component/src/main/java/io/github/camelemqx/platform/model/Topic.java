/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.Map;

/**
 * A topic filter that somebody on a node subscribes to, a row of {@code topics:list} and {@code topics:get} (recordings v5 81, v4 91).
 *
 * @param topic the topic filter; a shared one without {@code $share/GROUP/}
 * @param node a node that has subscribers; each node is a row of its own
 */
public record Topic(String topic, String node) implements Row {

    /**
     * From a row; fields that are missing are null, fields that the record does not have are passed over.
     *
     * @throws IllegalArgumentException naming a field of another type
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Topic of(Map<String, ?> fields) {
        FieldReader row = new FieldReader("Topic", fields);
        return new Topic(row.text("topic"), row.text("node"));
    }

    @Override
    public Map<String, Object> toMap() {
        return new FieldWriter().with("topic", topic).with("node", node).toMap();
    }
}
