/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.v5;

import io.github.camelemqx.platform.test.http.Answer;
import io.github.camelemqx.platform.test.http.Call;
import io.github.camelemqx.platform.test.http.ErlangTerm;
import io.github.camelemqx.platform.test.http.Refusal;
import io.github.camelemqx.platform.test.http.Router;
import io.github.camelemqx.platform.test.http.Templates;
import io.github.camelemqx.platform.test.state.Broker;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** /connectors: an HTTP connector has the recorded defaults, others what was sent. */
final class V5Connectors {

    private static final String PATH = "connectors";
    /** Recorded with values of its own, or the simulator's to say. */
    private static final List<String> NO_DEFAULTS =
            List.of("actions", "sources", "node_status", "status", "status_reason", "url", "name");

    private final Broker broker;
    private final V5DataFlow flow;
    private final Map<String, Object> defaults;

    V5Connectors(Broker broker, V5DataFlow flow, Templates templates) {
        this.broker = broker;
        this.flow = flow;
        this.defaults = Templates.row(templates.answer("/api/v5/connectors/http%3Ahook"));
        NO_DEFAULTS.forEach(defaults::remove);
        defaults.put("headers", Map.of());
        defaults.put("pool_size", 8);
    }

    void addTo(Router router) {
        router.on(
                        "GET",
                        PATH,
                        call -> Answer.ok(flow.connectors().values().stream()
                                .map(this::row)
                                .toList()))
                .on("POST", PATH, this::create)
                .on("GET", PATH + "/{id}", call -> Answer.ok(row(existing(call))))
                .on("PUT", PATH + "/{id}", this::update)
                .on("DELETE", PATH + "/{id}", this::delete)
                .on("PUT", PATH + "/{id}/enable/{enable}", this::enable)
                .on("POST", PATH + "/{id}/{operation}", this::operate);
    }

    private Map<String, Object> row(Map<String, Object> connector) {
        String id = V5DataFlow.id(connector);
        Map<String, Object> row = new LinkedHashMap<>(connector);
        row.put(
                "actions",
                flow.actionsOf(id).stream().map(action -> action.get("name")).toList());
        row.put("sources", List.of());
        row.putAll(V5Status.of(broker, flow.connected(id), "Connection refused"));
        return row;
    }

    private Answer create(Call call) {
        V5Body body = V5Body.of(call);
        String id = body.text("type") + ":" + body.text("name");
        if (flow.connectors().containsKey(id)) {
            return V5Answers.failure(400, "ALREADY_EXISTS", "connector already exists");
        }
        flow.connectors().put(id, configured(body.text("type"), body.text("name"), body));
        return Answer.json(201, row(flow.connectors().get(id)));
    }

    private Map<String, Object> configured(String type, String name, V5Body body) {
        Map<String, Object> connector = new LinkedHashMap<>();
        if (type.equals("http")) {
            body.text("url");
            connector.putAll(defaults);
        }
        connector.put("enable", true);
        connector.put("description", "");
        connector.putAll(Templates.row(body.json()));
        connector.put("type", type);
        connector.put("name", name);
        return connector;
    }

    private Map<String, Object> existing(Call call) {
        String id = call.variable("id");
        Map<String, Object> connector = flow.connectors().get(id);
        if (connector == null) {
            throw new Refusal(V5Status.unknown("Connector", id));
        }
        return connector;
    }

    private Answer update(Call call) {
        Map<String, Object> before = existing(call);
        Map<String, Object> after =
                configured(before.get("type").toString(), before.get("name").toString(), V5Body.of(call));
        flow.connectors().put(V5DataFlow.id(before), after);
        return Answer.ok(row(after));
    }

    private Answer enable(Call call) {
        existing(call).put("enable", V5Status.enable(call));
        return V5Answers.noContent();
    }

    /** Starting changes nothing that the simulator shows. */
    private Answer operate(Call call) {
        existing(call);
        return call.variable("operation").equals("start")
                ? V5Answers.noContent()
                : V5Answers.badRequest("Invalid operation");
    }

    /** Not while an action has it: the message is a term with all of the actions (recording v5 185). */
    private Answer delete(Call call) {
        String id = V5DataFlow.id(existing(call));
        List<Map<String, Object>> users = flow.actionsOf(id);
        if (!users.isEmpty()) {
            String channels = users.stream()
                    .map(action -> "{" + ErlangTerm.of("action:" + V5DataFlow.id(action) + ":connector:" + id) + ","
                            + ErlangTerm.of(channel(action)) + "}")
                    .collect(Collectors.joining(","));
            return V5Answers.badRequest(
                    "{<<\"Cannot delete connector while there are active channels defined for this connector\">>,["
                            + channels + "]}");
        }
        flow.connectors().remove(id);
        return V5Answers.noContent();
    }

    private static Map<String, Object> channel(Map<String, Object> action) {
        Map<String, Object> channel = new LinkedHashMap<>(action);
        channel.put("bridge_name", channel.remove("name"));
        channel.put("bridge_type", channel.remove("type"));
        channel.put("config_root", new ErlangTerm.Atom("actions"));
        return channel;
    }
}
