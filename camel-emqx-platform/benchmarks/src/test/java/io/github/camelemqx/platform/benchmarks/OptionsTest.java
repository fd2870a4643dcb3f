/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is measured is what was meant. */
class OptionsTest {

    @Test
    void valuesAreThoseThatWereGivenOrTheUsualOnes() {
        Options options =
                Options.of(new String[] {"rounds=3", "jvm=-Da=b", "none="}, "rounds", "jvm", "none", "seconds");
        assertThat(options.number("rounds", 7)).isEqualTo(3);
        assertThat(options.text("jvm", "")).isEqualTo("-Da=b");
        assertThat(options.decimal("seconds", 1.5)).isEqualTo(1.5);
        assertThat(options.list("none", "a,b")).isEmpty();
        assertThat(options.list("others", "a,b")).containsExactly("a", "b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"round=3", "rounds", "3"})
    void whatNobodyKnowsIsRefused(String wrong) {
        assertThatThrownBy(() -> Options.of(new String[] {wrong}, "rounds", "out"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(wrong + " is none of rounds=, out=");
    }
}
