/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.v4;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelemqx.platform.test.http.Answer;
import io.github.camelemqx.platform.test.http.Call;
import io.github.camelemqx.platform.test.http.Json;
import io.github.camelemqx.platform.test.http.Refusal;
import io.github.camelemqx.platform.test.http.Router;
import io.github.camelemqx.platform.test.state.Broker;
import io.github.camelemqx.platform.test.state.Page;
import io.github.camelemqx.platform.test.state.RuleSql;
import io.github.camelemqx.platform.test.state.RuleSqlRun;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** /rules: kept, but no message ever matches one. What a bad call lacks, the broker crashes over (recordings v4 362 to 367). */
final class V4Rules {

    static final int BAD_REQUEST = 400;
    static final int NOT_FOUND = 404;

    private final Broker broker;
    private final V4RuleActions actions;
    private final Map<String, Map<String, Object>> rules = new LinkedHashMap<>();

    V4Rules(Broker broker, V4RuleActions actions) {
        this.broker = broker;
        this.actions = actions;
    }

    void addTo(Router router) {
        router.on("GET", "rules", this::list)
                .on("POST", "rules", this::createOrTest)
                .on("GET", "rules/{id}", call -> Optional.ofNullable(rules.get(call.variable("id")))
                        .map(V4Answers::data)
                        .orElseGet(() -> V4Answers.failure(NOT_FOUND, "Not Found")))
                .on("PUT", "rules/{id}", this::update)
                .on("DELETE", "rules/{id}", call -> {
                    rules.remove(call.variable("id"));
                    return V4Answers.ok();
                })
                // a success for unknown rules too (recording v4 380); the counters are zero anyway
                .on("PUT", "rules/{id}/reset_metrics", call -> V4Answers.ok());
    }

    /** The newest first; 4.4.19 crashes over paging with filters (recordings v4 381, 382). */
    private Answer list(Call call) {
        if (call.query().first("enable_paging").filter("true"::equals).isPresent()) {
            throw V4Answers.internalError();
        }
        V4Answers.Paging paging = V4Answers.Paging.of(call);
        List<Map<String, Object>> newestFirst = new ArrayList<>(rules.values());
        Collections.reverse(newestFirst);
        return V4Answers.page(paging, Page.of(List.of(newestFirst), paging.skip(), paging.limit()), row -> row);
    }

    private Answer createOrTest(Call call) {
        V4Params params = V4Params.of(call);
        return params.get("test").asBoolean(false) ? test(params) : create(params);
    }

    /** What else than plain fields a statement has, the simulator cannot run: it crashes as the broker does over bad SQL. */
    private static Answer test(V4Params params) {
        RuleSql sql = new RuleSql(params.text("rawsql").orElseThrow(V4Answers::internalError));
        if (!sql.valid() || !params.get("ctx").isObject()) {
            throw V4Answers.internalError();
        }
        try {
            return new RuleSqlRun(sql, params.get("ctx"))
                    .result()
                    .map(V4Answers::data)
                    .orElseGet(() -> V4Answers.failure(NOT_FOUND, "SQL Not Match"));
        } catch (UnsupportedOperationException beyondTheSimulator) {
            throw V4Answers.internalError();
        }
    }

    private Answer create(V4Params params) {
        RuleSql sql = new RuleSql(params.text("rawsql").orElseThrow(V4Answers::internalError));
        if (!params.get("actions").isArray()) {
            throw V4Answers.internalError();
        }
        String id = params.text("id").orElseGet(this::madeUpId);
        Map<String, Object> rule = new LinkedHashMap<>();
        rule.put("id", id);
        rule.put("rawsql", sql.text());
        rule.put("for", from(sql));
        rule.put("description", "");
        rule.put("enabled", true);
        rule.put("on_action_failed", "continue");
        rule.put("created_at", broker.clock().millis());
        rule.put(
                "metrics",
                perNode(Map.of(
                        "speed",
                        0.0,
                        "speed_max",
                        0.0,
                        "speed_last5m",
                        0.0,
                        "matched",
                        0,
                        "passed",
                        0,
                        "failed",
                        0,
                        "exception",
                        0,
                        "no_result",
                        0)));
        rule.putAll(changes(params));
        if (rules.putIfAbsent(id, rule) != null) {
            return V4Answers.failure(BAD_REQUEST, "Already Exists");
        }
        return V4Answers.data(rule);
    }

    private static List<String> from(RuleSql sql) {
        if (!sql.valid()) {
            throw new Refusal(V4Answers.failure(BAD_REQUEST, "Bad Arguments: " + sql.parseError()));
        }
        return sql.from();
    }

    private String madeUpId() {
        return String.format(Locale.ROOT, "rule:%08x", broker.nextNumber());
    }

    private List<Map<String, Object>> perNode(Map<String, ?> zeros) {
        return V4RuleActions.perNode(broker, zeros);
    }

    private Map<String, Object> changes(V4Params params) {
        Map<String, Object> changes = new LinkedHashMap<>();
        for (String name : List.of("description", "enabled", "on_action_failed")) {
            if (params.has(name)) {
                changes.put(name, Json.plain(params.get(name)));
            }
        }
        params.text("rawsql").map(RuleSql::new).ifPresent(sql -> {
            changes.put("for", from(sql));
            changes.put("rawsql", sql.text());
        });
        JsonNode sent = params.get("actions");
        if (sent.isArray()) {
            changes.put("actions", actions.rows(sent));
        }
        return changes;
    }

    /** Whoever uses a resource. */
    List<String> using(String resource) {
        return rules.values().stream()
                .filter(rule -> V4RuleActions.resources(rule).contains(resource))
                .map(rule -> rule.get("id").toString())
                .toList();
    }

    /** Only what is sent changes (recording v4 376). */
    private Answer update(Call call) {
        String id = call.variable("id");
        Map<String, Object> rule = rules.get(id);
        if (rule == null) {
            return V4Answers.failure(BAD_REQUEST, "Rule " + id + " Not Found");
        }
        rule.putAll(changes(V4Params.of(call)));
        return V4Answers.data(rule);
    }
}
