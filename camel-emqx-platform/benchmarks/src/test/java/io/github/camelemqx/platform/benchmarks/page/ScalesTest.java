/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where values stand, and what is named beside an axis. */
class ScalesTest {

    @ParameterizedTest
    @CsvSource({
        "1, 1, 2",
        "1.99, 1, 2",
        "2, 2, 5",
        "499, 200, 500",
        "500, 500, 1000",
        "0.0999, 0.05, 0.1",
        "0.1, 0.1, 0.2"
    })
    void readableNumbersAreBelowAndAbove(double value, double floor, double next) {
        assertThat(Decades.floor(value)).isEqualTo(floor);
        assertThat(Decades.next(floor)).isEqualTo(next);
    }

    @Test
    void equalStepsBeginAtZero() {
        LinearScale scale = LinearScale.over(List.of(3.0, 15_600.0));
        assertThat(scale.ticks()).containsExactly(0.0, 5_000.0, 10_000.0, 15_000.0, 20_000.0);
        assertThat(scale.place(5_000)).isEqualTo(0.25);
        assertThat(LinearScale.over(List.of(0.6)).ticks()).containsExactly(0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6);
    }

    @Test
    void equalRatiosAreEquallyFar() {
        LogScale scale = LogScale.over(List.of(77.0, 851.0));
        assertThat(scale.ticks()).containsExactly(50.0, 100.0, 200.0, 500.0, 1_000.0);
        assertThat(scale.place(500) - scale.place(50)).isEqualTo(scale.place(1_000) - scale.place(100), within(1e-12));
        assertThat(scale.place(50)).isZero();
        assertThat(scale.place(1_000)).isEqualTo(1, within(1e-12));
    }

    @Test
    void onlyPowersAreNamedOfManyTicks() {
        LogScale scale = LogScale.over(List.of(0.012, 41.0));
        assertThat(scale.ticks()).containsExactly(0.01, 0.1, 1.0, 10.0);
        assertThat(scale.to()).isEqualTo(50);
    }

    @Test
    void givenPlacesAreNamedWithRoomAround() {
        LogScale scale = LogScale.at(List.of(128.0, 1.0, 16.0, 1.0));
        assertThat(scale.ticks()).containsExactly(1.0, 16.0, 128.0);
        assertThat(scale.place(1))
                .isEqualTo(1 - scale.place(128), within(1e-12))
                .isBetween(0.04, 0.07);
    }

    @Test
    void whatIsBeyondStandsAtTheEnd() {
        LogScale scale = LogScale.over(List.of(10.0, 100.0));
        assertThat(scale.placeWithin(-3)).isZero();
        assertThat(scale.placeWithin(1e6)).isEqualTo(1);
        assertThat(scale.isWithin(-3)).isFalse();
        assertThat(scale.isWithin(50)).isTrue();
    }
}
