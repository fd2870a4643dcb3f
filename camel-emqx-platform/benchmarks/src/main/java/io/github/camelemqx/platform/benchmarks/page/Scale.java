/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks.page;

import java.util.List;

/** Where values stand along an axis, and which of them are named there. */
sealed interface Scale permits LinearScale, LogScale {

    /** From 0 where the axis begins to 1 where it ends; values beyond stand beyond. */
    double place(double value);

    /** The values that are named, from the least. */
    List<Double> ticks();

    /** Whether a value has its place between the ends. */
    default boolean isWithin(double value) {
        return place(value) >= 0 && place(value) <= 1;
    }

    /** Where a value stands that may be beyond: at the end then. */
    default double placeWithin(double value) {
        return Math.max(0, Math.min(1, place(value)));
    }
}
