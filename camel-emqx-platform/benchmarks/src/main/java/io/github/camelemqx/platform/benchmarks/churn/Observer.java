/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks.churn;

import io.github.camelemqx.platform.test.EmqxSimulator;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Who looks at the cluster poll by poll, and tells what has changed. */
abstract sealed class Observer implements AutoCloseable permits WatchObserver, NaiveObserver {

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

    private List<Told> told = new ArrayList<>();

    /**
     * Polls once.
     *
     * @return whether the poll saw everything
     */
    abstract boolean poll();

    /** What was told since this was asked last, in order. */
    final List<Told> told() {
        List<Told> all = told;
        told = new ArrayList<>();
        return all;
    }

    /** The route was told of something. */
    final void add(Told one) {
        told.add(one);
    }

    @Override
    public abstract void close();
}
