/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks;

import java.util.List;
import java.util.stream.IntStream;
import org.openjdk.jmh.util.ListStatistics;

/**
 * The mean of several measurements.
 *
 * @param error half of the interval that has it with 95 % of confidence; not a number of fewer than three measurements
 */
public record Mean(double value, double error) {

    private static final double CONFIDENCE = 0.95;

    /** Of at least one. */
    public static Mean of(List<Double> measurements) {
        ListStatistics statistics = new ListStatistics(
                measurements.stream().mapToDouble(Double::doubleValue).toArray());
        return new Mean(statistics.getMean(), statistics.getMeanErrorAt(CONFIDENCE));
    }

    /**
     * Of ratios, round by round: what makes a whole round slower, such as another guest of the machine, is in both of its
     * figures. It is the geometric mean, which does not favour what is above: the more the arithmetic one is disturbed, the
     * more it is above one, whichever of both is divided.
     */
    public static Mean ofRatios(List<Double> these, List<Double> those) {
        Mean logarithm = of(IntStream.range(0, Math.min(these.size(), those.size()))
                .mapToObj(round -> Math.log(these.get(round) / those.get(round)))
                .toList());
        double ratio = Math.exp(logarithm.value());
        return new Mean(ratio, ratio * Math.sinh(logarithm.error()));
    }
}
