/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.watch;

import io.github.camelemqx.platform.catalog.CallLimit;
import io.github.camelemqx.platform.catalog.Operation;
import java.time.Duration;

/**
 * Whether the API's documented limit of a listing allows a watch to poll as often as it is to. It knows of one watch:
 * other calls with the same key count too, and then a poll now and then may be refused.
 *
 * @param listing the operation that polls call
 * @param callsPerPoll how often at most one poll calls it
 */
public record PollBudget(Operation listing, int callsPerPoll) {

    /**
     * Refuses polls that would use up the limit.
     *
     * @param delay the time between two polls
     * @param greedy whether a poll that found something is followed by the next at once
     * @throws IllegalArgumentException with the arithmetic and the smallest delay that fits
     */
    public void check(Duration delay, boolean greedy) {
        CallLimit limit = listing.limit();
        if (limit == null) {
            return;
        }
        if (greedy) {
            throw new IllegalArgumentException("Option greedy polls " + listing.resource()
                    + " again at once, but the API" + " allows " + limit + " of " + listing.fullName());
        }
        Duration smallest = smallest(limit);
        if (delay.compareTo(smallest) < 0) {
            long polls = delay.isZero() ? Long.MAX_VALUE : limit.window().toMillis() / Math.max(1, delay.toMillis());
            throw new IllegalArgumentException("Option delay of " + delay.toMillis() + " ms is too short for "
                    + listing.resource() + ": " + polls + " polls in "
                    + limit.window().toMinutes() + " minutes with up to "
                    + callsPerPoll + (callsPerPoll == 1 ? " call" : " calls") + " of " + listing.fullName()
                    + " each, but the API allows " + limit + ". The smallest delay that fits is "
                    + smallest.toMillis());
        }
    }

    private Duration smallest(CallLimit limit) {
        long calls = limit.calls();
        return Duration.ofMillis((limit.window().toMillis() * callsPerPoll + calls - 1) / calls);
    }
}
