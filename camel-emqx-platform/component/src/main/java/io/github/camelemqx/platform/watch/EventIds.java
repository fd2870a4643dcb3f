/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.watch;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Identities of events: unique everywhere, and in the order in which a watch saw them. Equal changes at different times
 * are different events. An event keeps its id until it is delivered, also in a state that outlives the process, where
 * it is noted before it is delivered for the first time: what comes again after a restart comes with the same id.
 */
final class EventIds {

    private final String watch = UUID.randomUUID().toString();
    private final AtomicLong count = new AtomicLong();

    String next() {
        return watch + "-" + count.incrementAndGet();
    }
}
