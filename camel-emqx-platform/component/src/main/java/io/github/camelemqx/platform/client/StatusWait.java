/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.client;

import io.github.camelemqx.platform.catalog.Operation;
import io.github.camelemqx.platform.catalog.Parameter;
import io.github.camelemqx.platform.catalog.Waitable;
import io.github.camelemqx.platform.exception.EmqxPlatformException;
import io.github.camelemqx.platform.exception.EmqxProtocolException;
import io.github.camelemqx.platform.exception.EmqxRateLimitException;
import io.github.camelemqx.platform.exception.EmqxServerException;
import io.github.camelemqx.platform.exception.EmqxUnavailableException;
import io.github.camelemqx.platform.exception.FailureDetails;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Waits until what a call began is done, by looking at it now and then. The looks are spread over the time that is left, so
 * that the API's limit for them lasts that long. Safe for many threads; each waits for its own call.
 */
public final class StatusWait {

    /** A deployment takes minutes to start: looking more often costs calls and tells nothing. */
    public static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(10);

    private final Duration timeout;
    private final Duration shortestInterval;
    private final Pauses pauses;

    /**
     * @param timeout the longest time to wait; a look that has begun may end later
     * @param shortestInterval the shortest time between two looks
     * @param pauses end all waits, which fail with {@link EmqxUnavailableException} then
     */
    public StatusWait(Duration timeout, Duration shortestInterval, Pauses pauses) {
        this.timeout = timeout;
        this.shortestInterval = shortestInterval;
        this.pauses = pauses;
    }

    /**
     * Waits for a status.
     *
     * @param deployment is looked at
     * @param called the operation that succeeded, one that can be waited for
     * @param look the operation that tells the status
     * @param wanted the status to wait for
     * @param arguments of the call
     * @param answer of the call; it counts as the first look if it has the status already
     * @return the last look
     * @throws EmqxServerException for a status with which there is nothing more to wait for
     * @throws EmqxUnavailableException when the time is over, the wait was ended, or the thread interrupted; never
     *     retryable, as the call itself has succeeded
     * @throws EmqxPlatformException when a look fails for good, such as an
     *     {@link io.github.camelemqx.platform.exception.EmqxRateLimitException} when no more looks are allowed
     */
    public CallResult until(
            Deployment deployment,
            Operation called,
            Operation look,
            String wanted,
            Arguments arguments,
            CallResult answer)
            throws EmqxPlatformException {
        Waitable waitable = called.waitable();
        // a look that fails is followed by the next
        Deployment looked = deployment.retrying(Retries.NONE);
        long end = System.nanoTime() + timeout.toNanos();
        CallResult seen = answer;
        Object status = status(waitable, seen);
        EmqxUnavailableException missed = null;
        Arguments subject = null;
        while (!wanted.equals(status)) {
            if (status != null && waitable.failed().contains(status.toString())) {
                throw new EmqxServerException(
                        details(called, waitable, status, "and will not be '" + wanted + "' any more"), null);
            }
            Duration left = Duration.ofNanos(end - System.nanoTime());
            if (left.isNegative()) {
                String words = "not '" + wanted + "', after " + timeout.toMillis() + " ms (option waitTimeout)";
                throw new EmqxUnavailableException(details(called, waitable, status, words), false, missed);
            }
            if (subject == null) {
                subject = subject(called, look, arguments, answer);
            }
            pause(interval(left, deployment.callsLeft(look)), called, waitable, status);
            try {
                seen = looked.call(look, subject);
                status = status(waitable, seen);
                missed = null;
            } catch (EmqxUnavailableException e) {
                // the call itself has succeeded: one look that fails is no reason to give up
                missed = e;
            } catch (EmqxRateLimitException e) {
                String words = "and cannot be looked at: " + e.apiMessage();
                throw new EmqxRateLimitException(details(called, waitable, status, words), e.retryAfter(), false, e);
            }
        }
        return seen;
    }

    /** The time to the next look, at which there may be that many more within the time that is left. */
    Duration interval(Duration left, int looks) {
        if (looks == 0) {
            // the look will say so
            return Duration.ZERO;
        }
        Duration even = left.dividedBy(looks);
        Duration interval = even.compareTo(shortestInterval) < 0 ? shortestInterval : even;
        return interval.compareTo(left) < 0 ? interval : left;
    }

    private void pause(Duration time, Operation called, Waitable waitable, Object status)
            throws EmqxUnavailableException {
        try {
            if (!pauses.pause(time)) {
                throw new EmqxUnavailableException(
                        details(called, waitable, status, "and nobody waits any longer: the route stops"), false, null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmqxUnavailableException(
                    details(called, waitable, status, "and the thread that waits was interrupted"), false, e);
        }
    }

    /** What the look is for: what the call was for, or what its answer names. */
    private static Arguments subject(Operation called, Operation look, Arguments arguments, CallResult answer)
            throws EmqxProtocolException {
        Map<String, Object> values = new HashMap<>();
        for (Parameter parameter : look.parameters()) {
            Object value = arguments.values().get(parameter.name());
            if (value == null) {
                value = parameter
                        .names()
                        .map(name -> field(answer, name))
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null);
            }
            if (value != null) {
                values.put(parameter.name(), value);
            } else if (parameter.required()) {
                throw new EmqxProtocolException(
                        FailureDetails.withoutAnswer(
                                called.fullName(),
                                "it succeeded, but the answer has no " + parameter.name() + " to wait for"),
                        null);
            }
        }
        return Arguments.of(values);
    }

    private static Object status(Waitable waitable, CallResult seen) {
        return field(seen, waitable.field());
    }

    private static Object field(CallResult result, String name) {
        return result.body() instanceof Map<?, ?> fields ? fields.get(name) : null;
    }

    private static FailureDetails details(Operation called, Waitable waitable, Object status, String words) {
        return FailureDetails.withoutAnswer(
                called.fullName(),
                "the call succeeded, but the " + waitable.field() + " is "
                        + (status == null ? "unknown" : "'" + status + "'") + ", " + words);
    }
}
