/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelemqx.platform.exception.EmqxClientOfflineException;
import io.github.camelemqx.platform.exception.EmqxConflictException;
import io.github.camelemqx.platform.exception.EmqxNotFoundException;
import io.github.camelemqx.platform.model.Ban;
import io.github.camelemqx.platform.model.Node;
import io.github.camelemqx.platform.test.ClientOptions;
import io.github.camelemqx.platform.test.Generation;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Metrics, nodes and bans, with the same routes on both generations. */
@ParameterizedClass
@EnumSource(Generation.class)
class MetricsTest extends BothGenerations {

    @Test
    void metricsAreSummedUnlessToldOtherwise() {
        String second = v5() ? "emqx-b@127.0.0.1" : "emqx4-b@127.0.0.1";
        emqx.addNode(second);
        emqx.count("messages.received", 5);
        emqx.count(second, "messages.received", 7);

        Map<String, Object> sums = row("metrics?operation=get");
        assertThat(sums.get("messages.received")).isEqualTo(12L);
        assertThat(sums.containsKey("node")).isFalse();

        List<Map<String, Object>> nodes = rows("metrics?operation=get&param.aggregate=false");
        assertThat(nodes).hasSize(2).anySatisfy(node -> {
            Map<String, Object> row = node;
            assertThat(row.keySet().stream().map(Object::toString)).containsExactlyInAnyOrder("node", "metrics");
            assertThat(row.get("node")).isEqualTo(second);
            assertThat(((Map<?, ?>) row.get("metrics")).get("messages.received"))
                    .isEqualTo(7);
        });

        assertThat(row("metrics?operation=get&node=" + second))
                .extracting(row -> row.get("messages.received"))
                .isEqualTo(7L);
        assertThat(rows("metrics?operation=get&param.aggregate=false&node=" + second))
                .hasSize(1);
    }

    @Test
    void statsAreSummedUnlessEveryNodeTellsTheSame() {
        String second = v5() ? "emqx-b@127.0.0.1" : "emqx4-b@127.0.0.1";
        emqx.addNode(second);
        emqx.connect("a");
        emqx.connect(ClientOptions.of("b").node(second));
        emqx.subscribe("a", "t/1", 0);
        Map<String, Object> sums = row("stats?operation=get");
        assertThat(sums).containsEntry("connections.count", 2L).containsEntry("subscriptions.count", 1L);
        assertThat(sums).containsEntry("topics.count", 1L);
        assertThat(rows("stats?operation=get&param.aggregate=false")).hasSize(2).allSatisfy(node -> assertThat(node)
                .containsOnlyKeys("node", "stats"));
        assertThat(row("nodes?operation=stats&node=" + second)).containsEntry("connections.count", 1);
        assertThat(row("nodes?operation=metrics&node=" + second)).containsKey("messages.received");
    }

    @Test
    void subscriptionsAndTopicsAreListed() {
        emqx.connect("a");
        emqx.connect("b");
        emqx.subscribe("a", "t/1", 1);
        emqx.subscribe("b", "t/1", 0);
        emqx.subscribe("b", "u/+", 2);
        assertThat(rows("subscriptions?operation=list&pageSize=2")).hasSize(3);
        assertThat(rows("subscriptions?operation=list&clientId=b")).hasSize(2);
        assertThat(rows("subscriptions?operation=list&topic=t/1&param.qos=1"))
                .singleElement()
                .satisfies(subscription -> assertThat(subscription)
                        .containsEntry("clientid", "a")
                        .containsEntry("qos", 1)
                        .containsEntry("node", generation.firstNode()));
        assertThat(rows("subscriptions?operation=list&node=" + generation.firstNode()))
                .hasSize(3);
        assertThat(rows("topics?operation=list"))
                .extracting(topic -> topic.get("topic"))
                .containsExactlyInAnyOrder("t/1", "u/+");
        assertThat(rows("topics?operation=get", null, Map.of(EmqxPlatformConstants.TOPIC, "u/+")))
                .containsExactly(Map.of("topic", "u/+", "node", generation.firstNode()));
        failure(EmqxNotFoundException.class, "topics?operation=get&topic=no/such", null, Map.of());
    }

    @Test
    void keepaliveAndAuthorizationCacheOfAClient() {
        emqx.connect("a");
        assertThat(result("clients?operation=keepalive&clientId=a&param.interval=17"))
                .isNull();
        assertThat(emqx.client("a").orElseThrow().options().keepalive()).isEqualTo(17);
        assertThat(result("clients?operation=keepalive&clientId=a", Map.of("interval", 18)))
                .isNull();
        assertThat(emqx.client("a").orElseThrow().options().keepalive()).isEqualTo(18);
        assertThat(result("clients?operation=clear-authorization-cache&clientId=a"))
                .isNull();
        for (String call : List.of("keepalive&param.interval=1", "clear-authorization-cache")) {
            failure(EmqxClientOfflineException.class, "clients?clientId=ghost&operation=" + call, null, Map.of());
        }
    }

    @Test
    void alarmsAreFlatRows() {
        emqx.raiseAlarm("high_cpu", "CPU is high", Map.of("usage", 99));
        emqx.raiseAlarm("partition", "Partitioned");
        List<Map<String, Object>> active = rows("alarms?operation=list");
        assertThat(active).hasSize(2).allSatisfy(alarm -> assertThat(alarm)
                .containsEntry("node", generation.firstNode())
                .containsEntry("activated", true)
                .containsEntry("deactivate_at", null));
        assertThat(active)
                .filteredOn(alarm -> alarm.get("name").equals("high_cpu"))
                .singleElement()
                .satisfies(alarm -> {
                    assertThat(alarm)
                            .containsEntry("message", "CPU is high")
                            .containsEntry("details", Map.of("usage", 99));
                    assertThat(Instant.parse((String) alarm.get("activate_at")))
                            .isBetween(
                                    Instant.now().minusSeconds(60),
                                    Instant.now().plusSeconds(1));
                });
        emqx.clearAlarm("high_cpu");
        assertThat(rows("alarms?operation=list")).hasSize(1);
        assertThat(rows("alarms?operation=list&param.activated=false"))
                .singleElement()
                .satisfies(alarm -> {
                    assertThat(alarm).containsEntry("activated", false).containsEntry("name", "high_cpu");
                    assertThat(Instant.parse((String) alarm.get("deactivate_at")))
                            .isNotNull();
                });
        assertThat(result("alarms?operation=clear")).isNull();
        assertThat(rows("alarms?operation=list&param.activated=false")).isEmpty();
        assertThat(rows("alarms?operation=list")).hasSize(1);
    }

    @Test
    void retainedMessagesAreForGeneration5() {
        if (!v5()) {
            assertThatThrownBy(() -> call("retained?operation=list", null, Map.of()))
                    .hasRootCauseMessage("Generation v4 has no retained:list, nor any other operation of retained");
            return;
        }
        result("messages?operation=publish&topic=keep/1&param.retain=true", "kept");
        result("messages?operation=publish&topic=keep/2&param.retain=true", "kept too");
        assertThat(rows("retained?operation=list&pageSize=1&topic=RAW(keep/#)")).hasSize(2);
        Map<String, Object> message = row("retained?operation=get&topic=keep/1");
        assertThat(message).containsEntry("topic", "keep/1").containsEntry("payload", "a2VwdA==");
        assertThat((String) message.get("publish_at")).endsWith("Z");
        assertThat(result("retained?operation=delete&topic=keep/1")).isNull();
        failure(EmqxNotFoundException.class, "retained?operation=get&topic=keep/1", null, Map.of());
    }

    @Test
    void nodesSpeakOneLanguage() {
        List<Map<String, Object>> nodes = rows("nodes?operation=list");
        assertThat(nodes).hasSize(1);
        assertThat(nodes.get(0).get("node_status")).isEqualTo("running");
        Node node = template.requestBody(
                "emqx-platform:nodes?operation=get&node=" + generation.firstNode(), null, Node.class);
        assertThat(node.name()).isEqualTo(generation.firstNode());
        assertThat(node.status()).isEqualTo("running");
        assertThat(node.version()).startsWith(v5() ? "5." : "4.");
        failure(EmqxNotFoundException.class, "nodes?operation=get&node=ghost@127.0.0.1", null, Map.of());
    }

    @Test
    void bansAreCreatedListedAndLifted() {
        Instant until = Instant.now().plus(10, ChronoUnit.MINUTES).truncatedTo(ChronoUnit.SECONDS);
        result("banned?operation=create", Map.of("as", "clientid", "who", "a/b ü", "reason", "spam", "until", until));
        result("banned?operation=create&param.as=username&param.until=infinity", Map.of("who", "mallory"));
        assertThat(emqx.bans()).hasSize(2);

        List<Map<String, Object>> rows = rows("banned?operation=list");
        Ban ban = rows.stream()
                .map(row -> context.getTypeConverter().convertTo(Ban.class, row))
                .filter(row -> row.who().equals("a/b ü"))
                .findFirst()
                .orElseThrow();
        assertThat(ban.as()).isEqualTo("clientid");
        assertThat(ban.reason()).isEqualTo("spam");
        assertThat(ban.until()).isEqualTo(until);
        assertThat(rows)
                .filteredOn(row -> row.get("who").equals("mallory"))
                .extracting(row -> row.get("until"))
                .containsExactly("infinity");

        Map<String, Object> again = Map.of("as", "clientid", "who", "a/b ü", "reason", "again");
        if (v5()) {
            failure(EmqxConflictException.class, "banned?operation=create", again, Map.of());
        } else {
            result("banned?operation=create", again);
        }
        assertThat(result("banned?operation=delete", Map.of("as", "clientid", "who", "a/b ü")))
                .isNull();
        assertThat(emqx.bans()).hasSize(1);
    }
}
