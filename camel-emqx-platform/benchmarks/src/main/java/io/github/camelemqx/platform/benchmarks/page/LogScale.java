/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks.page;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Equal ratios are as far from each other.
 *
 * @param from where it begins, above zero
 * @param to where it ends
 * @param ticks what is named
 */
record LogScale(double from, double to, List<Double> ticks) implements Scale {

    /** More are too many to read. */
    private static final int MOST = 8;

    /** How much of the way from the first value to the last is free before and behind. */
    private static final double MARGIN = 0.06;

    /** With room for all of these: ticks at 1, 2 and 5 times powers of ten, or at powers alone where those are too many. */
    static LogScale over(Collection<Double> values) {
        double least = Decades.floor(Collections.min(values));
        double largest = Collections.max(values);
        List<Double> ticks = new ArrayList<>(List.of(least));
        while (last(ticks) < largest || ticks.size() == 1) {
            ticks.add(Decades.next(last(ticks)));
        }
        List<Double> named = ticks.size() <= MOST
                ? ticks
                : ticks.stream().filter(Decades::isPower).toList();
        return new LogScale(least, last(ticks), List.copyOf(named));
    }

    /** With a tick at each of these. */
    static LogScale at(Collection<Double> values) {
        List<Double> ticks = values.stream().distinct().sorted().collect(Collectors.toList());
        double ratio = last(ticks) / ticks.get(0);
        double free = ratio == 1 ? 2 : StrictMath.pow(ratio, MARGIN);
        return new LogScale(ticks.get(0) / free, last(ticks) * free, List.copyOf(ticks));
    }

    private static double last(List<Double> ticks) {
        return ticks.get(ticks.size() - 1);
    }

    @Override
    public double place(double value) {
        // what is no more than zero would be infinitely far below
        return value <= 0 ? -1 : StrictMath.log(value / from) / StrictMath.log(to / from);
    }
}
