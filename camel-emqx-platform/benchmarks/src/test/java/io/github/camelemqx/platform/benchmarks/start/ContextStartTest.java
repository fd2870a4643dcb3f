/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks.start;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelemqx.platform.benchmarks.Options;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Contexts start with as many endpoints as are wanted, and those of the component share one client. How long that takes is nobody's business. */
class ContextStartTest {

    @Test
    void endpointsOfADeploymentHaveOneClient(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("start.json");
        new ContextStart(new Options(Map.of("endpoints", "7", "processes", "1", "more", "1", "out", file.toString())))
                .run();

        JsonNode written = new ObjectMapper().readTree(file.toFile());
        JsonNode ours = written.path("figures").get(0);
        JsonNode theirs = written.path("figures").get(1);
        assertThat(ours.path("endpoints").asInt()).isEqualTo(7);
        assertThat(theirs.path("endpoints").asInt()).isEqualTo(7);
        assertThat(ours.path("httpClients").asInt()).isEqualTo(1);
        assertThat(ours.path("connectionPools").asInt()).isEqualTo(1);
        assertThat(theirs.path("httpClients").asInt()).isEqualTo(7);
        for (JsonNode one : written.path("figures")) {
            assertThat(one.path("firstMillis").asDouble()).isPositive();
            assertThat(one.path("laterMillis").asDouble()).isPositive();
        }
        assertThat(written.path("targets")).hasSize(3);
    }
}
