/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import io.github.camelemqx.platform.watch.Watch;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The watch of an endpoint from one start of its route to the next: Camel makes a new consumer for each. A watch whose
 * state is not durable goes on itself, with what it has seen and not delivered; otherwise its state does.
 */
final class LastingWatch {

    private final ReentrantLock lock = new ReentrantLock();
    private Object terms;
    private Watch watch;

    /**
     * The watch that a route which starts goes on with. One that does not go on itself tells nothing more.
     *
     * @param wanted what the watch is to do, as a value: one that did something else does not go on
     * @param opening makes a watch
     */
    Watch open(Object wanted, Supplier<Watch> opening) {
        lock.lock();
        try {
            // another member of a cluster may have gone on with a durable state since the route was stopped
            if (watch != null && (watch.isDurable() || !wanted.equals(terms))) {
                watch.retire();
                watch = null;
            }
            if (watch == null) {
                watch = opening.get();
                terms = wanted;
            }
            return watch;
        } finally {
            lock.unlock();
        }
    }
}
