/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelemqx.platform.test.Generation;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class TracingTest {

    @ParameterizedTest
    @CsvSource({"V4, JAVA", "V5, JAVA", "V4, YAML", "V5, YAML"})
    void whatWasDoneAndWhatTheApiSaidIsPrinted(Generation generation, RoutesFrom routes) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        boolean seen;
        try (PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
            seen = new Tracing(generation, routes, out).run();
        }
        String printed = bytes.toString(StandardCharsets.UTF_8);
        assertThat(seen).as(printed).isTrue();
        assertThat(printed)
                .containsPattern("(?m)^  clients watch .* ms  connected$")
                .containsPattern(
                        "(?m)^    clients kick .* ms  " + (generation == Generation.V4 ? "200 0" : "204") + "$")
                .containsPattern("(?m)^ +clients get .* ms  failed: "
                        + (generation == Generation.V4 ? "200" : "404 CLIENTID_NOT_FOUND"))
                .doesNotContain("simulator-secret");
    }
}
