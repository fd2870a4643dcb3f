/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelemqx.platform.test.Generation;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
class YamlRoutesTest {

    @ParameterizedTest
    @EnumSource
    void allFilesTogetherDoWhatTheyAreFor(Generation generation) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
            assertThat(YamlRoutes.run(generation, Duration.ofMillis(500), out)).isTrue();
        }
        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .contains("banned:    [flappy]", "users:     [pump-1, pump-2, valve-1, valve-3]", "[fleet/refused]")
                .doesNotContain("test-1", "simulator-secret");
    }
}
