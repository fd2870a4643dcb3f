/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks.churn;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** Which step of the cluster a poll belongs to, by when it began. */
final class Steps {

    private final Map<Instant, Integer> polls = new TreeMap<>();
    private int last;

    /** A poll begins. */
    void begin(Instant at, int step) {
        polls.put(at, step);
        last = step;
    }

    /** The step of the poll that goes on, or was the last. */
    int last() {
        return last;
    }

    /**
     * The step of the poll that began then.
     *
     * @throws IllegalStateException if none did
     */
    int of(Instant began) {
        Integer step = polls.get(began);
        if (step == null) {
            throw new IllegalStateException("No poll began at " + began);
        }
        return step;
    }
}
