/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test;

import java.time.Instant;
import java.util.Map;

/**
 * An alarm.
 *
 * @param node the cluster node that raised it
 * @param activatedAt when it was raised
 * @param deactivatedAt when it was over, or null while it is not
 */
public record AlarmRow(
        String node,
        String name,
        String message,
        Map<String, Object> details,
        Instant activatedAt,
        Instant deactivatedAt) {

    /** Copies the details. */
    public AlarmRow {
        details = Map.copyOf(details);
    }

    /** Whether it goes on. */
    public boolean active() {
        return deactivatedAt == null;
    }

    /** The same alarm, over since a moment. */
    public AlarmRow deactivated(Instant at) {
        return new AlarmRow(node, name, message, details, activatedAt, at);
    }
}
