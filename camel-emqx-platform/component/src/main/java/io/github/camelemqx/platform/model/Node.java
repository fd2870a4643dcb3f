/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.Map;

/**
 * A node of the cluster (recordings v5 11, v4 19).
 *
 * @param name such as {@code emqx@127.0.0.1}
 * @param status running or stopped
 * @param version the broker's version; null for a stopped node
 * @param connections clients and kept sessions on the node; null for a stopped node
 */
public record Node(String name, String status, String version, Integer connections) implements Row {

    /**
     * From a row; fields that are missing are null, fields that the record does not have are passed over.
     *
     * @throws IllegalArgumentException naming a field of another type
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Node of(Map<String, ?> fields) {
        FieldReader row = new FieldReader("Node", fields);
        return new Node(row.text("node"), row.text("node_status"), row.text("version"), row.integer("connections"));
    }

    @Override
    public Map<String, Object> toMap() {
        return new FieldWriter()
                .with("node", name)
                .with("node_status", status)
                .with("version", version)
                .with("connections", connections)
                .toMap();
    }
}
