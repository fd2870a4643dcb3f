/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoundedTest {

    @ParameterizedTest
    @CsvSource({
        "76541.4, 76 500",
        "999.6, 1 000",
        "1283964, 1 280 000",
        "95.04, 95.0",
        "1.2834, 1.28",
        "1.5, 1.50",
        "0.0999999, 0.100",
        "99.96, 100",
        "0.018, 0.0180",
        "-0.25, -0.250",
        "-1234.5, -1 230",
        "0, 0",
        "NaN, ''",
        "Infinity, ''"
    })
    void threeFiguresCount(double value, String text) {
        assertThat(Rounded.of(value)).isEqualTo(text);
    }

    @Test
    void countsAreTold() {
        assertThat(Rounded.of(1_000_001L)).isEqualTo("1 000 001");
        assertThat(Rounded.of(-12L)).isEqualTo("-12");
        assertThat(Rounded.of(123_456_789L)).isEqualTo("123 000 000");
    }

    @ParameterizedTest
    @CsvSource({"100, 100", "1.5, 1.5", "0.70, 0.7", "50000, 50 000", "0, 0"})
    void boundsAreAsTheyWereWritten(double value, String text) {
        assertThat(Rounded.chosen(value)).isEqualTo(text);
    }
}
