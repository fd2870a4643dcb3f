/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.fleetguard;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.github.camelemqx.platform.test.BanRow;
import io.github.camelemqx.platform.test.EmqxSimulator;
import io.github.camelemqx.platform.test.Generation;
import io.github.camelemqx.platform.test.PublishedMessage;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
@ParameterizedClass
@CsvSource({"V4, JAVA", "V5, JAVA", "V5, YAML"})
class FleetGuardTest {

    @Parameter(0)
    Generation generation;

    @Parameter(1)
    RoutesFrom routes;

    @Test
    void whoConnectsTooOftenIsBannedKickedAndToldOf() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        boolean done;
        try (PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
            done = FleetGuardDemo.run(generation, 50, routes, out);
        }
        String printed = bytes.toString(StandardCharsets.UTF_8);
        assertThat(done).as(printed).isTrue();
        // generation 4 answers success for a client that is gone, and replaces a ban that is there
        boolean v4 = generation == Generation.V4;
        assertThat(printed.lines())
                .contains(
                        "operations/fleet-guard  {\"clientid\":\"flappy\",\"kicked\":true,\"banned\":true}",
                        "operations/fleet-guard  {\"clientid\":\"hasty\",\"kicked\":" + v4 + ",\"banned\":true}",
                        "operations/fleet-guard  {\"clientid\":\"known\",\"kicked\":true,\"banned\":" + v4 + "}",
                        "connected  [truck-1, truck-2]")
                .anyMatch(line -> line.startsWith("banned     flappy until "))
                .anyMatch(line -> line.startsWith("banned     known " + (v4 ? "until " : "for ever")))
                .hasSize(7);
        assertThat(printed).doesNotContain("simulator-secret");
        if (!v4) {
            assertThat(Files.readAllLines(Path.of("README.md")).stream().map(FleetGuardTest::timeless))
                    .containsAll(printed.lines().map(FleetGuardTest::timeless).toList());
        }
    }

    private static String timeless(String line) {
        return line.replaceAll("[-0-9]{10}T[:0-9]{8}Z", "TIME");
    }

    /** The notice fails: the event comes again, and neither the kick nor the ban that are done stand in its way. */
    @Test
    void whatFailsIsDoneAgainAtTheNextLook() throws Exception {
        Main camel = new Main();
        try (EmqxSimulator simulator = EmqxSimulator.start(generation)) {
            simulator
                    .wireMock()
                    .stubFor(post(urlPathMatching(".*/publish"))
                            .atPriority(1)
                            .inScenario("down")
                            .whenScenarioStateIs(Scenario.STARTED)
                            .willReturn(aResponse().withStatus(503))
                            .willSetStateTo("up"));
            camel.addOverrideProperty("camel.component.emqx-platform.api-url", simulator.apiUrl());
            camel.addOverrideProperty("camel.component.emqx-platform.app-id", simulator.appId());
            camel.addOverrideProperty("camel.component.emqx-platform.app-secret", simulator.appSecret());
            camel.addOverrideProperty("guard.connects", "2");
            camel.addOverrideProperty("guard.ban", "1h");
            camel.addOverrideProperty("guard.delay", "50");
            routes.accept(camel);
            simulator.afterPages(1, () -> simulator.connect("flappy"));
            simulator.afterPages(2, () -> simulator.connect("flappy"));
            Instant begin = Instant.now();
            camel.start();

            await().untilAsserted(() -> assertThat(simulator.published())
                    .singleElement()
                    .extracting(PublishedMessage::text)
                    .asString()
                    .contains("flappy", "\"banned\":" + (generation == Generation.V4)));
            assertThat(simulator.client("flappy")).isEmpty();
            assertThat(simulator.bans()).singleElement().satisfies(ban -> {
                assertThat(ban.reason()).isEqualTo("connects too often");
                assertThat(ban.until())
                        .isBetween(
                                begin.plus(Duration.ofMinutes(59)),
                                Instant.now().plus(Duration.ofHours(1)));
            });
            assertThat(simulator.bans()).extracting(BanRow::who).containsExactly("flappy");
        } finally {
            camel.stop();
        }
    }
}
