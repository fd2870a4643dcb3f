/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelemqx.platform.EmqxPlatformConstants;
import io.github.camelemqx.platform.model.ResourceChange;
import io.github.camelemqx.platform.test.EmqxSimulator;
import io.github.camelemqx.platform.test.Generation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.apache.camel.ServiceStatus;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** The routes of the examples for Spring Boot and Quarkus in YAML, without the applications: camel-main runs them. */
@ParameterizedClass
@ValueSource(strings = {"spring-boot", "quarkus"})
class ApplicationFilesTest {

    /** In the place of the applications' own. */
    public static final class Presence {

        private final List<String> noted = new CopyOnWriteArrayList<>();

        /** Takes note of an event. */
        public void changed(ResourceChange change) {
            noted.add(change.key() + " " + change.type());
        }
    }

    @Parameter
    String application;

    private final Main camel = new Main();
    private final Presence presence = new Presence();
    private EmqxSimulator simulator;

    @BeforeEach
    void start() {
        simulator = EmqxSimulator.start(Generation.V5);
        camel.addOverrideProperty("emqx.apiUrl", simulator.apiUrl());
        camel.addOverrideProperty("emqx.appId", simulator.appId());
        camel.addOverrideProperty("emqx.appSecret", simulator.appSecret());
        camel.addOverrideProperty("clients.delay", "50");
        camel.bind("presence", presence);
        camel.configure().withRoutesIncludePattern("classpath:applications/" + application + ".camel.yaml");
    }

    @AfterEach
    void stop() {
        camel.stop();
        simulator.close();
    }

    private void run(boolean doorman) {
        camel.addOverrideProperty("doorman.enabled", String.valueOf(doorman));
        camel.start();
    }

    private void awaitNoted(String... events) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(presence.noted).contains(events));
    }

    private List<String> published() {
        return simulator.published().stream()
                .map(message -> message.topic() + " " + message.text())
                .toList();
    }

    @Test
    void whoComesIsNotedAndGreetedOrKicked() {
        run(true);
        simulator.connect("truck-1");
        simulator.connect("test-1");
        awaitNoted("truck-1 connected", "test-1 connected", "test-1 disconnected");
        assertThat(simulator.client("test-1")).isEmpty();
        assertThat(published()).containsExactly("fleet/welcome Welcome, truck-1");

        simulator.disconnect("truck-1");
        awaitNoted("truck-1 disconnected");
        assertThat(published()).hasSize(1);
    }

    @Test
    void whoHasLeftBeforeIsNoFailure() throws Exception {
        run(true);
        Exchange kicked = camel.getCamelTemplate().send("direct:client-events", exchange -> exchange.getMessage()
                .setHeaders(Map.of(
                        EmqxPlatformConstants.EVENT_TYPE, "connected",
                        EmqxPlatformConstants.KEY, "test-9",
                        EmqxPlatformConstants.CLIENT_ID, "test-9")));
        assertThat(kicked.getException()).isNull();
        assertThat(simulator.wireMock().getAllServeEvents())
                .anyMatch(call -> call.getRequest().getMethod().getName().equals("DELETE"));
    }

    @Test
    void whereTheDoormanMayNotActNobodyIsTouched() {
        run(false);
        simulator.connect("test-1");
        awaitNoted("test-1 connected");
        simulator.disconnect("test-1");
        awaitNoted("test-1 disconnected");
        assertThat(camel.getCamelContext().getRouteController().getRouteStatus("doorman"))
                .isEqualTo(ServiceStatus.Stopped);
        assertThat(simulator.wireMock().getAllServeEvents())
                .allMatch(call -> call.getRequest().getMethod().getName().equals("GET"));
    }
}
