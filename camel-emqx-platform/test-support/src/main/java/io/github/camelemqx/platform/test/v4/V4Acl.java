/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.v4;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelemqx.platform.test.AclRow;
import io.github.camelemqx.platform.test.http.Answer;
import io.github.camelemqx.platform.test.http.Call;
import io.github.camelemqx.platform.test.http.ErlangTerm;
import io.github.camelemqx.platform.test.http.Json;
import io.github.camelemqx.platform.test.http.Query;
import io.github.camelemqx.platform.test.http.Router;
import io.github.camelemqx.platform.test.state.AclTable;
import io.github.camelemqx.platform.test.state.AclTable.Holder;
import io.github.camelemqx.platform.test.state.Broker;
import io.github.camelemqx.platform.test.state.Page;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** /acl: rules by client id, by user name, and for all; offered by the plugin that has the users. */
final class V4Acl {

    private static final String ALL = "$all";
    private static final int DEFAULT_LIMIT = 50;
    private static final Map<String, String> ACTIONS = Map.of("pub", "publish", "sub", "subscribe", "pubsub", "all");
    private static final Map<String, String> WRITTEN = Map.of("publish", "pub", "subscribe", "sub");

    private final Broker broker;
    private final AclTable acl;
    private final V4Extensions plugins;

    V4Acl(Broker broker, V4Extensions plugins) {
        this.broker = broker;
        this.acl = broker.acl();
        this.plugins = plugins;
    }

    void addTo(Router router) {
        on(router, "clientid");
        on(router, "username");
        router.on("POST", "acl", plugins.pathOf(V4Extensions.AUTH, this::create))
                .on("GET", "acl/" + ALL, plugins.pathOf(V4Extensions.AUTH, call -> list(call, "all")))
                .on(
                        "DELETE",
                        "acl/" + ALL + "/topic/{topic}",
                        plugins.pathOf(V4Extensions.AUTH, call -> delete(call, "all", AclTable.EVERYBODY)))
                .on("DELETE", "acl-cache", call -> forgetPermissions())
                .on("DELETE", "nodes/{node}/acl-cache", call -> V4Nodes.running(broker, call)
                        .map(node -> forgetPermissions())
                        .orElseGet(() -> V4Answers.failure(V4Answers.NODE_DOWN, "nodedown")));
    }

    private void on(Router router, String key) {
        String path = "acl/" + key;
        router.on("GET", path, plugins.pathOf(V4Extensions.AUTH, call -> list(call, key)))
                .on("GET", path + "/{who}", plugins.pathOf(V4Extensions.AUTH, call -> get(call, key)))
                .on(
                        "DELETE",
                        path + "/{who}/topic/{topic}",
                        plugins.pathOf(V4Extensions.AUTH, call -> delete(call, key, call.variable("who"))));
    }

    /** The newest first. With an exact filter the count is 0 whatever is found, and nothing says whether more follows (v4 304). */
    private Answer list(Call call, String as) {
        V4Answers.Paging paging = V4Answers.Paging.of(call, DEFAULT_LIMIT);
        Query query = call.query();
        Optional<String> like = query.first("_like_" + as);
        Optional<String> action = query.first("action");
        Optional<String> access = query.first("access");
        List<AclRow> rules = new ArrayList<>(acl.all()
                .filter(rule -> rule.as().equals(as))
                .filter(rule -> like.isEmpty() || rule.who().contains(like.get()))
                .filter(rule -> action.isEmpty() || action.get().equals(WRITTEN.get(rule.action())))
                .filter(rule -> access.isEmpty() || access.get().equals(rule.permission()))
                .toList());
        Collections.reverse(rules);
        Page<AclRow> page = Page.of(List.of(rules), paging.skip(), paging.limit());
        boolean counted = action.isEmpty() && access.isEmpty();
        return V4Answers.pageWithoutNext(
                paging, new Page<>(page.rows(), counted ? page.count() : 0, page.hasNext()), V4Acl::row);
    }

    private static Map<String, Object> row(AclRow rule) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put(rule.as(), rule.as().equals("all") ? ALL : rule.who());
        row.put("topic", rule.topic());
        row.put("action", WRITTEN.get(rule.action()));
        row.put("access", rule.permission());
        return row;
    }

    private Answer get(Call call, String as) {
        return V4Answers.data(acl.find(as, call.variable("who")).map(Holder::rules).orElse(List.of()).stream()
                .map(V4Acl::row)
                .toList());
    }

    /** A list is answered backwards, with an outcome for each; a single failure as a term of the broker's language. */
    private Answer create(Call call) {
        JsonNode body = V4Params.body(call).orElseThrow(V4Answers::internalError);
        if (!body.isArray()) {
            Map<String, Object> outcome = add(V4Params.of(body));
            return outcome.get("result").equals("ok")
                    ? V4Answers.data(outcome)
                    : V4Answers.failure("{add," + ErlangTerm.of(atomic(outcome)) + "}");
        }
        List<Map<String, Object>> outcomes = new ArrayList<>();
        body.forEach(item -> outcomes.add(0, add(V4Params.of(item))));
        return V4Answers.data(outcomes);
    }

    private static Map<String, Object> atomic(Map<String, Object> outcome) {
        Map<String, Object> term = new LinkedHashMap<>(outcome);
        term.computeIfPresent("all", (key, all) -> new ErlangTerm.Atom(ALL));
        return term;
    }

    /** Adds a rule; the outcome has what was sent. */
    private Map<String, Object> add(V4Params params) {
        if (params.has("clientid") && params.has("username")) {
            throw V4Answers.internalError();
        }
        String as = params.has("clientid") ? "clientid" : params.has("username") ? "username" : "all";
        Map<String, Object> outcome = new LinkedHashMap<>();
        outcome.put(as, as.equals("all") ? ALL : Json.plain(params.get(as)));
        for (String name : List.of("topic", "action", "access")) {
            outcome.put(name, params.has(name) ? Json.plain(params.get(name)) : null);
        }
        Optional<String> error = error(params, as);
        outcome.put("result", error.map(reason -> "{error," + reason + "}").orElse("ok"));
        if (error.isEmpty()) {
            acl.add(new AclRow(
                    as,
                    params.text(as).orElse(AclTable.EVERYBODY),
                    ACTIONS.get(params.text("action").orElseThrow()),
                    params.text("topic").orElseThrow(),
                    params.text("access").orElseThrow()));
        }
        return outcome;
    }

    /** What is wrong first (recordings v4 285 to 294). */
    private static Optional<String> error(V4Params params, String as) {
        if (params.text("topic").isEmpty()) {
            return Optional.of("topic");
        }
        if (!as.equals("all") && params.text(as).isEmpty()) {
            return Optional.of("login");
        }
        if (params.text("action").filter(ACTIONS::containsKey).isEmpty()) {
            return Optional.of("action");
        }
        boolean known =
                params.text("access").filter(List.of("allow", "deny")::contains).isPresent();
        return known ? Optional.empty() : Optional.of("access");
    }

    /** A success whatever is there (recordings v4 307, 310). */
    private Answer delete(Call call, String as, String who) {
        acl.remove(as, who, call.variable("topic"));
        return V4Answers.ok();
    }

    private Answer forgetPermissions() {
        broker.clients().toList().forEach(client -> broker.replace(client.authorizationForgotten()));
        return V4Answers.ok();
    }
}
