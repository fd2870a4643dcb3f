/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.client;

import org.apache.hc.core5.concurrent.Cancellable;

/** Ends an exchange that takes too long; begun by {@link Deadlines}. */
final class Deadline {

    private final Deadlines all;
    private final long end;
    private final long millis;
    private final Cancellable exchange;
    private volatile boolean passed;

    Deadline(Deadlines all, long end, long millis, Cancellable exchange) {
        this.all = all;
        this.end = end;
        this.millis = millis;
        this.exchange = exchange;
    }

    /** When it passes, by the time of all. */
    long end() {
        return end;
    }

    /** It is too late. */
    void pass() {
        passed = true;
        exchange.cancel();
    }

    /** The exchange is over, or no longer bounded by this. */
    void met() {
        all.met(this);
    }

    /** Whether the exchange failed because of it. */
    boolean passed() {
        return passed;
    }

    /** How long the exchange was allowed to take. */
    long millis() {
        return millis;
    }
}
