/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that goes on when told to. */
final class TickingClock extends Clock {

    private final ZoneId zone;
    private final AtomicReference<Instant> now;

    TickingClock(String start, ZoneId zone) {
        this(zone, new AtomicReference<>(Instant.parse(start)));
    }

    private TickingClock(ZoneId zone, AtomicReference<Instant> now) {
        this.zone = zone;
        this.now = now;
    }

    void advance(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
        return new TickingClock(other, now);
    }

    @Override
    public Instant instant() {
        return now.get();
    }
}
