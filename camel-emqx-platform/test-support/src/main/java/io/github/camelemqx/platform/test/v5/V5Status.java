/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.v5;

import io.github.camelemqx.platform.test.http.Answer;
import io.github.camelemqx.platform.test.http.Call;
import io.github.camelemqx.platform.test.state.Broker;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What connectors and actions have in common: a status a node, and being switched on and off. */
final class V5Status {

    private V5Status() {}

    static Map<String, Object> of(Broker broker, boolean connected, String reason) {
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("status", connected ? "connected" : "disconnected");
        status.put("status_reason", connected ? "" : reason);
        Map<String, Object> row = new LinkedHashMap<>(status);
        row.put(
                "node_status",
                broker.runningNodes().stream()
                        .map(node -> {
                            Map<String, Object> ofNode = new LinkedHashMap<>(status);
                            ofNode.put("node", node.name());
                            return ofNode;
                        })
                        .toList());
        return row;
    }

    /** As in the broker's source; there is no recording of it. */
    static Answer unknown(String kind, String id) {
        String[] parts = id.split(":", 2);
        return parts.length == 2
                ? V5Answers.notFound(kind + " lookup failed: " + kind.toLowerCase(Locale.ROOT) + " named '" + parts[1]
                        + "' of type " + parts[0] + " does not exist.")
                : V5Answers.notFound("Invalid bridge ID, " + id);
    }

    static boolean enable(Call call) {
        String enable = call.variable("enable");
        return switch (enable) {
            case "true" -> true;
            case "false" -> false;
            default -> throw V5Answers.invalid(enable, Map.of("expected", "boolean()"), "enable");
        };
    }
}
