/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.v4;

import io.github.camelemqx.platform.test.NodeCondition;
import io.github.camelemqx.platform.test.http.Answer;
import io.github.camelemqx.platform.test.http.Call;
import io.github.camelemqx.platform.test.http.Refusal;
import io.github.camelemqx.platform.test.http.Router;
import io.github.camelemqx.platform.test.state.Broker;
import io.github.camelemqx.platform.test.state.Node;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** /nodes, /brokers, /metrics and /stats: a stopped node is not listed at all (clusters.md, v4 a). */
final class V4Nodes {

    /** No node has this name, but every broker knows the word: it is "down", other unknown names are not found (v4 23, 24). */
    private static final String KNOWN_WORD = "undefined";

    private final Broker broker;
    private final V4Rows rows;

    V4Nodes(Broker broker, V4Rows rows) {
        this.broker = broker;
        this.rows = rows;
    }

    void addTo(Router router) {
        router.on("GET", "nodes", call -> list(listed(), rows::node))
                .on("GET", "nodes/{node}", call -> one(call, rows::node))
                .on("GET", "brokers", call -> list(listed(), rows::broker))
                .on("GET", "brokers/{node}", call -> one(call, rows::broker))
                .on(
                        "GET",
                        "stats",
                        call -> list(listed(), node -> Map.of("node", node.name(), "stats", rows.stats(node))))
                .on("GET", "nodes/{node}/stats", call -> numbers(call, rows::stats))
                .on(
                        "GET",
                        "metrics",
                        call -> list(listed(), node -> Map.of("node", node.name(), "metrics", metrics(node))))
                .on("GET", "nodes/{node}/metrics", call -> numbers(call, V4Nodes::metrics));
    }

    /**
     * The node that the path names if it can be asked, be it cut off or alone; empty if it is down. An escaped "@" is not
     * understood (recording v4 22).
     */
    static Optional<Node> running(Broker broker, Call call) {
        String name = call.rawVariable("node");
        Optional<Node> node = broker.findNode(name);
        if (node.isEmpty() && !name.equals(KNOWN_WORD)) {
            throw new Refusal(V4Answers.notFound());
        }
        return node.filter(known -> switch (broker.cluster().seen(known)) {
            case RUNNING, FROZEN, BOOTING, STOPPING, CUT_OFF, LEFT -> true;
            case STOPPED, DROPPED -> false;
        });
    }

    /** What there is to say of a node that is down. */
    static Map<String, Object> nodeDown(String name) {
        return Map.of("node", name, "error", "nodedown");
    }

    /** Who is listed: one that stops or boots already or still is (clusters.md, v4 b and c). */
    private List<Node> listed() {
        return broker.cluster()
                .seen(NodeCondition.RUNNING, NodeCondition.FROZEN, NodeCondition.STOPPING, NodeCondition.BOOTING);
    }

    private static Answer list(List<Node> nodes, Function<Node, ?> row) {
        return V4Answers.data(nodes.stream().map(row).toList());
    }

    private Answer one(Call call, Function<Node, ?> row) {
        Optional<Node> node = running(broker, call);
        return V4Answers.data(node.isPresent() ? row.apply(node.get()) : nodeDown(call.rawVariable("node")));
    }

    private Answer numbers(Call call, Function<Node, Map<String, ?>> row) {
        return running(broker, call)
                .map(node -> V4Answers.data(row.apply(node)))
                .orElseGet(() -> V4Answers.failure("nodedown"));
    }

    private static Map<String, ?> metrics(Node node) {
        return node.metrics().values();
    }
}
