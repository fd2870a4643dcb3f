/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.v4;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelemqx.platform.test.http.Answer;
import io.github.camelemqx.platform.test.http.Call;
import io.github.camelemqx.platform.test.http.Refusal;
import io.github.camelemqx.platform.test.http.Router;
import io.github.camelemqx.platform.test.http.Templates;
import io.github.camelemqx.platform.test.state.Broker;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Plugins, or modules: what a broker loads and unloads. The simulator's nodes all have the same loaded. */
final class V4Extensions {

    static final String AUTH = "emqx_auth_mnesia";
    static final String TOPIC_METRICS = "emqx_mod_topic_metrics";
    static final String TRACE = "emqx_mod_trace";
    static final String SLOW_SUBSCRIPTIONS = "emqx_mod_slow_subs";

    /** Words that every broker knows: as the name of an extension they are not found, unknown words have no path (v4 344, 345). */
    private static final Set<String> KNOWN_WORDS = Set.of("kernel", "stdlib", "emqx", "mnesia", "ssl", "undefined");

    private final Broker broker;
    private final String kind;
    private final Map<String, Map<String, Object>> rows = new LinkedHashMap<>();
    private final Map<String, Runnable> onUnload = new LinkedHashMap<>();

    /** What a recorded broker had. */
    V4Extensions(Broker broker, Templates templates, String kind) {
        this.broker = broker;
        this.kind = kind;
        for (JsonNode row : templates.answer("/api/v4/" + kind).at("/data/0/" + kind)) {
            rows.put(row.path("name").asText(), Templates.row(row));
        }
    }

    void addTo(Router router) {
        router.on(
                        "GET",
                        kind,
                        call -> V4Answers.data(broker.runningNodes().stream()
                                .map(node -> Map.of("node", node.name(), kind, List.copyOf(rows.values())))
                                .toList()))
                .on("GET", "nodes/{node}/" + kind, call -> V4Nodes.running(broker, call)
                        .map(node -> V4Answers.data(List.copyOf(rows.values())))
                        .orElseThrow(V4Answers::internalError));
        on(router, "load", this::load);
        on(router, "unload", this::unload);
        on(router, "reload", name -> V4Answers.ok());
    }

    /** On all nodes, or on one. */
    private void on(Router router, String verb, Function<String, Answer> handler) {
        String path = kind + "/{name}/" + verb;
        router.on("PUT", path, call -> known(call, handler))
                .on("PUT", "nodes/{node}/" + path, call -> V4Nodes.running(broker, call)
                        .map(node -> known(call, handler))
                        .orElseGet(() -> V4Answers.failure("nodedown")));
    }

    private Answer known(Call call, Function<String, Answer> handler) {
        String name = call.variable("name");
        if (rows.containsKey(name)) {
            return handler.apply(name);
        }
        return KNOWN_WORDS.contains(name) ? V4Answers.failure("not_found") : V4Answers.notFound();
    }

    private Answer load(String name) {
        return rows.get(name).put("active", true).equals(true) ? V4Answers.failure("already_started") : V4Answers.ok();
    }

    private Answer unload(String name) {
        onUnload.getOrDefault(name, () -> {}).run();
        return rows.get(name).put("active", false).equals(true) ? V4Answers.ok() : V4Answers.failure("not_started");
    }

    /** What is forgotten with an extension. */
    void onUnload(String name, Runnable forget) {
        onUnload.put(name, forget);
    }

    boolean active(String name) {
        return rows.get(name).get("active").equals(true);
    }

    /** The names of what is loaded. */
    List<String> active() {
        return rows.keySet().stream().filter(this::active).toList();
    }

    /** A handler whose path is there only while an extension is loaded (recordings v4 501, 502). */
    Function<Call, Answer> pathOf(String name, Function<Call, Answer> handler) {
        return call -> active(name) ? handler.apply(call) : V4Answers.notFound();
    }

    /** A handler that refuses everything unless an extension is loaded. */
    Function<Call, Answer> requiring(String name, Function<Call, Answer> handler) {
        return call -> {
            if (!active(name)) {
                throw new Refusal(V4Answers.failure("module_not_loaded"));
            }
            return handler.apply(call);
        };
    }
}
