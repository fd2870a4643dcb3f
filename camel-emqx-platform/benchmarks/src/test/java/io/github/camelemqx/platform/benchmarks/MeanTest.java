/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class MeanTest {

    @Test
    void ratiosFavourNeitherSide() {
        List<Double> disturbed = List.of(1.0, 4.0, 2.0);
        List<Double> even = List.of(2.0, 2.0, 2.0);
        Mean one = Mean.ofRatios(disturbed, even);
        Mean other = Mean.ofRatios(even, disturbed);
        assertThat(one.value()).isEqualTo(1, within(1e-9));
        assertThat(other.value()).isEqualTo(1, within(1e-9));
        assertThat(one.error()).isEqualTo(other.error(), within(1e-9)).isPositive();
    }

    @Test
    void twoRoundsTellNothingOfTheError() {
        assertThat(Mean.ofRatios(List.of(1.0, 2.0), List.of(1.0, 1.0)).error()).isNaN();
    }
}
