/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.client;

import io.github.camelemqx.platform.catalog.CallLimit;
import io.github.camelemqx.platform.catalog.Operation;
import io.github.camelemqx.platform.exception.EmqxRateLimitException;
import io.github.camelemqx.platform.exception.FailureDetails;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * What is left of the calls that the API allows of each operation in a time that moves along. It knows of the calls of one
 * connection: others with the same key are the API's to count. Safe for many threads.
 */
final class CallBudget {

    private final LongSupplier nanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Deque<Long>> sent = new HashMap<>();

    /** @param nanos a clock that never goes back, such as {@link System#nanoTime()} */
    CallBudget(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /**
     * Counts a call that is about to be sent.
     *
     * @return when that was, for {@link #giveBack}
     * @throws EmqxRateLimitException when the API would refuse it; {@code retryAfter} is when it no longer will
     */
    long spend(Operation operation) throws EmqxRateLimitException {
        CallLimit limit = operation.limit();
        if (limit == null) {
            return 0;
        }
        lock.lock();
        try {
            long now = nanos.getAsLong();
            Deque<Long> times = current(operation, now);
            if (times.size() >= limit.calls()) {
                Duration wait =
                        Duration.ofNanos(times.getFirst() + limit.window().toNanos() - now);
                throw new EmqxRateLimitException(
                        FailureDetails.withoutAnswer(
                                operation.fullName(),
                                "not sent: the API allows " + limit + ", and they are used up for another "
                                        + seconds(wait) + " s"),
                        wait,
                        null);
            }
            times.addLast(now);
            return now;
        } finally {
            lock.unlock();
        }
    }

    /** Takes back a call that did not reach the API. */
    void giveBack(Operation operation, long spent) {
        lock.lock();
        try {
            Deque<Long> times = sent.get(operation.fullName());
            if (times != null) {
                times.removeLastOccurrence(spent);
            }
        } finally {
            lock.unlock();
        }
    }

    /** How many calls of an operation may be sent now; {@link Integer#MAX_VALUE} where there is no limit. */
    int left(Operation operation) {
        CallLimit limit = operation.limit();
        if (limit == null) {
            return Integer.MAX_VALUE;
        }
        lock.lock();
        try {
            return limit.calls() - current(operation, nanos.getAsLong()).size();
        } finally {
            lock.unlock();
        }
    }

    /** The calls that still count, the oldest first. */
    private Deque<Long> current(Operation operation, long now) {
        Deque<Long> times = sent.computeIfAbsent(operation.fullName(), name -> new ArrayDeque<>());
        long window = operation.limit().window().toNanos();
        while (!times.isEmpty() && now - times.getFirst() >= window) {
            times.removeFirst();
        }
        return times;
    }

    /** Rounded up: after that time it is possible. */
    private static long seconds(Duration wait) {
        return wait.plusSeconds(1).minusNanos(1).toSeconds();
    }
}
