/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How far a poll has come: what it tells of itself when it takes long, by a clock that the test moves. */
class ProgressTest {

    private static final int CHUNK = 4096;

    private final List<String> told = new ArrayList<>();
    private Duration now = Duration.ofSeconds(100);
    private final Progress progress = new Progress("clients", Instant.EPOCH, () -> now.toNanos(), told::add);

    @Test
    void aLongPollSaysHowFarItIsEveryTenSeconds() {
        for (int second = 0; second < 35; second++) {
            list(CHUNK);
            now = now.plusSeconds(1);
        }
        assertThat(told)
                .containsExactly(
                        "Still listing clients: " + 12 * CHUNK + " rows in 11 s",
                        "Still listing clients: " + 23 * CHUNK + " rows in 22 s",
                        "Still listing clients: " + 34 * CHUNK + " rows in 33 s");
    }

    @Test
    void aShortPollSaysNothing() {
        list(100 * CHUNK);
        now = now.plusSeconds(10);
        list(CHUNK);
        assertThat(told).isEmpty();
    }

    @Test
    void theReportKnowsHowLongItTook() {
        list(3);
        now = now.plusMillis(1234);
        progress.done();
        PollReport report = progress.report();
        assertThat(report.duration()).isEqualTo(Duration.ofMillis(1234));
        assertThat(report.rows()).isEqualTo(3);
        assertThat(report.complete()).isTrue();
    }

    private void list(int rows) {
        for (int i = 0; i < rows; i++) {
            progress.row();
        }
    }
}
