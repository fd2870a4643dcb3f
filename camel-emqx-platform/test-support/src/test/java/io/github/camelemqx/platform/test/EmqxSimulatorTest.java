/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What no recording shows: how the state changes, and what the test can do to it. */
class EmqxSimulatorTest {

    private final TickingClock clock = new TickingClock("2026-01-02T03:04:05.678Z", ZoneOffset.UTC);

    @RegisterExtension
    final EmqxSimulatorExtension v5 = EmqxSimulatorExtension.of(Generation.V5, clock);

    @RegisterExtension
    final EmqxSimulatorExtension v4 =
            EmqxSimulatorExtension.of(Generation.V4, clock.withZone(ZoneId.of("Asia/Shanghai")));

    private EmqxSimulator of(Generation generation) {
        return (generation == Generation.V5 ? v5 : v4).simulator();
    }

    @Test
    void writesTimesAsTheGenerationDoes() throws IOException {
        v5.connect("c1");
        v4.connect("c1");
        assertThat(get(v5, "/clients/c1").path("connected_at").asText()).isEqualTo("2026-01-02T03:04:05.678+00:00");
        assertThat(get(v4, "/clients/c1").at("/data/0/connected_at").asText()).isEqualTo("2026-01-02 11:04:05");
    }

    @Test
    void aSessionWithExpiryStaysListedUntilItExpires() throws IOException {
        v5.connect(ClientOptions.of("kept").cleanStart(false).expiryInterval(300));
        v5.connect("gone");
        clock.advance(Duration.ofSeconds(1));
        v5.disconnect("kept");
        v5.disconnect("gone");
        assertThat(get(v5, "/clients/kept").path("connected").asBoolean(true)).isFalse();
        assertThat(get(v5, "/clients/kept").path("disconnected_at").asText()).startsWith("2026-01-02T03:04:06.678");
        assertThat(get(v5, "/clients?conn_state=disconnected&fields=clientid")
                        .at("/data")
                        .toString())
                .isEqualTo("[{\"clientid\":\"kept\"}]");
        assertThat(get(v5, "/clients/gone").path("code").asText()).isEqualTo("CLIENTID_NOT_FOUND");
        v5.simulator().expireSession("kept");
        assertThat(v5.simulator().clients()).isEmpty();
        assertMetrics(v5, Map.of("client.connected", 2, "client.disconnected", 2, "session.terminated", 2));
    }

    @Test
    void aTakeoverKeepsTheSessionUnlessTheClientStartsClean() throws IOException {
        v5.connect(ClientOptions.of("c1").expiryInterval(300));
        v5.subscribe("c1", "t/#", 1);
        SimulatedClient first = v5.simulator().client("c1").orElseThrow();
        clock.advance(Duration.ofSeconds(5));
        SimulatedClient second =
                v5.connect(ClientOptions.of("c1").cleanStart(false).expiryInterval(300));
        assertThat(second.createdAt()).isEqualTo(first.createdAt());
        assertThat(second.connectedAt()).isEqualTo(first.connectedAt().plusSeconds(5));
        assertThat(second.port()).isNotEqualTo(first.port());
        assertThat(second.subscriptions()).containsOnlyKeys("t/#");
        SimulatedClient third = v5.connect("c1");
        assertThat(third.createdAt()).isEqualTo(third.connectedAt());
        assertThat(third.subscriptions()).isEmpty();
        assertThat(get(v5, "/topics").at("/data")).isEmpty();
        assertThat(get(v5, "/clients").at("/meta/count").asInt()).isEqualTo(1);
        assertMetrics(v5, Map.of("client.connected", 3, "client.disconnected", 2));
        assertMetrics(v5, Map.of("session.takenover", 1, "session.discarded", 1, "session.created", 2));
    }

    @Test
    void v4CountsNoDisconnectOnATakeover() throws IOException {
        v4.connect("c1");
        v4.connect("c1");
        JsonNode metrics = get(v4, "/metrics").at("/data/0/metrics");
        assertThat(metrics.path("client.connected").asInt()).isEqualTo(2);
        assertThat(metrics.path("session.discarded").asInt()).isEqualTo(1);
        assertThat(metrics.path("client.disconnected").asInt()).isZero();
    }

    @Test
    void publishesToSubscribersAndCounts() throws IOException {
        v5.connect("c1");
        v5.subscribe("c1", "$share/g/t/+", 1);
        assertThat(post(v5, "/publish", "{\"topic\":\"t/1\",\"payload\":\"hé\",\"qos\":1,\"retain\":true}")
                        .status())
                .isEqualTo(200);
        assertThat(post(v5, "/publish", "{\"topic\":\"x\",\"payload\":\"\"}").status())
                .isEqualTo(202);
        PublishedMessage message = v5.simulator().published().get(0);
        assertThat(message.text()).isEqualTo("hé");
        assertThat(message.payload()).hasSize(3);
        assertThat(message.retain()).isTrue();
        assertMetrics(v5, Map.of("messages.received", 2, "messages.qos1.received", 1, "messages.delivered", 1));
        assertMetrics(v5, Map.of("messages.dropped.no_subscribers", 1));
    }

    @Test
    void aLostNodesClientsAreMissingWithoutAWord() throws IOException {
        EmqxSimulator simulator = v5.simulator();
        simulator.addNode("emqx2@127.0.0.1");
        v5.connect("here");
        v5.connect(ClientOptions.of("there").node("emqx2@127.0.0.1"));
        v5.subscribe("there", "t", 0);
        assertThat(get(v5, "/clients?node=emqx2@127.0.0.1&fields=clientid")
                        .at("/data/0/clientid")
                        .asText())
                .isEqualTo("there");
        simulator.stopNode("emqx2@127.0.0.1");
        assertThat(get(v5, "/clients").at("/meta/count").asInt()).isEqualTo(1);
        assertThat(get(v5, "/clients/there").path("code").asText()).isEqualTo("CLIENTID_NOT_FOUND");
        assertThat(get(v5, "/clients?node=emqx2@127.0.0.1").path("message").asText())
                .isEqualTo("bad rpc call 'emqx2@127.0.0.1', Reason nodedown");
        assertThat(get(v5, "/subscriptions").at("/data")).isEmpty();
        assertThat(get(v5, "/topics").at("/data")).isEmpty();
        assertThat(get(v5, "/nodes").at("/1/node_status").asText()).isEqualTo("stopped");
        assertThat(get(v5, "/nodes").at("/1")).hasSize(3);
        assertThat(get(v5, "/nodes/emqx2@127.0.0.1").path("message").asText())
                .isEqualTo("Node not found: emqx2@127.0.0.1");
        assertThat(get(v5, "/metrics")).hasSize(1);
        assertThatThrownBy(() -> v5.connect(ClientOptions.of("x").node("emqx2@127.0.0.1")))
                .isInstanceOf(IllegalStateException.class);
        simulator.startNode("emqx2@127.0.0.1");
        assertThat(get(v5, "/nodes").at("/1/node_status").asText()).isEqualTo("running");
        assertThat(get(v5, "/clients").at("/meta/count").asInt()).isEqualTo(1);
    }

    @Test
    void v4DoesNotListALostNode() throws IOException {
        EmqxSimulator simulator = v4.simulator();
        simulator.addNode("emqx6@127.0.0.1");
        simulator.stopNode("emqx6@127.0.0.1");
        assertThat(get(v4, "/nodes").at("/data")).hasSize(1);
        assertThat(get(v4, "/nodes/emqx6@127.0.0.1").at("/data/error").asText()).isEqualTo("nodedown");
        assertThat(get(v4, "/nodes/emqx6@127.0.0.1/clients").path("code").asInt())
                .isEqualTo(101);
        assertThat(call(v4, "GET", "/nodes/emqx6@127.0.0.1/clients/c1", null).status())
                .isEqualTo(204);
        assertThat(get(v4, "/nodes/emqx6@127.0.0.1/metrics").toString()).isEqualTo("{\"message\":\"nodedown\"}");
    }

    @Test
    void aRestartedNodeCountsFromZero() throws IOException {
        v5.connect("c1");
        v5.simulator().count("messages.publish", 7);
        clock.advance(Duration.ofMinutes(1));
        assertMetrics(v5, Map.of("messages.publish", 7, "client.connected", 1));
        assertThat(get(v5, "/nodes").at("/0/uptime").asInt()).isEqualTo(60_000);
        v5.simulator().restartNode(Generation.V5.firstNode());
        assertMetrics(v5, Map.of("messages.publish", 0, "client.connected", 0));
        assertThat(get(v5, "/nodes").at("/0/uptime").asInt()).isZero();
        assertThat(v5.simulator().clients()).isEmpty();
    }

    @Test
    void countsPerNodeAndKnowsTheNames() throws IOException {
        v5.simulator().addNode("emqx2@127.0.0.1");
        v5.simulator().count("emqx2@127.0.0.1", "bytes.sent", 5);
        v5.simulator().count("bytes.sent", 1);
        assertThat(get(v5, "/metrics?aggregate=true").path("bytes.sent").asInt())
                .isEqualTo(6);
        assertThat(get(v5, "/nodes/emqx2@127.0.0.1/metrics").path("bytes.sent").asInt())
                .isEqualTo(5);
        assertThatThrownBy(() -> v5.simulator().count("no.such", 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> v5.simulator().count("nowhere", "bytes.sent", 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void v4UptimeIsAText() throws IOException {
        clock.advance(Duration.ofSeconds(2 * 3600 + 3 * 60 + 4));
        assertThat(get(v4, "/nodes").at("/data/0/uptime").asText()).isEqualTo("2 hours, 3 minutes, 4 seconds");
    }

    @ParameterizedTest
    @EnumSource
    void aStubOfTheTestComesFirst(Generation generation) throws IOException {
        EmqxSimulator simulator = of(generation);
        String path = simulator.apiUrl().substring(simulator.baseUrl().length()) + "/clients";
        simulator
                .wireMock()
                .stubFor(any(urlPathEqualTo(path))
                        .atPriority(9)
                        .willReturn(aResponse().withStatus(503)));
        assertThat(RawHttp.call(simulator, "GET", "/clients", null).status()).isEqualTo(503);
        assertThat(RawHttp.call(simulator, "GET", "/nodes", null).status()).isEqualTo(200);
        simulator.wireMock().verify(1, getRequestedFor(urlPathEqualTo(path)));
        simulator.reset();
        simulator.wireMock().verify(0, getRequestedFor(urlPathEqualTo(path)));
        assertThat(RawHttp.call(simulator, "GET", "/clients", null).status()).isEqualTo(200);
    }

    @Test
    void simulatorsShareNothing() throws IOException {
        try (EmqxSimulator other = EmqxSimulator.start(Generation.V5)) {
            v5.connect("c1");
            v5.simulator().addUser("u", "p");
            v5.simulator().ban("clientid", "bad", null);
            assertThat(other.clients()).isEmpty();
            assertThat(other.users()).isEmpty();
            assertThat(other.bans()).isEmpty();
            assertThat(RawHttp.get(other, "/clients").at("/meta/count").asInt()).isZero();
            assertThat(other.baseUrl()).isNotEqualTo(v5.simulator().baseUrl());
        }
    }

    @Test
    void resetForgetsEverything() throws IOException {
        EmqxSimulator simulator = v4.simulator();
        simulator.addNode("emqx6@127.0.0.1");
        v4.connect("c1");
        simulator.addUser("u", "p");
        post(v4, "/auth_clientid", "{\"clientid\":\"d\",\"password\":\"p\"}");
        post(v4, "/mqtt/publish", "{\"topic\":\"t\",\"payload\":\"x\"}");
        assertThat(simulator.hasUser("u")).isTrue();
        assertThat(simulator.clientIdUsers()).containsExactly("d");
        assertThat(simulator.published()).hasSize(1);
        simulator.reset();
        assertThat(simulator.clients()).isEmpty();
        assertThat(simulator.users()).isEmpty();
        assertThat(simulator.clientIdUsers()).isEmpty();
        assertThat(simulator.published()).isEmpty();
        assertThat(get(v4, "/nodes").at("/data")).hasSize(1);
    }

    @Test
    void listsBansOfBothSides() throws IOException {
        Instant until = Instant.parse("2030-01-01T00:00:00Z");
        v5.simulator().ban("username", "mallory", until);
        v5.simulator().ban("clientid", "ever", null);
        assertThat(get(v5, "/banned").at("/data/0/until").asText()).isEqualTo("2030-01-01T00:00:00+00:00");
        assertThat(get(v5, "/banned").at("/data/1/until").asText()).isEqualTo("infinity");
        v4.simulator().ban("username", "mallory", until);
        assertThat(get(v4, "/banned").at("/data/0/until").asLong()).isEqualTo(until.getEpochSecond());
        post(v4, "/banned", "{\"who\":5,\"as\":\"clientid\",\"reason\":\"r\",\"until\":\"tomorrow\"}");
        assertThat(v4.simulator().bans())
                .extracting(BanRow::who, BanRow::until)
                .contains(tuple("mallory", until), tuple("5", null));
    }

    @Test
    void v4AnswersUnderThePlatformsPrefixToo() throws IOException {
        Map<String, String> headers = Map.of("Authorization", RawHttp.basic(v4.simulator()));
        assertThat(RawHttp.send(v4.simulator(), "GET", "/api/nodes", headers, null)
                        .status())
                .isEqualTo(200);
        assertThat(RawHttp.send(v4.simulator(), "GET", "/apinodes", headers, null)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void refusesWhatNoClientCouldDo() {
        assertThatThrownBy(() -> v5.disconnect("ghost")).isInstanceOf(IllegalArgumentException.class);
        v5.connect(ClientOptions.of("c1").expiryInterval(60));
        assertThatThrownBy(() -> v5.simulator().expireSession("c1")).isInstanceOf(IllegalStateException.class);
        v5.disconnect("c1");
        assertThatThrownBy(() -> v5.disconnect("c1")).isInstanceOf(IllegalStateException.class);
    }

    private static void assertMetrics(EmqxSimulatorExtension emqx, Map<String, Integer> expected) throws IOException {
        JsonNode metrics = get(emqx, "/metrics?aggregate=true");
        expected.forEach((name, value) ->
                assertThat(metrics.path(name).asInt(-1)).as(name).isEqualTo(value));
    }

    private static JsonNode get(EmqxSimulatorExtension emqx, String path) throws IOException {
        return RawHttp.get(emqx.simulator(), path);
    }

    private static RawHttp.Reply post(EmqxSimulatorExtension emqx, String path, String body) throws IOException {
        return call(emqx, "POST", path, body);
    }

    private static RawHttp.Reply call(EmqxSimulatorExtension emqx, String method, String path, String body)
            throws IOException {
        return RawHttp.call(emqx.simulator(), method, path, body);
    }
}
