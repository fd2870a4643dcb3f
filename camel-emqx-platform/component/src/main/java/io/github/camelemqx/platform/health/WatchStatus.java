/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.health;

import io.github.camelemqx.platform.watch.PollReport;
import java.time.Duration;

/**
 * How a watch is, at one moment, for whoever looks at it from outside. Nothing of it is secret.
 *
 * @param route the id of the route that it is in; of the route that leads it, where another component does
 * @param resource what is watched
 * @param deployment the address of the API, which cannot have credentials in it
 * @param lastPoll what the last poll since the route started came to, null before there was one
 * @param failure what the last poll, or the noting of what it saw, failed with; null for nothing
 * @param size how many rows, or numbers, are known
 * @param pending how many events are not delivered yet, those under way among them
 * @param waits how often a call had to wait for {@code requestsPerSecond}, over everything in the context that calls the
 *     deployment
 * @param waited how long they waited, all together
 */
public record WatchStatus(
        String route,
        String resource,
        String deployment,
        PollReport lastPoll,
        Throwable failure,
        int size,
        int pending,
        long waits,
        Duration waited) {

    /** Whether the last poll saw everything, and what it saw is noted. */
    public boolean isReady() {
        return lastPoll != null && lastPoll.complete() && failure == null;
    }
}
