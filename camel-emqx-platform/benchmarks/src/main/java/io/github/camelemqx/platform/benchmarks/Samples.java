/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks;

import java.util.Arrays;
import java.util.Collection;
import java.util.function.ToDoubleFunction;

/**
 * Several measurements of one thing.
 *
 * @param median the middle one, or what is between the two in the middle
 * @param min the least
 * @param max the greatest
 * @param count how many there are
 */
public record Samples(double median, double min, double max, int count) {

    /** One figure of each measurement; there is at least one. */
    public static <T> Samples of(Collection<T> measurements, ToDoubleFunction<T> figure) {
        double[] sorted = measurements.stream().mapToDouble(figure).sorted().toArray();
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Samples(median, sorted[0], Arrays.stream(sorted).max().orElseThrow(), sorted.length);
    }
}
