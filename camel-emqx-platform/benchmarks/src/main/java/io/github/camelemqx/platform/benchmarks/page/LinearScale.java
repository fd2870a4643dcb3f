/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks.page;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * From zero by equal steps.
 *
 * @param step from one tick to the next
 * @param steps how many there are
 */
record LinearScale(double step, int steps) implements Scale {

    private static final int MOST = 6;

    /** With room for all of these: at most six steps of 1, 2 or 5 times a power of ten. */
    static LinearScale over(Collection<Double> values) {
        double largest = Collections.max(values);
        double step = Decades.floor(largest / MOST);
        while (step * MOST < largest) {
            step = Decades.next(step);
        }
        return new LinearScale(step, (int) Math.ceil(largest / step));
    }

    @Override
    public double place(double value) {
        return value / (step * steps);
    }

    /** A product of doubles has more digits than anybody wants to read. */
    private double tick(int number) {
        return BigDecimal.valueOf(step).multiply(BigDecimal.valueOf(number)).doubleValue();
    }

    @Override
    public List<Double> ticks() {
        return IntStream.rangeClosed(0, steps).mapToObj(this::tick).toList();
    }
}
