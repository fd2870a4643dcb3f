/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the recordings of clusters do not show one by one: how the test drives the cluster, and what hangs whom. */
@Timeout(60)
class ClusterTest {

    private static final String SECOND = "emqx2@127.0.0.1";
    private static final String THIRD = "emqx3@127.0.0.1";
    private static final Duration LONG = Duration.ofSeconds(10);

    private final TickingClock clock = new TickingClock("2026-01-02T03:04:05.678Z", ZoneOffset.UTC);
    private final ExecutorService callers = Executors.newCachedThreadPool();

    @RegisterExtension
    final EmqxSimulatorExtension v5 = EmqxSimulatorExtension.of(Generation.V5, clock);

    @RegisterExtension
    final EmqxSimulatorExtension v4 = EmqxSimulatorExtension.of(Generation.V4, clock);

    private EmqxSimulator of(Generation generation) {
        return (generation == Generation.V5 ? v5 : v4).simulator();
    }

    @BeforeEach
    void threeNodes() {
        for (Generation generation : Generation.values()) {
            EmqxSimulator simulator = of(generation);
            simulator.addNode(SECOND);
            simulator.addNode(THIRD);
            simulator.connect("a1");
            simulator.connect(ClientOptions.of("b1").node(SECOND));
            simulator.connect(ClientOptions.of("b2").node(SECOND).expiryInterval(300));
            simulator.connect(ClientOptions.of("c1").node(THIRD));
        }
    }

    @AfterEach
    void stopCalling() {
        callers.shutdownNow();
    }

    /** Far more calls than the server has threads hang, and others are answered. */
    @ParameterizedTest
    @EnumSource
    void callsThatHangHoldNobodyUp(Generation generation) throws Exception {
        EmqxSimulator simulator = of(generation);
        simulator.hangScale(LONG);
        simulator.freezeNode(SECOND);
        List<Future<RawHttp.Reply>> hanging = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            hanging.add(ask(simulator, "/clients"));
        }
        Awaitility.await().until(() -> simulator.hanging() == 60);
        String ofFirst = generation == Generation.V5
                ? "/clients?node=" + Generation.V5.firstNode()
                : "/nodes/" + Generation.V4.firstNode() + "/clients";
        assertThat(ids(get(simulator, ofFirst))).containsExactly("a1");
        simulator.connect("a2");
        assertThat(hanging).noneMatch(Future::isDone);
        simulator.thawNode(SECOND);
        for (Future<RawHttp.Reply> each : hanging) {
            RawHttp.Reply reply = each.get(20, TimeUnit.SECONDS);
            assertThat(reply.status()).isEqualTo(200);
            assertThat(ids(reply.json())).containsExactly("a1", "a2", "b1", "b2", "c1");
        }
        assertThat(simulator.hanging()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void aCallThatHungTakesItsTime(Generation generation) throws Exception {
        EmqxSimulator simulator = of(generation);
        simulator.freezeNode(SECOND);
        Instant start = Clock.systemUTC().instant();
        assertThat(call(simulator, "/clients").status()).isEqualTo(500);
        assertThat(since(start)).isGreaterThanOrEqualTo(Duration.ofMillis(500));
        assertThatThrownBy(() -> call(simulator, "/clients/b1")).isInstanceOf(RawHttp.NoAnswer.class);
        assertThat(since(start)).isGreaterThanOrEqualTo(Duration.ofMillis(1_100));
    }

    private static Duration since(Instant start) {
        return Duration.between(start, Clock.systemUTC().instant());
    }

    @ParameterizedTest
    @EnumSource
    void closingAndResettingWaitForNobody(Generation generation) throws Exception {
        EmqxSimulator simulator = EmqxSimulator.start(generation);
        for (boolean closing : new boolean[] {false, true}) {
            simulator.addNode(SECOND);
            simulator.hangScale(LONG);
            simulator.freezeNode(SECOND);
            Future<RawHttp.Reply> hanging = ask(simulator, "/clients");
            Awaitility.await().until(() -> simulator.hanging() == 1);
            if (closing) {
                simulator.close();
                Awaitility.await().atMost(Duration.ofSeconds(20)).until(hanging::isDone);
            } else {
                simulator.reset();
                assertThat(hanging.get(20, TimeUnit.SECONDS).status()).isEqualTo(200);
            }
        }
        assertThat(simulator.hanging()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "V5 | /clients | 500 | NODE_DOWN",
                "V5 | /clients?node=emqx2@127.0.0.1 | 500 | nodedown",
                "V5 | /clients_v2 | 500 | {badrpc,nodedown}",
                "V5 | /clients/b1 | 500 | {error,nodedown}",
                "V5 | /nodes/emqx2@127.0.0.1 | 500 | {error,noconnection}",
                "V5 | /nodes | 200 | stopped",
                "V5 | /metrics?aggregate=true | 500 | {error,nodedown}",
                "V5 | /stats?aggregate=true | 200 | connections.count",
                "V5 | /monitor_current | 500 | {erpc,noconnection}",
                "V4 | /clients | 500 | Internal Error",
                "V4 | /clients/c1 | 500 | Internal Error",
                "V4 | /nodes | 200 | nodedown",
                "V4 | /brokers | 204 | ''",
                "V4 | /stats | 500 | Internal Error",
                "V4 | /nodes/emqx2@127.0.0.1/clients | 200 | 101",
                "V4 | /nodes/emqx2@127.0.0.1/clients/b1 | 204 | ''"
            })
    void whatHangsWhenANodeIsGivenUpSaysSo(Generation generation, String path, int status, String text)
            throws Exception {
        EmqxSimulator simulator = of(generation);
        simulator.hangScale(LONG);
        simulator.freezeNode(SECOND);
        Future<RawHttp.Reply> hanging = ask(simulator, path);
        Awaitility.await().until(() -> simulator.hanging() == 1);
        simulator.dropFrozenNode(SECOND);
        RawHttp.Reply reply = hanging.get(20, TimeUnit.SECONDS);
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.text()).contains(text);
        assertThat(simulator.hanging()).isZero();
    }

    @Test
    void aWalkDiesWithANode() throws IOException {
        EmqxSimulator simulator = v5.simulator();
        simulator.killNodeAfter(SECOND, 2);
        assertThat(ids(get(simulator, "/clients?limit=1&page=1"))).containsExactly("a1");
        assertThat(ids(get(simulator, "/clients?limit=1&page=2"))).containsExactly("b1");
        JsonNode third = get(simulator, "/clients?limit=1&page=3");
        assertThat(ids(third)).isEmpty();
        assertThat(third.at("/meta/count").asInt()).isEqualTo(2);
        assertThat(third.at("/meta/hasnext").asBoolean(true)).isFalse();
        assertThat(simulator.condition(SECOND)).isEqualTo(NodeCondition.STOPPED);
    }

    @Test
    void aWalkByCursorPassesUntilItsTurnComes() throws Exception {
        EmqxSimulator simulator = v5.simulator();
        simulator.connect("a2");
        simulator.freezeNode(SECOND);
        JsonNode first = get(simulator, "/clients_v2?limit=2");
        assertThat(ids(first)).containsExactly("a1", "a2");
        RawHttp.Reply second = call(
                simulator,
                "/clients_v2?limit=2&cursor=" + first.at("/meta/cursor").asText());
        assertThat(second.status()).isEqualTo(500);
        assertThat(second.text()).contains("{badrpc,timeout}");
    }

    @ParameterizedTest
    @EnumSource
    void aClientIsHiddenOnceAndListedTwiceOnce(Generation generation) throws IOException {
        EmqxSimulator simulator = of(generation);
        simulator.hideOnce("b1");
        assertThat(ids(get(simulator, "/clients"))).containsExactly("a1", "b2", "c1");
        assertThat(ids(get(simulator, "/clients"))).containsExactly("a1", "b1", "b2", "c1");
        simulator.showTwice("b1", THIRD);
        JsonNode twice = get(simulator, "/clients");
        assertThat(ids(twice)).containsExactly("a1", "b1", "b2", "c1", "b1");
        assertThat(twice.at("/data/4/node").asText()).isEqualTo(THIRD);
        assertThat(twice.at("/data/4/connected_at").asText())
                .isLessThanOrEqualTo(twice.at("/data/1/connected_at").asText());
        assertThat(ids(get(simulator, "/clients"))).containsExactly("a1", "b1", "b2", "c1");
        simulator.showTwice("b1", THIRD);
        JsonNode byId = get(simulator, "/clients/b1");
        if (generation == Generation.V4) {
            assertThat(byId.at("/data")).hasSize(2);
        } else {
            assertThat(byId.path("node").asText()).isEqualTo(SECOND);
        }
        simulator.disconnect("b1");
        assertThat(ids(get(simulator, "/clients"))).containsExactly("a1", "b2", "c1");
    }

    @Test
    void aClientIsMissedOnce() throws IOException {
        v5.simulator().missOnce("b1");
        assertThat(call(v5.simulator(), "/clients/b1").status()).isEqualTo(404);
        assertThat(call(v5.simulator(), "/clients/b1").status()).isEqualTo(200);
        v4.simulator().missOnce("b1");
        assertThat(get(v4.simulator(), "/clients/b1").at("/data")).isEmpty();
        assertThat(get(v4.simulator(), "/clients/b1").at("/data")).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void aSplitClusterHasTwoTruths(Generation generation) throws IOException {
        EmqxSimulator simulator = of(generation);
        simulator.cutOffNode(SECOND);
        assertThat(ids(get(simulator, "/clients"))).containsExactly("a1", "c1");
        assertThat(alarms(simulator)).containsExactly("partition");
        String ofSecond = generation == Generation.V5 ? "/clients?node=" + SECOND : "/nodes/" + SECOND + "/clients";
        assertThat(ids(get(simulator, ofSecond))).containsExactly("b1", "b2");
        // it connects on the other side, and is then there twice
        simulator.connect("b1");
        assertThat(ids(get(simulator, "/clients"))).containsExactly("a1", "b1", "c1");
        simulator.answerAs(SECOND);
        assertThat(ids(get(simulator, "/clients"))).containsExactly("b1", "b2");
        assertThat(running(simulator)).containsExactly(SECOND);
        assertThat(alarms(simulator)).containsExactly("partition");
        simulator.answerAs(generation.firstNode());
        clock.advance(Duration.ofMinutes(1));
        simulator.count(SECOND, "messages.publish", 7);
        simulator.heal(SECOND);
        assertThat(ids(get(simulator, "/clients"))).containsExactly("a1", "b1", "c1");
        assertThat(running(simulator)).hasSize(3);
        assertThat(alarms(simulator)).isEmpty();
        JsonNode second = get(simulator, "/nodes/" + SECOND);
        assertThat((generation == Generation.V5 ? second : second.at("/data"))
                        .path("uptime")
                        .asText())
                .isEqualTo(generation == Generation.V5 ? "60000" : "1 minutes, 0 seconds");
    }

    @Test
    void aNodeAnswersForItselfAsItIs() throws IOException {
        EmqxSimulator simulator = v5.simulator();
        simulator.answerAs(SECOND);
        assertThat(get(simulator, "/cluster").path("self").asText()).isEqualTo(SECOND);
        assertThat(ids(get(simulator, "/clients"))).hasSize(4);
        simulator.leaveNode(SECOND);
        assertThat(ids(get(simulator, "/clients"))).isEmpty();
        assertThat(running(simulator)).containsExactly(SECOND);
        assertThat(get(simulator, "/nodes")).hasSize(1);
        simulator.joinNode(SECOND);
        assertThat(running(simulator)).hasSize(3);
        simulator.killNode(SECOND);
        assertThatThrownBy(() -> call(simulator, "/clients")).isInstanceOf(RawHttp.NoAnswer.class);
        simulator.beginBoot(SECOND);
        assertThat(call(simulator, "/clients").text()).contains("Request Path Not Found");
        simulator.endBoot(SECOND);
        simulator.freezeNode(SECOND);
        simulator.hangScale(Duration.ofMillis(1));
        assertThatThrownBy(() -> call(simulator, "/clients/a1")).isInstanceOf(RawHttp.NoAnswer.class);
    }

    @Test
    void aFrozenNodesClientsAreInLimbo() throws IOException {
        EmqxSimulator simulator = v5.simulator();
        simulator.freezeNode(SECOND);
        assertThatThrownBy(() -> simulator.connect("b1"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("CONNACK");
        assertThatThrownBy(() -> simulator.connect(ClientOptions.of("x").node(SECOND)))
                .isInstanceOf(IllegalStateException.class);
        simulator.disconnect("b2");
        assertThat(simulator.client("b2").orElseThrow().connected()).isTrue();
        simulator.thawNode(SECOND);
        assertThat(simulator.client("b1")).isEmpty();
        assertThat(simulator.client("b2").orElseThrow().connected()).isFalse();
        assertThat(get(simulator, "/metrics?aggregate=true")
                        .path("session.discarded")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void aNodeThatIsPutOutLeavesNoTrace() throws IOException {
        EmqxSimulator simulator = v5.simulator();
        assertThatThrownBy(() -> simulator.forceLeaveNode(SECOND)).isInstanceOf(IllegalStateException.class);
        simulator.killNode(SECOND);
        assertThat(get(simulator, "/nodes")).hasSize(3);
        simulator.forceLeaveNode(SECOND);
        assertThat(get(simulator, "/nodes")).hasSize(2);
        simulator.addNode(SECOND);
        assertThat(running(simulator)).hasSize(3);
    }

    @Test
    void refusesWhatNoNodeCouldDo() {
        EmqxSimulator simulator = v4.simulator();
        assertThatThrownBy(() -> simulator.thawNode(SECOND)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> simulator.heal(SECOND)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> simulator.beginBoot(SECOND)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> simulator.freezeNode("nowhere")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> simulator.killNodeAfter("nowhere", 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> simulator.showTwice("b1", SECOND)).isInstanceOf(IllegalArgumentException.class);
    }

    private static List<String> ids(JsonNode listing) {
        List<String> ids = new ArrayList<>();
        listing.at("/data").forEach(row -> ids.add(row.path("clientid").asText()));
        return ids;
    }

    private static List<String> running(EmqxSimulator simulator) throws IOException {
        JsonNode nodes = get(simulator, "/nodes");
        List<String> names = new ArrayList<>();
        (simulator.generation() == Generation.V5 ? nodes : nodes.at("/data")).forEach(node -> {
            if (node.path("node_status").asText().equalsIgnoreCase("running")) {
                names.add(node.path("node").asText());
            }
        });
        return names;
    }

    private static List<String> alarms(EmqxSimulator simulator) throws IOException {
        boolean v5 = simulator.generation() == Generation.V5;
        JsonNode answer = get(simulator, v5 ? "/alarms" : "/alarms/activated");
        return answer.findValuesAsText("name");
    }

    private Future<RawHttp.Reply> ask(EmqxSimulator simulator, String path) {
        return callers.submit(() -> call(simulator, path));
    }

    private static RawHttp.Reply call(EmqxSimulator simulator, String path) throws IOException {
        return RawHttp.call(simulator, "GET", path, null);
    }

    private static JsonNode get(EmqxSimulator simulator, String path) throws IOException {
        return RawHttp.get(simulator, path);
    }
}
