/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.state;

import io.github.camelemqx.platform.test.AlarmRow;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Alarms that go on, and those that were over, until they are forgotten. */
public final class AlarmTable {

    private final Clock clock;
    private final List<AlarmRow> alarms = new ArrayList<>();

    AlarmTable(Clock clock) {
        this.clock = clock;
    }

    /** All alarms in the order in which they were raised. */
    public Stream<AlarmRow> all() {
        return alarms.stream();
    }

    /** Raises an alarm; nothing happens while the node has an active one of that name. */
    public void raise(String node, String name, String message, Map<String, Object> details) {
        if (find(node, name).isEmpty()) {
            alarms.add(new AlarmRow(node, name, message, details, clock.instant(), null));
        }
    }

    /** Ends an alarm; false if none of that name is active on the node. */
    public boolean deactivate(String node, String name) {
        Optional<AlarmRow> active = find(node, name);
        active.ifPresent(alarm -> alarms.set(alarms.indexOf(alarm), alarm.deactivated(clock.instant())));
        return active.isPresent();
    }

    private Optional<AlarmRow> find(String node, String name) {
        return all().filter(AlarmRow::active)
                .filter(alarm -> alarm.node().equals(node) && alarm.name().equals(name))
                .findFirst();
    }

    /** Forgets alarms that are over. */
    public void forget(Predicate<AlarmRow> which) {
        alarms.removeIf(which.and(alarm -> !alarm.active()));
    }
}
