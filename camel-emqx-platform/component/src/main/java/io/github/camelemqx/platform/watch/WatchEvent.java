/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.watch;

import java.time.Instant;
import java.util.Map;

/**
 * A change on its way into a route.
 *
 * @param id the same whenever the event is delivered again
 * @param type such as connected
 * @param key what orders events and identifies the row in the state
 * @param name what identifies the thing that changed to people and calls: the client id, the metric's name
 * @param fields of the row, where the identity headers come from; empty for metrics
 * @param body a {@link io.github.camelemqx.platform.model.ResourceChange} or a
 *     {@link io.github.camelemqx.platform.model.MetricChange}
 * @param detectedAt when it was seen
 * @param row what the state becomes with its delivery, null when the row is gone
 */
public record WatchEvent(
        String id,
        String type,
        String key,
        String name,
        Map<String, Object> fields,
        Object body,
        Instant detectedAt,
        Map<String, Object> row) {}
