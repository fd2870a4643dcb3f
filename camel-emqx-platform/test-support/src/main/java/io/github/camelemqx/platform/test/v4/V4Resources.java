/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.v4;

import io.github.camelemqx.platform.test.http.Answer;
import io.github.camelemqx.platform.test.http.Call;
import io.github.camelemqx.platform.test.http.ErlangTerm;
import io.github.camelemqx.platform.test.http.Json;
import io.github.camelemqx.platform.test.http.Router;
import io.github.camelemqx.platform.test.http.Templates;
import io.github.camelemqx.platform.test.state.Broker;
import io.github.camelemqx.platform.test.state.DeadAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** /resources: a webhook has the recorded defaults. One that reaches nobody is created all the same, but cannot be changed. */
final class V4Resources {

    private static final String WEBHOOK = "web_hook";
    private static final List<String> TYPES = List.of(WEBHOOK, "bridge_mqtt", "bridge_rpc");
    private static final int INIT_FAILURE = 500;

    /** What follows is the stack of the broker's own code. */
    private static final String UNREACHABLE =
            "{emqx_web_hook_actions,on_resource_create},{error,{error,check_http_connectivity_failed},"
                    + "[{emqx_web_hook_actions,on_resource_create,2,[{file,\"emqx_web_hook_actions.erl\"},{line,213}]}]}}";

    private final Broker broker;
    private final Map<String, Object> defaults;
    private final Map<String, Map<String, Object>> resources;
    private final Function<String, List<String>> rulesUsing;

    V4Resources(
            Broker broker,
            Templates templates,
            Map<String, Map<String, Object>> resources,
            Function<String, List<String>> rulesUsing) {
        this.broker = broker;
        this.defaults = Templates.row(
                templates.answer("/api/v4/resources/resource:12978a0b").at("/data/config"));
        defaults.remove("url");
        this.resources = resources;
        this.rulesUsing = rulesUsing;
    }

    void addTo(Router router) {
        router.on(
                        "GET",
                        "resources",
                        call -> V4Answers.data(resources.values().stream()
                                .map(row -> with(row, "status", alive(row)))
                                .toList()))
                .on("POST", "resources", this::createOrTest)
                .on(
                        "GET",
                        "resources/{id}",
                        call -> known(
                                call,
                                V4Answers.failure(V4Rules.NOT_FOUND, "Not Found"),
                                row -> V4Answers.data(with(
                                        row, "status", V4RuleActions.perNode(broker, Map.of("is_alive", alive(row)))))))
                .on("PUT", "resources/{id}", call -> known(call, unknown(call), row -> update(call, row)))
                .on("POST", "resources/{id}", call -> known(call, unknown(call), V4Resources::reconnect))
                .on("DELETE", "resources/{id}", this::delete)
                // one that never reached anybody has no status (recording v4 398)
                .on(
                        "GET",
                        "resource_status/{id}",
                        call -> known(
                                call,
                                unknown(call),
                                row -> alive(row) ? V4Answers.data(Map.of("is_alive", true)) : unknown(call)))
                // the lists of what there is have no recording
                .on("GET", "actions/{name}", call -> V4Answers.failure(V4Rules.NOT_FOUND, "Not Found"))
                .on("GET", "resource_types/{name}", call -> V4Answers.failure(V4Rules.NOT_FOUND, "Not Found"));
    }

    private Answer known(Call call, Answer otherwise, Function<Map<String, Object>, Answer> answer) {
        Map<String, Object> row = resources.get(call.variable("id"));
        return row == null ? otherwise : answer.apply(row);
    }

    private static Answer unknown(Call call) {
        return V4Answers.failure(V4Rules.BAD_REQUEST, "Resource " + call.variable("id") + " Not Found");
    }

    private static Map<String, Object> with(Map<String, Object> row, String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(row);
        more.put(name, value);
        return more;
    }

    private static boolean alive(Map<String, Object> row) {
        Map<?, ?> config = (Map<?, ?>) row.get("config");
        Object address = config.get(row.get("type").equals(WEBHOOK) ? "url" : "address");
        return !DeadAddress.is(String.valueOf(address));
    }

    private Answer createOrTest(Call call) {
        V4Params params = V4Params.of(call);
        String type = params.text("type").orElseThrow(V4Answers::internalError);
        if (!TYPES.contains(type)) {
            return V4Answers.failure(V4Rules.BAD_REQUEST, "Resource Type " + type + " Not Found");
        }
        if (!params.get("config").isObject()) {
            throw V4Answers.internalError();
        }
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", params.text("id").orElseGet(this::madeUpId));
        row.put("type", type);
        row.put("description", params.text("description").orElse(""));
        row.put("config", config(type.equals(WEBHOOK) ? defaults : Map.of(), params));
        if (params.get("test").asBoolean(false)) {
            return alive(row) ? V4Answers.ok() : V4Answers.failure(INIT_FAILURE, "Init resource failure!");
        }
        resources.put(row.get("id").toString(), row);
        return V4Answers.data(row);
    }

    private String madeUpId() {
        return String.format(Locale.ROOT, "resource:%08x", broker.nextNumber());
    }

    private static Map<String, Object> config(Map<?, ?> before, V4Params params) {
        Map<String, Object> config = new LinkedHashMap<>();
        before.forEach((name, value) -> config.put(name.toString(), value));
        config.putAll(Templates.row(params.get("config")));
        return config;
    }

    private static Answer update(Call call, Map<String, Object> row) {
        V4Params params = V4Params.of(call);
        Map<String, Object> changed = with(row, "config", config((Map<?, ?>) row.get("config"), params));
        if (!alive(changed)) {
            return badArguments("{error,{init_resource,[{" + UNREACHABLE + "]}}");
        }
        row.putAll(changed);
        if (params.has("description")) {
            row.put("description", Json.plain(params.get("description")));
        }
        return V4Answers.ok();
    }

    private static Answer reconnect(Map<String, Object> row) {
        return alive(row) ? V4Answers.ok() : badArguments("{" + UNREACHABLE);
    }

    private static Answer badArguments(String term) {
        return V4Answers.failure(V4Rules.BAD_REQUEST, "Bad Arguments: " + term);
    }

    /** A success for unknown ones too (recording v4 403). That a rule's resource stays is from the broker's source. */
    private Answer delete(Call call) {
        String id = call.variable("id");
        List<String> users = rulesUsing.apply(id);
        if (!users.isEmpty()) {
            return badArguments("{dependency_exists,{rule," + ErlangTerm.of(users.get(0)) + "}}");
        }
        resources.remove(id);
        return V4Answers.ok();
    }
}
