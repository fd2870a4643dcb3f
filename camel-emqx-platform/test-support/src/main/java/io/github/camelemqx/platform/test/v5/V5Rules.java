/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.v5;

import io.github.camelemqx.platform.test.http.Answer;
import io.github.camelemqx.platform.test.http.Call;
import io.github.camelemqx.platform.test.http.ErlangTerm;
import io.github.camelemqx.platform.test.http.Json;
import io.github.camelemqx.platform.test.http.Query;
import io.github.camelemqx.platform.test.http.Refusal;
import io.github.camelemqx.platform.test.http.Router;
import io.github.camelemqx.platform.test.http.Templates;
import io.github.camelemqx.platform.test.state.Broker;
import io.github.camelemqx.platform.test.state.Page;
import io.github.camelemqx.platform.test.state.RuleSql;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** /rules: kept, but no message ever matches one. */
final class V5Rules {

    private static final String PATH = "rules";

    private final Broker broker;
    private final V5DataFlow flow;
    private final Map<String, Object> zeros;

    V5Rules(Broker broker, V5DataFlow flow, Templates templates) {
        this.broker = broker;
        this.flow = flow;
        this.zeros = Templates.row(
                templates.answer("/api/v5/rules/hook_rule/metrics").path("metrics"));
    }

    void addTo(Router router) {
        router.on("GET", PATH, this::list)
                .on("POST", PATH, this::create)
                .on("GET", PATH + "/{id}", call -> Answer.ok(existing(call)))
                .on("PUT", PATH + "/{id}", this::update)
                .on("DELETE", PATH + "/{id}", this::delete)
                .on("GET", PATH + "/{id}/metrics", this::metrics)
                .on("PUT", PATH + "/{id}/metrics/reset", call -> {
                    existing(call);
                    return V5Answers.noContent();
                });
    }

    private Answer list(Call call) {
        V5Answers.Paging paging = V5Answers.Paging.of(call);
        Query query = call.query();
        Optional<String> like = query.first("like_id");
        Optional<String> enable = query.first("enable");
        Optional<String> from = query.first("from");
        Page<Map<String, Object>> page = Page.of(
                flow.rules().values().stream()
                        .filter(rule ->
                                like.isEmpty() || rule.get("id").toString().contains(like.get()))
                        .filter(rule -> enable.isEmpty()
                                || enable.get().equals(rule.get("enable").toString()))
                        .filter(rule -> from.isEmpty() || ((List<?>) rule.get("from")).contains(from.get())),
                paging.skip(),
                paging.limit());
        return V5Answers.page(
                paging, page, like.isPresent() ? V5Answers.Meta.NO_COUNT : V5Answers.Meta.FULL, row -> row);
    }

    private Answer create(Call call) {
        V5Body body = V5Body.of(call);
        String id = body.optionalText("id").orElseGet(this::madeUpId);
        // as in the broker's source: no ALREADY_EXISTS here
        if (flow.rules().containsKey(id)) {
            return V5Answers.badRequest("rule id already exists");
        }
        Map<String, Object> rule = configured(id, body, now());
        flow.rules().put(id, rule);
        return Answer.json(201, rule);
    }

    private String madeUpId() {
        return String.format(Locale.ROOT, "%08x", broker.nextNumber());
    }

    private String now() {
        return V5Rows.millis(broker.clock().instant());
    }

    private Map<String, Object> configured(String id, V5Body body, Object createdAt) {
        RuleSql sql = new RuleSql(body.text("sql"));
        if (!sql.valid()) {
            throw new Refusal(
                    V5Answers.badRequest("Bad Arguments: #{kind => validation_error,path => \"rule_engine.rules." + id
                            + ".sql\",reason => " + sql.parseError() + ",value => " + ErlangTerm.of(sql.text()) + "}"));
        }
        Map<String, Object> rule = new LinkedHashMap<>();
        rule.put("id", id);
        rule.put("name", body.optionalText("name").orElse(""));
        rule.put("sql", sql.text());
        rule.put("from", sql.from());
        rule.put("actions", body.has("actions") ? Json.plain(body.json().path("actions")) : List.of());
        rule.put("enable", body.json().path("enable").asBoolean(true));
        rule.put("description", body.optionalText("description").orElse(""));
        rule.put("created_at", createdAt);
        rule.put("last_modified_at", now());
        return rule;
    }

    private Map<String, Object> existing(Call call) {
        Map<String, Object> rule = flow.rules().get(call.variable("id"));
        if (rule == null) {
            throw new Refusal(V5Answers.notFound("Rule Id Not Found"));
        }
        return rule;
    }

    private Answer update(Call call) {
        Map<String, Object> before = existing(call);
        String id = before.get("id").toString();
        flow.rules().put(id, configured(id, V5Body.of(call), before.get("created_at")));
        return Answer.ok(flow.rules().get(id));
    }

    private Answer delete(Call call) {
        flow.rules().remove(existing(call).get("id").toString());
        return V5Answers.noContent();
    }

    private Answer metrics(Call call) {
        return Answer.ok(Map.of(
                "id",
                existing(call).get("id"),
                "metrics",
                zeros,
                "node_metrics",
                broker.runningNodes().stream()
                        .map(node -> Map.of("node", node.name(), "metrics", zeros))
                        .toList()));
    }
}
