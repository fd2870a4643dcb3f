/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.quarkus;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelemqx.platform.test.Generation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The one command of the README, with the application as Maven has packaged it. */
class DemoIT {

    @TempDir
    Path folder;

    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES)
    void simulatedDevicesAreSeen() throws Exception {
        Path printed = folder.resolve("printed");
        String summary = Demo.simulated(
                Generation.V5,
                Path.of(System.getProperty("application")),
                Map.of("QUARKUS_HTTP_PORT", "0"),
                Redirect.to(printed.toFile()),
                () -> text(printed).contains("Doorman: test-1 kicked"));
        assertThat(summary).endsWith(" were greeted");
        assertThat(text(printed)).contains("ClientEvents: test-1 connected").doesNotContain("simulator-secret");
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
