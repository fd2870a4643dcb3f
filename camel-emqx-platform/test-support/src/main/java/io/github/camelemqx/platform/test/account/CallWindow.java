/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.account;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Counts calls of the last hour, by what is called. */
final class CallWindow {

    private static final Duration WINDOW = Duration.ofMinutes(60);

    private final Clock clock;
    private final Map<String, Deque<Instant>> calls = new HashMap<>();

    CallWindow(Clock clock) {
        this.clock = clock;
    }

    /** Counts a call; how long to wait instead if there were that many already. */
    Optional<Duration> count(String what, int most) {
        Instant now = clock.instant();
        Deque<Instant> times = calls.computeIfAbsent(what, name -> new ArrayDeque<>());
        while (!times.isEmpty() && !times.getFirst().plus(WINDOW).isAfter(now)) {
            times.removeFirst();
        }
        if (times.size() >= most) {
            return Optional.of(Duration.between(now, times.getFirst().plus(WINDOW)));
        }
        times.addLast(now);
        return Optional.empty();
    }
}
