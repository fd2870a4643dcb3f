/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.model;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a watch saw change.
 *
 * @param resource the watched resource, such as {@code clients}
 * @param type {@code connected}, {@code disconnected}, {@code reconnected}, {@code updated}, {@code unreachable},
 *     {@code deleted} for clients; {@code created}, {@code updated}, {@code deleted} for others
 * @param key what identifies the row: the client id, the user's id
 * @param before the watched fields as they were, null for a row that is new
 * @param after the watched fields as they are, null for a row that is gone
 * @param detectedAt when the component saw it, by its own clock
 */
public record ResourceChange(
        String resource,
        String type,
        String key,
        Map<String, Object> before,
        Map<String, Object> after,
        Instant detectedAt) {

    /** Keeps unmodifiable views: an event is a fact. */
    public ResourceChange {
        before = before == null ? null : Collections.unmodifiableMap(before);
        after = after == null ? null : Collections.unmodifiableMap(after);
    }

    /** The components by name, times as ISO-8601 text: what the event's JSON has, also when a route marshals it. */
    @JsonValue
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("resource", resource);
        map.put("type", type);
        map.put("key", key);
        map.put("before", before);
        map.put("after", after);
        map.put("detectedAt", detectedAt.toString());
        return map;
    }
}
