/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.v5;

import io.github.camelemqx.platform.test.http.Answer;
import io.github.camelemqx.platform.test.http.Call;
import io.github.camelemqx.platform.test.http.Json;
import io.github.camelemqx.platform.test.http.Refusal;
import io.github.camelemqx.platform.test.http.Router;
import io.github.camelemqx.platform.test.http.Templates;
import io.github.camelemqx.platform.test.state.Broker;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** /actions: an HTTP action has the recorded defaults, others what was sent. No message ever goes through one. */
final class V5Actions {

    private static final String PATH = "actions";

    private final Broker broker;
    private final V5DataFlow flow;
    private final Map<String, Object> resourceDefaults;

    V5Actions(Broker broker, V5DataFlow flow, Templates templates) {
        this.broker = broker;
        this.flow = flow;
        this.resourceDefaults =
                Templates.row(templates.answer("/api/v5/actions/http%3Ahook").path("resource_opts"));
    }

    void addTo(Router router) {
        router.on(
                        "GET",
                        PATH,
                        call -> Answer.ok(
                                flow.actions().values().stream().map(this::row).toList()))
                .on("POST", PATH, this::create)
                .on("GET", PATH + "/{id}", call -> Answer.ok(row(existing(call))))
                .on("PUT", PATH + "/{id}", this::update)
                .on("DELETE", PATH + "/{id}", this::delete)
                .on("PUT", PATH + "/{id}/enable/{enable}", this::enable);
    }

    private Map<String, Object> row(Map<String, Object> action) {
        Map<String, Object> row = new LinkedHashMap<>(action);
        row.put("rules", flow.rulesOf(V5DataFlow.id(action)));
        boolean connected = action.get("enable").equals(true) && flow.connected(V5DataFlow.connectorOf(action));
        row.putAll(V5Status.of(broker, connected, "Resource not operational"));
        if (!connected) {
            row.put("error", "Resource not operational");
        }
        return row;
    }

    private Answer create(Call call) {
        V5Body body = V5Body.of(call);
        String id = body.text("type") + ":" + body.text("name");
        if (flow.actions().containsKey(id)) {
            return V5Answers.failure(400, "ALREADY_EXISTS", "bridge already exists");
        }
        long now = broker.clock().instant().toEpochMilli();
        Map<String, Object> action = configured(body.text("type"), body.text("name"), body, now);
        flow.actions().put(id, action);
        return Answer.json(201, row(action));
    }

    private Map<String, Object> configured(String type, String name, V5Body body, Object createdAt) {
        Map<String, Object> action = new LinkedHashMap<>();
        Map<String, Object> resourceOpts = new LinkedHashMap<>();
        Map<String, Object> parameters = new LinkedHashMap<>();
        if (!body.has("parameters")) {
            throw V5Answers.missing("root.parameters");
        }
        if (type.equals("http")) {
            resourceOpts.putAll(resourceDefaults);
            parameters.put("max_retries", 2);
        }
        resourceOpts.putAll(Templates.row(body.json().path("resource_opts")));
        parameters.putAll(Templates.row(body.json().path("parameters")));
        action.put("enable", true);
        action.put("description", "");
        action.putAll(Templates.row(body.json()));
        action.put("type", type);
        action.put("name", name);
        action.put("connector", body.text("connector"));
        action.put("parameters", parameters);
        action.put("resource_opts", resourceOpts);
        action.put("created_at", createdAt);
        action.put("last_modified_at", broker.clock().instant().toEpochMilli());
        if (!flow.connectors().containsKey(V5DataFlow.connectorOf(action))) {
            throw new Refusal(V5Answers.badRequest(unknownConnector(action)));
        }
        return action;
    }

    /** As in the broker's source; there is no recording of it. */
    private static String unknownConnector(Map<String, Object> action) {
        return Json.text(Map.of(
                "kind", "validation_error",
                "reason", "connector_not_found_or_wrong_type",
                "connector_name", action.get("connector"),
                "bridge_name", action.get("name"),
                "bridge_type", action.get("type")));
    }

    private Map<String, Object> existing(Call call) {
        String id = call.variable("id");
        Map<String, Object> action = flow.actions().get(id);
        if (action == null) {
            throw new Refusal(V5Status.unknown("Bridge", id));
        }
        return action;
    }

    private Answer update(Call call) {
        Map<String, Object> before = existing(call);
        Map<String, Object> after = configured(
                before.get("type").toString(),
                before.get("name").toString(),
                V5Body.of(call),
                before.get("created_at"));
        flow.actions().put(V5DataFlow.id(before), after);
        return Answer.ok(row(after));
    }

    private Answer enable(Call call) {
        existing(call).put("enable", V5Status.enable(call));
        return V5Answers.noContent();
    }

    /** Not while a rule has it (recording v5 186), unless the rules are to lose it. */
    private Answer delete(Call call) {
        String id = V5DataFlow.id(existing(call));
        List<String> users = flow.rulesOf(id);
        boolean fromRules = call.query()
                .first("also_delete_dep_actions")
                .filter("true"::equals)
                .isPresent();
        if (!users.isEmpty() && !fromRules) {
            return Answer.json(
                    400,
                    Map.of(
                            "code", "BAD_REQUEST",
                            "message", "Cannot delete action while active rules are depending on it",
                            "rules", users));
        }
        for (String user : users) {
            List<Object> left = new ArrayList<>((List<?>) flow.rules().get(user).get("actions"));
            left.remove(id);
            flow.rules().get(user).put("actions", left);
        }
        flow.actions().remove(id);
        return V5Answers.noContent();
    }
}
