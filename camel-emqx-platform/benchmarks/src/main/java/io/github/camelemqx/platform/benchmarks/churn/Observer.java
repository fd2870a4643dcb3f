/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks.churn;

import io.github.camelemqx.platform.test.EmqxSimulator;
import java.time.Clock;
import java.util.List;

/** Who looks at the cluster poll by poll, and tells what has changed. */
sealed interface Observer extends AutoCloseable permits WatchObserver, NaiveObserver {

    /** Who can look. */
    enum Kind {
        /** The component's watch, with its defaults. */
        WATCH,
        /** The route that one writes without the component. */
        NAIVE_ROUTE
    }

    /** What the observer is called with. */
    record Surroundings(EmqxSimulator emqx, Clock clock, int pageSize, Steps steps) {}

    /** One that has not looked yet. */
    static Observer of(Kind kind, Surroundings surroundings) throws Exception {
        return switch (kind) {
            case WATCH -> new WatchObserver(surroundings);
            case NAIVE_ROUTE -> new NaiveObserver(surroundings);
        };
    }

    /**
     * Polls once.
     *
     * @return whether the poll saw everything
     */
    boolean poll();

    /** What was told since this was asked last, in order. */
    List<Told> told();

    @Override
    void close();
}
