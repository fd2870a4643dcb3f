/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks.calls;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelemqx.platform.benchmarks.Options;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages are published in both ways, and all figures are there. */
class BatchingTest {

    @Test
    void everyFigureIsThere(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("batching.json");
        new Batching(new Options(
                        Map.of("settings", "LOOPBACK", "warmUp", "0.1", "seconds", "0.1", "out", file.toString())))
                .run();

        JsonNode written = new ObjectMapper().readTree(file.toFile());
        assertThat(written.path("figures"))
                .extracting(one -> one.path("way").asText())
                .containsExactly("SINGLE", "BATCH");
        assertThat(written.path("figures")).allSatisfy(one -> {
            assertThat(one.path("messagesPerSecond").asDouble()).isPositive();
            assertThat(one.path("cpuMicrosPerMessage").asDouble()).isPositive();
        });
        assertThat(written.path("targets")).hasSize(1);
    }
}
