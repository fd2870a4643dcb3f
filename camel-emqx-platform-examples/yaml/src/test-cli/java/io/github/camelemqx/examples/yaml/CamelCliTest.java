/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelemqx.platform.test.EmqxSimulator;
import io.github.camelemqx.platform.test.Generation;
import io.github.camelemqx.platform.test.PublishedMessage;
import java.net.URISyntaxException;
import java.nio.file.Path;
import org.apache.camel.dsl.jbang.core.commands.CamelJBangMain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code camel run}, in this process: the component and the Kamelets are on the class path, nothing is downloaded. */
@Timeout(180)
class CamelCliTest {

    /** The CLI without the end of the process. */
    private static final class Cli extends CamelJBangMain {

        private int exitCode = -1;

        @Override
        public void quit(int code) {
            exitCode = code;
        }
    }

    private static String file(String resource) throws URISyntaxException {
        return Path.of(CamelCliTest.class.getResource(resource).toURI()).toString();
    }

    @Test
    void theCliRunsTheFilesAsTheyAre() throws Exception {
        try (EmqxSimulator simulator = EmqxSimulator.start(Generation.V5)) {
            simulator.connect("truck-1");
            simulator.connect("test-1");
            Cli cli = new Cli();

            CamelJBangMain.run(
                    cli,
                    "run",
                    "--download=false",
                    "--skip-plugins=true",
                    "--logging=false",
                    // one exchange for each client that is there; it is done when the client is kicked
                    "--max-messages=2",
                    "--max-seconds=120",
                    "--property=emqx.apiUrl=" + simulator.apiUrl(),
                    "--property=emqx.appId=" + simulator.appId(),
                    "--property=emqx.appSecret=" + simulator.appSecret(),
                    file("/camel/kamelets.camel.yaml"),
                    file("/application.properties"));

            assertThat(cli.exitCode).isZero();
            assertThat(simulator.client("test-1")).isEmpty();
            assertThat(simulator.client("truck-1")).isPresent();
            assertThat(simulator.published())
                    .extracting(PublishedMessage::topic)
                    .containsExactly("fleet/refused");
        }
    }
}
