/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.model;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A metric that a watch saw change.
 *
 * @param name the broker's own name, such as {@code messages.received}
 * @param node the node that counts; null for the sum over all nodes
 * @param previous the value when it was told last; of a sum of gauges ({@code stats}) only of the nodes that were there
 *     at both times
 * @param current the value now. For one node it is the broker's own, and a counter starts again at zero with the node; a
 *     sum of counters goes on from there, so that a node that comes, goes or restarts never makes it jump
 * @param delta what changed in between, never because a node came or went; never negative for counters
 * @param ratePerSecond the delta divided by the seconds in which it came about
 * @param detectedAt when the component saw it, by its own clock
 */
public record MetricChange(
        String name, String node, long previous, long current, long delta, double ratePerSecond, Instant detectedAt) {

    /** The components by name, times as ISO-8601 text: what the event's JSON has, also when a route marshals it. */
    @JsonValue
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", name);
        map.put("node", node);
        map.put("previous", previous);
        map.put("current", current);
        map.put("delta", delta);
        map.put("ratePerSecond", ratePerSecond);
        map.put("detectedAt", detectedAt.toString());
        return map;
    }
}
