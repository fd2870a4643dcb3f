/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.v5;

import io.github.camelemqx.platform.test.NodeCondition;
import io.github.camelemqx.platform.test.http.Answer;
import io.github.camelemqx.platform.test.http.Call;
import io.github.camelemqx.platform.test.http.Router;
import io.github.camelemqx.platform.test.http.Templates;
import io.github.camelemqx.platform.test.state.Broker;
import io.github.camelemqx.platform.test.state.Node;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** /nodes, /metrics, /stats, /cluster and /monitor. */
final class V5Nodes {

    private static final long SAMPLE_SECONDS = 10;

    private final Broker broker;
    private final V5Rows rows;
    private final Map<String, Object> current;
    private final Map<String, Object> sample;

    V5Nodes(Broker broker, V5Rows rows, Templates templates) {
        this.broker = broker;
        this.rows = rows;
        this.current = Templates.row(templates.answer("/api/v5/monitor_current"));
        this.sample = new LinkedHashMap<>();
        templates.answer("/api/v5/monitor?latest=60").forEach(row -> sample.putAll(Templates.row(row)));
    }

    void addTo(Router router) {
        router.on("GET", "nodes", call -> Answer.ok(nodes()))
                .on("GET", "nodes/{node}", call -> one(call, rows::node))
                .on("GET", "nodes/{node}/stats", call -> one(call, rows::stats))
                .on("GET", "nodes/{node}/metrics", call -> one(call, V5Nodes::metrics))
                .on("GET", "metrics", call -> numbers(call, answering(call), V5Nodes::metrics))
                .on("GET", "stats", call -> stats(call))
                .on("GET", "cluster", call -> cluster())
                .on("GET", "monitor", this::monitor)
                .on("GET", "monitor_current", call -> Answer.ok(current(broker.runningNodes())))
                .on("GET", "monitor_current/nodes/{node}", call -> one(call, node -> current(List.of(node))));
    }

    /** The running nodes, then those that are not; who boots, is frozen or left is not among them (clusters.md, v5 b to e). */
    private List<Map<String, Object>> nodes() {
        List<Map<String, Object>> list = new ArrayList<>();
        List<Map<String, Object>> stopped = new ArrayList<>();
        for (Node node : broker.cluster().nodes()) {
            switch (broker.cluster().seen(node)) {
                case RUNNING -> list.add(rows.node(node));
                case STOPPED, DROPPED, CUT_OFF -> {
                    if (node.member()) {
                        stopped.add(rows.stoppedNode(node));
                    }
                }
                case STOPPING -> {
                    if (!node.stopUnseen()) {
                        stopped.add(rows.stoppedNode(node));
                    }
                }
                case BOOTING, FROZEN, LEFT -> {}
            }
        }
        list.addAll(stopped);
        return list;
    }

    /** A node that boots has a name and no numbers yet (recording v5 cluster 99). */
    private Answer stats(Call call) {
        if (aggregated(call)) {
            return numbers(call, broker.runningNodes(), rows::stats);
        }
        return numbers(
                call,
                broker.cluster().seen(NodeCondition.RUNNING, NodeCondition.BOOTING),
                node -> broker.running(node) ? rows.stats(node) : Map.of());
    }

    /** Who tells its metrics; one that is frozen is left out once it was waited for (clusters.md, v5 d). */
    private List<Node> answering(Call call) {
        return V5ClientLists.nodes(broker, call.query()).stream()
                .filter(node -> broker.cluster().seen(node) != NodeCondition.FROZEN)
                .toList();
    }

    private static boolean aggregated(Call call) {
        return call.query().first("aggregate").filter("true"::equals).isPresent();
    }

    /** A stopped node is not found (clusters.md, v5 a). */
    private Answer one(Call call, Function<Node, Map<String, ?>> row) {
        String name = call.variable("node");
        return broker.findNode(name)
                .filter(broker::running)
                .map(node -> Answer.ok(row.apply(node)))
                .orElseGet(() -> V5Answers.notFound("Node not found: " + name));
    }

    private static Map<String, Long> metrics(Node node) {
        return node.metrics().values();
    }

    /** A list of the running nodes, or, with {@code aggregate=true}, their sums. */
    private static Answer numbers(Call call, List<Node> nodes, Function<Node, Map<String, ?>> values) {
        if (aggregated(call)) {
            Map<String, Long> sums = new TreeMap<>();
            nodes.forEach(node -> values.apply(node)
                    .forEach((name, value) -> sums.merge(name, ((Number) value).longValue(), Long::sum)));
            return Answer.ok(sums);
        }
        return Answer.ok(nodes.stream()
                .map(node -> {
                    Map<String, Object> row = new TreeMap<>(values.apply(node));
                    row.put("node", node.name());
                    return row;
                })
                .toList());
    }

    private Answer cluster() {
        return Answer.ok(Map.of(
                "name", "emqxcl",
                "self", broker.self().name(),
                "nodes", broker.runningNodes().stream().map(Node::name).toList()));
    }

    private Map<String, Object> current(List<Node> nodes) {
        Map<String, Object> row = new LinkedHashMap<>(current);
        row.putAll(gauges(nodes));
        row.computeIfPresent(
                "retained_msg_count",
                (name, count) ->
                        ((Number) count).longValue() + broker.retained().size());
        return row;
    }

    private Map<String, Object> gauges(List<Node> nodes) {
        return Map.of(
                "connections",
                        nodes.stream().mapToInt(node -> node.clients().size()).sum(),
                "live_connections",
                        nodes.stream()
                                .mapToInt(node -> node.clients().connected())
                                .sum(),
                "subscriptions",
                        nodes.stream()
                                .mapToInt(node -> node.clients().subscriptions())
                                .sum(),
                "topics",
                        broker.routes()
                                .all()
                                .map(route -> route.topic())
                                .distinct()
                                .count());
    }

    /** A row a second, of which only each tenth has values (recording v5 18); the simulator keeps no history: all have today's. */
    private Answer monitor(Call call) {
        long now = broker.clock().instant().getEpochSecond();
        long seconds = call.query()
                .first("latest")
                .filter(text -> text.matches("\\d{1,6}"))
                .map(Long::valueOf)
                .orElse(SAMPLE_SECONDS);
        List<Map<String, Object>> samples = new ArrayList<>();
        for (long second = now - seconds; second < now; second++) {
            Map<String, Object> row = new LinkedHashMap<>();
            if (second % SAMPLE_SECONDS == 0) {
                row.putAll(sample);
                row.putAll(gauges(broker.runningNodes()));
            }
            row.put("time_stamp", Instant.ofEpochSecond(second).toEpochMilli());
            samples.add(row);
        }
        return Answer.ok(samples);
    }
}
