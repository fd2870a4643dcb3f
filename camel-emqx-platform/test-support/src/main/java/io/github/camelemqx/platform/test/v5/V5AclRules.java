/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.v5;

import io.github.camelemqx.platform.test.AclRow;
import io.github.camelemqx.platform.test.http.Answer;
import io.github.camelemqx.platform.test.http.Call;
import io.github.camelemqx.platform.test.http.Router;
import io.github.camelemqx.platform.test.state.AclTable;
import io.github.camelemqx.platform.test.state.AclTable.Holder;
import io.github.camelemqx.platform.test.state.Broker;
import io.github.camelemqx.platform.test.state.Page;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/** /authorization/sources/built_in_database/rules: of clients, of users, and of all. */
final class V5AclRules {

    private static final String RULES = "authorization/sources/" + V5AclSources.BUILT_IN + "/rules";
    private static final List<Integer> EVERY_QOS = List.of(0, 1, 2);

    private final AclTable acl;
    private final V5AclSources sources;

    V5AclRules(Broker broker, V5AclSources sources) {
        this.acl = broker.acl();
        this.sources = sources;
    }

    void addTo(Router router) {
        new Rules("clientid", "Client", "ClientID").addTo(router, RULES + "/clients");
        new Rules("username", "User", "Username").addTo(router, RULES + "/users");
        router.on("GET", RULES + "/all", ifConfigured(call -> Answer.ok(Map.of("rules", rows(everybody())))))
                .on("POST", RULES + "/all", ifConfigured(this::putForAll))
                .on("DELETE", RULES + "/all", ifConfigured(call -> {
                    acl.remove("all", AclTable.EVERYBODY);
                    return V5Answers.noContent();
                }))
                .on("DELETE", RULES, ifConfigured(call -> {
                    acl.clear();
                    return V5Answers.noContent();
                }));
    }

    private Function<Call, Answer> ifConfigured(Function<Call, Answer> handler) {
        return call -> {
            sources.known(V5AclSources.BUILT_IN);
            return handler.apply(call);
        };
    }

    private List<AclRow> everybody() {
        return acl.find("all", AclTable.EVERYBODY).map(Holder::rules).orElse(List.of());
    }

    private Answer putForAll(Call call) {
        acl.put("all", AclTable.EVERYBODY, rules("all", AclTable.EVERYBODY, V5Body.of(call)));
        return V5Answers.noContent();
    }

    private static List<AclRow> rules(String as, String who, V5Body holder) {
        return holder.items("rules").stream()
                .map(rule -> new AclRow(
                        as,
                        who,
                        rule.symbol("action", List.of("publish", "subscribe", "all")),
                        rule.text("topic"),
                        rule.symbol("permission", List.of("allow", "deny")),
                        qos(rule),
                        rule.json().path("retain").asText("all")))
                .toList();
    }

    private static List<Integer> qos(V5Body rule) {
        return rule.has("qos")
                ? StreamSupport.stream(rule.json().path("qos").spliterator(), false)
                        .map(each -> each.asInt())
                        .toList()
                : EVERY_QOS;
    }

    private static List<Map<String, Object>> rows(List<AclRow> rules) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (AclRow rule : rules) {
            rows.add(Map.of(
                    "topic", rule.topic(),
                    "action", rule.action(),
                    "permission", rule.permission(),
                    "qos", rule.qos(),
                    "retain", rule.retain()));
        }
        return rows;
    }

    /** The rules of clients, or those of users. */
    private final class Rules {

        private final String key;
        private final String called;
        private final String keyCalled;

        Rules(String key, String called, String keyCalled) {
            this.key = key;
            this.called = called;
            this.keyCalled = keyCalled;
        }

        void addTo(Router router, String path) {
            router.on("GET", path, ifConfigured(this::list))
                    .on("POST", path, ifConfigured(this::create))
                    .on("GET", path + "/{who}", ifConfigured(this::get))
                    .on("PUT", path + "/{who}", ifConfigured(this::put))
                    .on("DELETE", path + "/{who}", ifConfigured(this::delete));
        }

        private Answer list(Call call) {
            V5Answers.Paging paging = V5Answers.Paging.of(call);
            Optional<String> like = call.query().first("like_" + key);
            Page<Holder> page = Page.of(
                    acl.holders(key)
                            .filter(holder -> like.isEmpty() || holder.who().contains(like.get())),
                    paging.skip(),
                    paging.limit());
            return V5Answers.page(
                    paging, page, like.isPresent() ? V5Answers.Meta.NO_COUNT : V5Answers.Meta.FULL, this::row);
        }

        private Map<String, Object> row(Holder holder) {
            return Map.of(key, holder.who(), "rules", rows(holder.rules()));
        }

        /** All or none: somebody who has rules already spoils the whole list (recording v5 141). */
        private Answer create(Call call) {
            Map<String, List<AclRow>> added = new LinkedHashMap<>();
            for (V5Body item : V5Body.of(call).numberedItems()) {
                added.put(item.text(key), rules(key, item.text(key), item));
            }
            Optional<String> known = added.keySet().stream()
                    .filter(who -> acl.find(key, who).isPresent())
                    .findFirst();
            if (known.isPresent()) {
                return V5Answers.failure(409, "ALREADY_EXISTS", called + " '" + known.get() + "' already exist");
            }
            added.forEach((who, rules) -> acl.put(key, who, rules));
            return V5Answers.noContent();
        }

        private Answer get(Call call) {
            return acl.find(key, call.variable("who"))
                    .map(holder -> Answer.ok(row(holder)))
                    .orElseGet(() -> V5Answers.notFound("Not Found"));
        }

        /** Creates what is not there (recording v5 151). */
        private Answer put(Call call) {
            String who = call.variable("who");
            acl.put(key, who, rules(key, who, V5Body.of(call)));
            return V5Answers.noContent();
        }

        private Answer delete(Call call) {
            return acl.remove(key, call.variable("who"))
                    ? V5Answers.noContent()
                    : V5Answers.notFound(keyCalled + " Not Found");
        }
    }
}
