/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.client.WireMock;
import io.github.camelemqx.platform.EmqxPlatformConstants;
import io.github.camelemqx.platform.test.BanRow;
import io.github.camelemqx.platform.test.EmqxSimulator;
import io.github.camelemqx.platform.test.Generation;
import io.github.camelemqx.platform.test.PublishedMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each file by itself, run by camel-main with the application.properties of the example. */
@ParameterizedClass
@EnumSource(Generation.class)
class YamlFilesTest {

    @Parameter
    Generation generation;

    private final Main camel = new Main();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private EmqxSimulator simulator;

    @BeforeEach
    void start() {
        simulator = EmqxSimulator.start(generation);
        camel.addOverrideProperty("emqx.apiUrl", simulator.apiUrl());
        camel.addOverrideProperty("emqx.appId", simulator.appId());
        camel.addOverrideProperty("emqx.appSecret", simulator.appSecret());
        camel.addOverrideProperty("clients.delay", "50");
        camel.addOverrideProperty("metrics.delay", "50");
        camel.addOverrideProperty("users.per-second", "100");
    }

    @AfterEach
    void stop() {
        camel.stop();
        simulator.close();
    }

    private void run(String file) {
        run(file, "yaml");
    }

    private void run(String file, String language) {
        camel.configure().withRoutesIncludePattern("classpath:camel/" + file + ".camel." + language);
        camel.start();
        assertThat(camel.getCamelContext().getRoute(file)).isNotNull();
    }

    private void tell(String endpoint, String what) {
        camel.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from(endpoint).process(exchange -> told.add(simple(what).evaluate(exchange, String.class)));
            }
        });
    }

    private void reconnected(String clientId, String eventId) throws Exception {
        ProducerTemplate template = camel.getCamelTemplate();
        template.sendBodyAndHeaders(
                "direct:client-events",
                null,
                Map.of(
                        EmqxPlatformConstants.EVENT_TYPE, "reconnected",
                        EmqxPlatformConstants.EVENT_ID, eventId,
                        EmqxPlatformConstants.KEY, clientId,
                        EmqxPlatformConstants.CLIENT_ID, clientId));
    }

    @ParameterizedTest
    @ValueSource(strings = {"yaml", "xml"})
    void clientsAreWatched(String language) {
        tell("direct:client-events", "${header.CamelEmqxPlatformEventType} ${header.CamelEmqxPlatformClientId}");
        simulator.connect("c1");
        run("client-watch", language);

        await().untilAsserted(() -> assertThat(told).containsExactly("connected c1"));
        simulator.disconnect("c1");
        await().untilAsserted(() -> assertThat(told).containsExactly("connected c1", "disconnected c1"));
    }

    @Test
    void metricsAreWatched() {
        tell("direct:metric-changes", "${body[name]} +${body[delta]}");
        run("metric-watch");
        await().until(() -> simulator
                        .wireMock()
                        .countRequestsMatching(WireMock.getRequestedFor(WireMock.urlPathMatching(".*/metrics"))
                                .build())
                        .getCount()
                > 1);

        simulator.count("messages.received", 3);

        await().untilAsserted(() -> assertThat(told).containsExactly("messages.received +3"));
    }

    @Test
    void aClientThatReconnectsThreeTimesIsKickedAndBanned() throws Exception {
        String odd = "a\",\"as\":\"username & b, c";
        simulator.connect(odd);
        run("fleet-guard");

        reconnected(odd, "1");
        reconnected(odd, "2");
        reconnected(odd, "2");
        reconnected("other", "3");
        assertThat(simulator.client(odd)).isPresent();
        reconnected(odd, "4");

        await().untilAsserted(() -> assertThat(simulator.bans()).singleElement().satisfies(ban -> {
            assertThat(ban.as()).isEqualTo("clientid");
            assertThat(ban.who()).isEqualTo(odd);
            assertThat(ban.until()).isNotNull();
        }));
        assertThat(simulator.client(odd)).isEmpty();
    }

    @Test
    void aClientThatIsOfflineOrBannedAlreadyIsNoFailure() throws Exception {
        simulator.ban("clientid", "banned", null);
        run("fleet-guard");

        for (String client : List.of("offline", "banned")) {
            reconnected(client, client + "1");
            reconnected(client, client + "2");
            reconnected(client, client + "3");
        }

        await().untilAsserted(() ->
                assertThat(simulator.bans()).extracting(BanRow::who).containsExactlyInAnyOrder("banned", "offline"));
    }

    @Test
    void linesBecomeUsers() {
        run("provisioning");

        await().untilAsserted(() ->
                assertThat(simulator.users()).containsExactlyInAnyOrder("pump-1", "pump-2", "valve-1", "valve-3"));
    }

    @Test
    void kameletsTellAndKick() {
        simulator.connect("truck-1");
        simulator.connect("test-1");
        run("kamelets");

        await().untilAsserted(() -> assertThat(simulator.client("test-1")).isEmpty());
        assertThat(simulator.client("truck-1")).isPresent();
        assertThat(simulator.published())
                .extracting(PublishedMessage::topic, PublishedMessage::qos)
                .containsExactly(tuple("fleet/refused", 1));
        assertThat(simulator.published().get(0).text()).contains("\"key\":\"test-1\"");
    }

    /** A file without a test would be an example that nobody has run. */
    @Test
    void thereAreNoOtherFiles() throws Exception {
        try (Stream<Path> files =
                Files.list(Path.of(YamlFilesTest.class.getResource("/camel").toURI()))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "client-watch.camel.xml",
                            "client-watch.camel.yaml",
                            "metric-watch.camel.yaml",
                            "fleet-guard.camel.yaml",
                            "provisioning.camel.yaml",
                            "kamelets.camel.yaml");
        }
    }
}
