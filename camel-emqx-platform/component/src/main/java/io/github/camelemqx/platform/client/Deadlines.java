/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.client;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.hc.core5.concurrent.Cancellable;

/**
 * Ends exchanges that take too long, any number at once by one task of a clock. A task of each exchange would wake the clock's
 * thread for each, which takes longer than most of what a call does; this wakes it about once in the time that an exchange may
 * take. Safe for many threads.
 */
public final class Deadlines {

    private static final long NEVER = Long.MAX_VALUE;

    private final ScheduledExecutorService clock;
    private final long origin = System.nanoTime();
    private final Set<Deadline> open = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private Future<?> look;
    /** When the clock looks next; never later than the first of the open ones passes. */
    private volatile long nextLook = NEVER;

    /** @param clock has one thread; whoever gives it ends it, and no deadline passes after that */
    public Deadlines(ScheduledExecutorService clock) {
        this.clock = clock;
    }

    /**
     * From now on.
     *
     * @param millis until it passes
     * @param exchange what is cancelled then
     * @throws RejectedExecutionException when the clock has been ended
     */
    Deadline begin(long millis, Cancellable exchange) {
        Deadline deadline = new Deadline(this, now() + TimeUnit.MILLISECONDS.toNanos(millis), millis, exchange);
        // first there, then the question: whoever looks meanwhile either sees it or has said that there is no next look
        open.add(deadline);
        if (deadline.end() < nextLook) {
            lookAt(deadline.end());
        }
        return deadline;
    }

    /** It does not matter any more. */
    void met(Deadline deadline) {
        open.remove(deadline);
    }

    private void lookAt(long time) {
        lock.lock();
        try {
            if (time >= nextLook) {
                return;
            }
            if (look != null) {
                look.cancel(false);
            }
            look = clock.schedule(this::look, time - now(), TimeUnit.NANOSECONDS);
            nextLook = time;
        } finally {
            lock.unlock();
        }
    }

    private void look() {
        List<Deadline> late = new ArrayList<>();
        lock.lock();
        try {
            nextLook = NEVER;
            long now = now();
            long first = NEVER;
            for (Deadline deadline : open) {
                if (deadline.end() <= now) {
                    late.add(deadline);
                } else {
                    first = Math.min(first, deadline.end());
                }
            }
            late.forEach(open::remove);
            if (first != NEVER) {
                lookAt(first);
            }
        } finally {
            lock.unlock();
        }
        pass(late.iterator());
    }

    /** What one of them throws does not keep the others open. */
    private static void pass(Iterator<Deadline> late) {
        try {
            while (late.hasNext()) {
                late.next().pass();
            }
        } finally {
            if (late.hasNext()) {
                pass(late);
            }
        }
    }

    private long now() {
        return System.nanoTime() - origin;
    }
}
