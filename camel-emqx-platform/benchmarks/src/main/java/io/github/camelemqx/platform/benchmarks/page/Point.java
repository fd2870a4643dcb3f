/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks.page;

import java.util.stream.Stream;

/**
 * A value of a line.
 *
 * @param low where the whisker begins; not a number without one
 * @param high where it ends
 */
record Point(double x, double y, double low, double high) {

    private static final double FAR = 1.5;

    /** Whether it can be drawn; a logarithm wants what is above zero. */
    boolean isThere() {
        return x > 0 && y > 0 && Double.isFinite(y);
    }

    /** Whether it has a whisker. */
    boolean isRange() {
        return Double.isFinite(low) && Double.isFinite(high) && high > low;
    }

    /** What the vertical axis has room for: the value, and its whisker unless that is so long that nothing else could be read. */
    Stream<Double> room() {
        return Stream.of(y, low, high).filter(value -> value >= y / FAR && value <= y * FAR);
    }
}
