/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks.calls;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelemqx.platform.benchmarks.Results;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls are under way together, and what is measured is all there. */
class InFlightTest {

    @Test
    void everyFigureIsThere() throws Exception {
        Map<String, Object> figures = InFlight.measured(
                20, Duration.ofMillis(50), Duration.ZERO, Duration.ofMillis(500), Executors.newFixedThreadPool(20));

        assertThat(figures)
                .containsOnlyKeys(
                        "calls",
                        "callsPerSecond",
                        "p50Millis",
                        "p99Millis",
                        "cpuMicrosPerCall",
                        "platformThreads",
                        "heapBytesBeforeCollection");
        assertThat((double) figures.get("p50Millis")).isGreaterThanOrEqualTo(50);
        assertThat((double) figures.get("callsPerSecond")).isPositive();
    }

    @Test
    void theOtherKindOfThreadsStaysInTheFile(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("in-flight.json");
        InFlight.write(Map.of("threads", "platform", "calls", 20), file);
        InFlight.write(Map.of("threads", "virtual", "calls", 21), file);
        InFlight.write(Map.of("threads", "platform", "calls", 22), file);

        assertThat(Results.read(file).figures())
                .extracting(one -> one.path("threads").asText() + one.path("calls"))
                .containsExactly("virtual21", "platform22");
    }
}
