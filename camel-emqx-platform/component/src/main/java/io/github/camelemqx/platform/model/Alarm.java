/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;

/**
 * An alarm of a node, a row of {@code alarms:list} (recordings v4 457, 462; of generation 5 its schema).
 * Times of generation 4 have a resolution of a microsecond, those of generation 5 of a millisecond.
 *
 * @param node the node that raised it
 * @param name such as {@code high_cpu_usage}; a node has one active alarm of a name
 * @param message for people
 * @param details the broker's own, different for each alarm; unmodifiable, empty without any, null where the broker does not tell
 * @param activateAt when it was raised
 * @param deactivateAt when it was over, null while it is active
 * @param activated whether it is active
 * @param duration how long it was active, or has been until the listing, to the millisecond
 */
public record Alarm(
        String node,
        String name,
        String message,
        Map<String, Object> details,
        Instant activateAt,
        Instant deactivateAt,
        Boolean activated,
        Duration duration)
        implements Row {

    /** Keeps the details unmodifiable. */
    public Alarm {
        details = details == null ? null : Collections.unmodifiableMap(details);
    }

    /**
     * From a row; fields that are missing are null, fields that the record does not have are passed over.
     *
     * @throws IllegalArgumentException naming a field of another type
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Alarm of(Map<String, ?> fields) {
        FieldReader row = new FieldReader("Alarm", fields);
        return new Alarm(
                row.text("node"),
                row.text("name"),
                row.text("message"),
                row.object("details"),
                row.instant("activate_at"),
                row.instant("deactivate_at"),
                row.flag("activated"),
                duration(row));
    }

    @Override
    public Map<String, Object> toMap() {
        return new FieldWriter()
                .with("node", node)
                .with("name", name)
                .with("message", message)
                .with("details", details)
                .with("activate_at", activateAt)
                .with("deactivate_at", deactivateAt)
                .with("activated", activated)
                .with("duration", duration == null ? null : duration.toMillis())
                .toMap();
    }

    private static Duration duration(FieldReader row) {
        Long millis = row.number("duration");
        return millis == null ? null : Duration.ofMillis(millis);
    }
}
