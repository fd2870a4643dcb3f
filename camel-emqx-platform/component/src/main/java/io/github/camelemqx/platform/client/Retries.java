/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.client;

import io.github.camelemqx.platform.catalog.Effect;
import io.github.camelemqx.platform.catalog.Operation;
import io.github.camelemqx.platform.exception.EmqxPlatformException;
import io.github.camelemqx.platform.exception.EmqxRateLimitException;
import io.github.camelemqx.platform.exception.EmqxUnavailableException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends calls again that failed for a while, if that does no harm. Each wait is twice as long as the one before, and up to
 * half as long again by chance, so that those who failed together do not come back together; and never shorter than the
 * server asks for. Safe for many threads.
 */
public final class Retries {

    /** For whoever has a better time to try again: each call is sent once. */
    public static final Retries NONE = new Retries(0, Duration.ZERO, new Pauses());

    /** No wait grows beyond it; what a server wants for longer is a matter for the route. */
    static final Duration LONGEST = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(Retries.class);

    private final int most;
    private final Duration first;
    private final Pauses pauses;

    /** Something that can be tried again. */
    interface Attempt<T> {
        T make() throws EmqxPlatformException;
    }

    /**
     * @param most how many times a call is sent again; 0 for never
     * @param first the wait before the first time
     * @param pauses end the waits
     */
    public Retries(int most, Duration first, Pauses pauses) {
        this.most = most;
        this.first = first;
        this.pauses = pauses;
    }

    /** Those that an operation allows: none for one that does something each time, or whose calls are counted. */
    Retries of(Operation operation) {
        boolean harmless = operation.effect() != Effect.ONCE && operation.limit() == null;
        return harmless ? this : NONE;
    }

    /** Whether nothing is ever sent again. */
    boolean isNone() {
        return most == 0;
    }

    /**
     * Makes an attempt, and again while that may help.
     *
     * @throws EmqxPlatformException the last failure that an answer, or the lack of one, has brought; the one before is
     *     suppressed in it
     */
    <T> T of(Attempt<T> call) throws EmqxPlatformException {
        return of(call, () -> true);
    }

    /**
     * The same for what cannot always be undone.
     *
     * @param again asked before each further attempt
     */
    <T> T of(Attempt<T> call, BooleanSupplier again) throws EmqxPlatformException {
        EmqxPlatformException before = null;
        for (int done = 0; ; done++) {
            try {
                return call.make();
            } catch (EmqxPlatformException e) {
                if (before != null && isUnsent(e)) {
                    // what the deployment had said tells more than that there was no turn to ask it once more
                    before.addSuppressed(e);
                    throw before;
                }
                if (before != null) {
                    // what is not found now may be what the attempt before took away, its answer lost
                    e.addSuppressed(before);
                }
                Duration wait = wait(done, e);
                if (done == most || wait == null || !again.getAsBoolean()) {
                    throw e;
                }
                pause(wait, done, e);
                before = e;
            }
        }
    }

    private void pause(Duration wait, int done, EmqxPlatformException failure) throws EmqxPlatformException {
        LOG.debug("Retry {} of {} in {} ms: {}", done + 1, most, wait.toMillis(), failure.getMessage());
        try {
            if (!pauses.pause(wait)) {
                throw failure;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failure.addSuppressed(e);
            throw failure;
        }
    }

    /**
     * How long to wait before the next attempt.
     *
     * @return null when none is to be made
     */
    private Duration wait(int done, EmqxPlatformException failure) {
        if (!failure.retryable() || isUnsent(failure)) {
            return null;
        }
        Duration asked = asked(failure);
        Duration grown = grown(done);
        if (asked == null || asked.compareTo(grown) <= 0) {
            return grown;
        }
        return asked.compareTo(LONGEST) <= 0 ? asked : null;
    }

    private static Duration asked(EmqxPlatformException failure) {
        if (failure instanceof EmqxRateLimitException limited) {
            return limited.retryAfter();
        }
        return failure instanceof EmqxUnavailableException away ? away.retryAfter() : null;
    }

    /** With a part that chance decides. */
    private Duration grown(int done) {
        long doubled = first.toMillis();
        for (int time = 0; time < done && doubled < LONGEST.toMillis(); time++) {
            doubled *= 2;
        }
        long millis = Math.min(doubled, LONGEST.toMillis());
        return Duration.ofMillis(millis + ThreadLocalRandom.current().nextLong(millis / 2 + 1));
    }

    /** A limit of ours, which has been waited for already. */
    private static boolean isUnsent(EmqxPlatformException failure) {
        return failure instanceof EmqxRateLimitException && failure.httpStatus() == 0;
    }
}
