/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.v4;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelemqx.platform.test.http.Answer;
import io.github.camelemqx.platform.test.http.Call;
import io.github.camelemqx.platform.test.http.ErlangTerm;
import io.github.camelemqx.platform.test.http.Router;
import io.github.camelemqx.platform.test.http.Templates;
import io.github.camelemqx.platform.test.state.Broker;
import io.github.camelemqx.platform.test.state.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** /listeners: those of a recorded broker; everybody is connected to the TCP one. Restarting one changes nothing. */
final class V4Listeners {

    private static final String TCP = "mqtt:tcp:external";
    private static final String RESTARTED = "Listener restarted.";

    private final Broker broker;
    private final List<Map<String, Object>> recorded = new ArrayList<>();
    /** Two can be restarted, but are listed without an identifier (recording v4 336). */
    private final Set<String> identifiers = new TreeSet<>(Set.of("mqtt:ws:external", "mqtt:wss:external"));

    V4Listeners(Broker broker, Templates templates) {
        this.broker = broker;
        for (JsonNode listener : templates.answer("/api/v4/listeners").at("/data/0/listeners")) {
            recorded.add(Templates.row(listener));
            if (listener.has("identifier")) {
                identifiers.add(listener.path("identifier").asText());
            }
        }
    }

    void addTo(Router router) {
        router.on(
                        "GET",
                        "listeners",
                        call -> V4Answers.data(broker.runningNodes().stream()
                                .map(node -> Map.of("node", node.name(), "listeners", rows(node)))
                                .toList()))
                .on("GET", "nodes/{node}/listeners", call -> V4Nodes.running(broker, call)
                        .map(node -> V4Answers.data(rows(node)))
                        .orElseGet(() -> V4Answers.data(Map.of("error", "nodedown"))))
                .on("PUT", "listeners/{identifier}/restart", this::restart)
                .on("PUT", "nodes/{node}/listeners/{identifier}/restart", call -> V4Nodes.running(broker, call)
                        .map(node -> restartOn(call))
                        .orElseGet(() -> V4Answers.failure("nodedown")));
    }

    private List<Map<String, Object>> rows(Node node) {
        return recorded.stream().map(listener -> row(node, listener)).toList();
    }

    /** Where nobody was shut down, the count is an empty list instead of an object. */
    private static Map<String, Object> row(Node node, Map<String, Object> listener) {
        Map<String, Object> row = new LinkedHashMap<>(listener);
        boolean tcp = TCP.equals(listener.get("identifier"));
        row.put("current_conns", tcp ? node.clients().connected() : 0);
        row.put("shutdown_count", tcp && node.kicked() > 0 ? Map.of("kicked", node.kicked()) : List.of());
        return row;
    }

    private Answer restart(Call call) {
        if (identifiers.contains(call.variable("identifier"))) {
            return V4Answers.ok();
        }
        return V4Answers.failure(broker.runningNodes().stream()
                .map(node -> "{" + ErlangTerm.of(new ErlangTerm.Atom(node.name())) + ",{error," + unknown(call) + "}}")
                .collect(Collectors.joining(",", "{restart,[", "]}")));
    }

    private static String unknown(Call call) {
        return "{no_such_listener," + ErlangTerm.of(call.variable("identifier")) + "}";
    }

    /** The broker answers its own text as a list of characters (recording v4 336). */
    private Answer restartOn(Call call) {
        return identifiers.contains(call.variable("identifier"))
                ? V4Answers.data(RESTARTED.chars().boxed().toList())
                : V4Answers.failure(unknown(call));
    }
}
