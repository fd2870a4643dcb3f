/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.v4;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelemqx.platform.test.http.Refusal;
import io.github.camelemqx.platform.test.http.Templates;
import io.github.camelemqx.platform.test.state.Broker;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The actions of a rule, with the defaults of their parameters. */
final class V4RuleActions {

    /** Every action that a rule may have, with its defaults; those that need a resource are known too. */
    private static final Map<String, Map<String, Object>> KNOWN = Map.of(
            "inspect", Map.of(),
            "do_nothing", Map.of(),
            "republish", Map.of("target_qos", 0, "target_retain", false, "payload_tmpl", "${payload}"),
            "data_to_webserver", Map.of(),
            "data_to_mqtt_broker", Map.of());

    private static final String RESOURCE = "$resource";

    private final Broker broker;
    private final Map<String, Map<String, Object>> resources;
    private long made;

    V4RuleActions(Broker broker, Map<String, Map<String, Object>> resources) {
        this.broker = broker;
        this.resources = resources;
    }

    static List<Map<String, Object>> perNode(Broker broker, Map<String, ?> values) {
        return broker.runningNodes().stream()
                .map(node -> {
                    Map<String, Object> row = new LinkedHashMap<>(values);
                    row.put("node", node.name());
                    return row;
                })
                .toList();
    }

    /** The resources that a rule's actions have. */
    static List<Object> resources(Map<String, Object> rule) {
        List<Object> resources = new ArrayList<>();
        for (Object action : (List<?>) rule.get("actions")) {
            resources.add(((Map<?, ?>) ((Map<?, ?>) action).get("params")).get(RESOURCE));
        }
        return resources;
    }

    List<Map<String, Object>> rows(JsonNode sent) {
        List<Map<String, Object>> rows = new ArrayList<>();
        sent.forEach(action -> rows.add(row(action)));
        return rows;
    }

    /** The broker crashes over an action that it does not know (recording v4 362). */
    private Map<String, Object> row(JsonNode sent) {
        String name = sent.path("name").asText();
        if (!KNOWN.containsKey(name)) {
            throw V4Answers.internalError();
        }
        Map<String, Object> params = new LinkedHashMap<>(KNOWN.get(name));
        params.putAll(Templates.row(sent.path("params")));
        Object resource = params.get(RESOURCE);
        if (resource != null && !resources.containsKey(resource.toString())) {
            throw new Refusal(V4Answers.failure(V4Rules.BAD_REQUEST, "Resource " + resource + " Not Found"));
        }
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", name + "_" + (broker.clock().millis() * 1_000_000 + ++made));
        row.put("name", name);
        row.put("params", params);
        row.put("fallbacks", rows(sent.path("fallbacks")));
        row.put("metrics", perNode(broker, Map.of("taken", 0, "success", 0, "failed", 0)));
        return row;
    }
}
