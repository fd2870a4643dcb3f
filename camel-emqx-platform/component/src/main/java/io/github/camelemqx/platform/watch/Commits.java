/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.watch;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * When what was noted goes to the store: after each poll, before anything of it is delivered; after each round of
 * deliveries; and while deliveries go on, once a second. Safe for many threads.
 */
final class Commits {

    private static final long MOST = TimeUnit.SECONDS.toNanos(1);

    private final WatchState state;
    private final AtomicLong last = new AtomicLong(System.nanoTime());
    private volatile boolean over;

    Commits(WatchState state) {
        this.state = state;
    }

    void now() {
        last.set(System.nanoTime());
        state.commit();
    }

    /** An event was delivered. */
    void delivered() {
        long before = last.get();
        boolean due = System.nanoTime() - before >= MOST;
        // of many threads that see it is due, one does it
        if (over || (due && last.compareAndSet(before, System.nanoTime()))) {
            state.commit();
        }
    }

    /** No poll will come after this: what is delivered from now on is committed one by one. */
    void over() {
        over = true;
        now();
    }
}
