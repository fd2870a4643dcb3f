/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelemqx.platform.EmqxPlatformConstants;
import io.github.camelemqx.platform.test.EmqxSimulator;
import io.github.camelemqx.platform.test.Generation;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FleetGuardTest {

    private final EmqxSimulator simulator = EmqxSimulator.start(Generation.V5);
    private final Main camel = new Main();
    private final Tally tally = new Tally();

    @BeforeEach
    void start() {
        camel.addInitialProperty("camel.component.emqx-platform.apiUrl", simulator.apiUrl());
        camel.addInitialProperty("camel.component.emqx-platform.appId", simulator.appId());
        camel.addInitialProperty("camel.component.emqx-platform.appSecret", simulator.appSecret());
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        camel.configure().addRoutesBuilder(new FleetGuard(new Console(nowhere), tally));
        camel.start();
        simulator.connect("c1");
    }

    @AfterEach
    void stop() {
        camel.stop();
        simulator.close();
    }

    private void reconnected(String eventId) throws Exception {
        camel.getCamelTemplate()
                .sendBodyAndHeaders(
                        "direct:client-events",
                        null,
                        Map.of(
                                EmqxPlatformConstants.EVENT_TYPE, "reconnected",
                                EmqxPlatformConstants.EVENT_ID, eventId,
                                EmqxPlatformConstants.KEY, "c1",
                                EmqxPlatformConstants.CLIENT_ID, "c1"));
    }

    @Test
    void theSameEventDeliveredAgainCountsOnce() throws Exception {
        reconnected("1");
        reconnected("2");
        reconnected("2");

        assertThat(simulator.client("c1")).isPresent();

        reconnected("3");

        assertThat(simulator.client("c1")).isEmpty();
        assertThat(simulator.bans()).extracting(ban -> ban.who()).containsExactly("c1");
    }

    @Test
    void aBanThatIsThereAlreadyIsNoFailure() throws Exception {
        simulator.ban("clientid", "c1", null);

        reconnected("1");
        reconnected("2");
        reconnected("3");

        assertThat(tally.all()).isEqualTo(Map.of("kicked", 1L, "banned before", 1L));
    }
}
