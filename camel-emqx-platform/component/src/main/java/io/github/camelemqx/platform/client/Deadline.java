/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.client;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.core5.concurrent.Cancellable;

/** Ends an exchange that takes too long. */
final class Deadline {

    private final long millis;
    private final AtomicBoolean passed = new AtomicBoolean();
    private final ScheduledFuture<?> end;

    /**
     * From now on.
     *
     * @param millis until it passes
     * @param exchange what is cancelled then
     */
    Deadline(ScheduledExecutorService clock, long millis, Cancellable exchange) {
        this.millis = millis;
        this.end = clock.schedule(
                () -> {
                    passed.set(true);
                    exchange.cancel();
                },
                millis,
                TimeUnit.MILLISECONDS);
    }

    /** The exchange is over, or no longer bounded by this. */
    void met() {
        end.cancel(false);
    }

    /** Whether the exchange failed because of it. */
    boolean passed() {
        return passed.get();
    }

    /** How long the exchange was allowed to take. */
    long millis() {
        return millis;
    }
}
