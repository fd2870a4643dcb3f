/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.errorhandling;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import io.github.camelemqx.platform.EmqxPlatformConstants;
import io.github.camelemqx.platform.exception.EmqxPlatformException;
import io.github.camelemqx.platform.test.EmqxSimulator;
import io.github.camelemqx.platform.test.Generation;
import io.github.camelemqx.platform.test.PublishedMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.camel.ServiceStatus;
import org.apache.camel.spi.RouteController;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

/** Each exception really happens, by HTTP, on both generations; then its recipe has done what the README says. */
@Timeout(120)
@ParameterizedClass
@CsvSource({"V4, JAVA", "V5, JAVA", "V5, YAML"})
@TestInstance(Lifecycle.PER_CLASS)
class CookbookTest {

    @Parameter(0)
    Generation generation;

    @Parameter(1)
    RoutesFrom routes;

    private final SeenFailures failures = new SeenFailures();
    private Path outbox;
    private Cookbook cookbook;
    private EmqxSimulator simulator;

    @BeforeParameterizedClassInvocation
    void start() throws IOException {
        outbox = Files.createTempDirectory(Path.of("target"), "outbox");
        cookbook = new Cookbook(generation, outbox, routes);
        cookbook.camel().getCamelContext().getManagementStrategy().addEventNotifier(failures);
        simulator = cookbook.simulator();
    }

    @BeforeEach
    void begin() throws Exception {
        simulator.reset();
        cookbook.camel().getCamelContext().getRouteController().resumeRoute("commands");
        cookbook.desk().clear();
        failures.clear();
    }

    @AfterParameterizedClassInvocation
    void stop() {
        cookbook.close();
    }

    private void happens(Trouble trouble) {
        assertThat(cookbook.happens(trouble)).as("the recipe comes to its end").isTrue();
        assertHappened(trouble.exception());
    }

    private void assertHappened(Class<? extends EmqxPlatformException> exception) {
        assertThat(failures.all()).isNotEmpty().hasOnlyElementsOfType(exception);
        assertThat(simulator.wireMock().getAllServeEvents()).as("sent by HTTP").isNotEmpty();
    }

    private List<String> notes() {
        return cookbook.desk().notes();
    }

    private List<String> published() {
        return simulator.published().stream().map(PublishedMessage::text).toList();
    }

    private void send(String endpoint, Object body, Map<String, Object> headers) {
        cookbook.camel().getCamelContext().createProducerTemplate().sendBodyAndHeaders(endpoint, body, headers);
    }

    @Test
    void authentication() throws Exception {
        RouteController routes = cookbook.camel().getCamelContext().getRouteController();
        happens(Trouble.AUTHENTICATION);

        assertThat(notes()).hasSize(2).contains("parked: reboot").anyMatch(note -> note.contains("HTTP 401"));
        await().until(() -> routes.getRouteStatus("commands") == ServiceStatus.Suspended);

        // nothing is taken until somebody has seen to it
        simulator.reset();
        send("seda:commands", "again", Map.of());
        routes.resumeRoute("commands");
        await().untilAsserted(() -> assertThat(published()).containsExactly("again"));
    }

    @Test
    void accessDenied() {
        happens(Trouble.ACCESS_DENIED);

        assertThat(notes())
                .hasSize(2)
                .anyMatch(note -> note.startsWith("parked: ") && note.contains("mallory"))
                .anyMatch(note -> note.startsWith("alert: Give the key the role") && note.contains("banned:create"));
        assertThat(simulator.bans()).isEmpty();
    }

    @Test
    void invalidRequest() {
        happens(Trouble.INVALID_REQUEST);

        assertThat(notes()).singleElement().asString().startsWith("dead letter: reboot (messages:publish failed");
        send("direct:publish", "reboot", Map.of(EmqxPlatformConstants.TOPIC, "devices/all"));
        assertThat(published()).containsExactly("reboot");
    }

    @Test
    void notFound() {
        happens(Trouble.NOT_FOUND);

        assertThat(simulator.users()).containsExactly("pump-1");
    }

    @Test
    void clientOffline() {
        happens(Trouble.CLIENT_OFFLINE);

        assertThat(notes()).isEmpty();
        simulator.connect("pump-1");
        send("direct:subscribe", null, Map.of(EmqxPlatformConstants.CLIENT_ID, "pump-1"));
        assertThat(simulator.client("pump-1").orElseThrow().subscriptions()).containsKey("firmware/news");
    }

    @Test
    void conflict() {
        happens(Trouble.CONFLICT);

        assertThat(simulator.wireMock().getAllServeEvents())
                .filteredOn(call -> call.getRequest().getMethod().getName().equals("PUT"))
                .singleElement()
                .satisfies(call -> {
                    assertThat(call.getRequest().getBodyAsString()).contains("kT7-lantern-04");
                    assertThat(call.getResponse().getStatus()).isEqualTo(200);
                });
    }

    @Test
    void rateLimit() {
        happens(Trouble.RATE_LIMIT);

        assertThat(published()).containsExactly("hello");
        assertThat(notes()).isEmpty();
        List<ServeEvent> calls = simulator.wireMock().getAllServeEvents().stream()
                .sorted(Comparator.comparing(call -> call.getRequest().getLoggedDate()))
                .toList();
        assertThat(calls).hasSize(2);
        // Retry-After was 1
        assertThat(Duration.between(
                        calls.get(0).getRequest().getLoggedDate().toInstant(),
                        calls.get(1).getRequest().getLoggedDate().toInstant()))
                .isGreaterThan(Duration.ofMillis(950));
    }

    @Test
    void rateLimitThatLastsTooLong() {
        simulator
                .wireMock()
                .stubFor(any(urlPathMatching(".*/publish"))
                        .atPriority(1)
                        .willReturn(aResponse().withStatus(429).withHeader("Retry-After", "3600")));

        send("direct:announce", "hello", Map.of());

        assertThat(notes()).containsExactly("parked: hello");
        assertThat(simulator.wireMock().getAllServeEvents()).hasSize(1);
    }

    @Test
    void unavailable() {
        happens(Trouble.UNAVAILABLE);

        assertThat(published()).containsExactly("restart");
        await().until(() -> Files.exists(outbox.resolve(".sent/command.txt")));
        // one attempt, the pause, and the one that succeeded: the folder is looked at every 100 ms
        assertThat(simulator.wireMock().getAllServeEvents()).hasSize(2);
    }

    @Test
    void server() {
        happens(Trouble.SERVER);

        assertThat(notes())
                .singleElement()
                .asString()
                .startsWith("alert: stats:get failed")
                .contains("HTTP 500");
        assertThat(simulator.wireMock().getAllServeEvents()).hasSize(2);
    }

    @Test
    void protocol() {
        Object good = cookbook.camel()
                .getCamelContext()
                .createProducerTemplate()
                .requestBody("direct:nodes", null, List.class);
        Trouble.PROTOCOL.prepare(simulator);

        Object meanwhile = cookbook.camel()
                .getCamelContext()
                .createProducerTemplate()
                .requestBody("direct:nodes", null, List.class);

        assertHappened(Trouble.PROTOCOL.exception());
        assertThat(meanwhile).isNotNull().isEqualTo(good);
        assertThat(notes()).singleElement().asString().startsWith("alert: Who answers at the address of the API?");
    }

    @Test
    void partialFailure() {
        happens(Trouble.PARTIAL_FAILURE);

        assertThat(simulator.client("pump-1").orElseThrow().subscriptions()).containsKey("firmware/news");
        assertThat(notes())
                .singleElement()
                .asString()
                .startsWith("dead letter: {index=1, success=false, clientid=pump-2")
                .contains(generation == Generation.V4 ? "code=112" : "code=CLIENTID_NOT_FOUND");
    }

    @Test
    void anythingElse() {
        happens(Trouble.ANY);
        assertThat(notes()).singleElement().asString().startsWith("dead letter: night (messages:publish failed");
        assertThat(simulator.wireMock().getAllServeEvents()).hasSize(1);

        simulator.reset();
        simulator
                .wireMock()
                .stubFor(any(anyUrl())
                        .atPriority(1)
                        .inScenario("once")
                        .whenScenarioStateIs(Scenario.STARTED)
                        .willSetStateTo("over")
                        .willReturn(aResponse().withStatus(502)));
        send("direct:state", "day", Map.of());
        assertThat(published()).containsExactly("day");
        assertThat(notes()).hasSize(1);
    }

    @Test
    void theReadmeShowsWhatIsPrinted() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        boolean done;
        try (PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
            done = cookbook.run(out);
        }
        String printed = bytes.toString(StandardCharsets.UTF_8);
        assertThat(done).as(printed).isTrue();
        for (Trouble trouble : Trouble.all()) {
            assertThat(printed).contains(trouble.exception().getSimpleName() + ": ");
        }
        assertThat(printed).doesNotContain(simulator.appSecret(), "lantern");
        if (generation == Generation.V5) {
            String shown = Files.readString(Path.of("README.md")).split("```\n", -1)[3];
            assertThat(printed).contains(shown);
        }
    }
}
