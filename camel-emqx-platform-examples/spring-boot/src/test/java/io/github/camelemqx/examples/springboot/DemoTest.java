/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.springboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

/** The one command of the README. */
@ExtendWith(OutputCaptureExtension.class)
class DemoTest {

    @Test
    void simulatedDevicesAreSeen(CapturedOutput output) {
        try (ConfigurableApplicationContext application = Demo.start(Map.of(), "--server.port=0")) {
            assertThat(application.isRunning()).isTrue();
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(output)
                    .contains("ClientEvents: truck-1 connected", "Doorman: test-1 kicked"));
            assertThat(output).doesNotContain("simulator-secret");
        }
    }
}
