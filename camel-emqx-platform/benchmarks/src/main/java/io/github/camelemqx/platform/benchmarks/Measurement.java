/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks;

import java.util.Map;

/** Something that is measured in a process that does nothing else. */
sealed interface Measurement permits PollMeasurement, StoreMeasurement {

    /** The figures of a plan, by name. */
    Map<String, Object> of(Plan plan) throws Exception;

    /** What measures a subject. */
    static Measurement of(Plan.Subject subject) {
        return switch (subject) {
            case POLL -> new PollMeasurement(plan -> new WatchedFleet(plan, null));
            case NAIVE_ROUTE -> new PollMeasurement(NaiveFleet::new);
            case FILE_STORE, JDBC_STORE -> new StoreMeasurement();
        };
    }
}
