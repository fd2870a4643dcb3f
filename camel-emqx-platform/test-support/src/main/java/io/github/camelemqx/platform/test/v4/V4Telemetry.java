/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.v4;

import io.github.camelemqx.platform.test.http.Answer;
import io.github.camelemqx.platform.test.http.Call;
import io.github.camelemqx.platform.test.http.Router;
import io.github.camelemqx.platform.test.http.Templates;
import io.github.camelemqx.platform.test.state.Broker;
import io.github.camelemqx.platform.test.state.Node;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** /telemetry: what a broker would tell its makers; of the machine, it is what was recorded. */
final class V4Telemetry {

    private final Broker broker;
    private final V4Extensions plugins;
    private final V4Extensions modules;
    private final Map<String, Object> recorded;
    private boolean enabled;

    V4Telemetry(Broker broker, Templates templates, V4Extensions plugins, V4Extensions modules) {
        this.broker = broker;
        this.plugins = plugins;
        this.modules = modules;
        this.recorded = Templates.row(templates.answer("/api/v4/telemetry/data").path("data"));
    }

    void addTo(Router router) {
        router.on("GET", "telemetry/status", call -> V4Answers.data(Map.of("enabled", enabled)))
                .on("PUT", "telemetry/status", this::enable)
                .on("GET", "telemetry/data", call -> V4Answers.data(data()));
    }

    private Answer enable(Call call) {
        enabled = V4Params.of(call).get("enabled").asBoolean(false);
        return V4Answers.ok();
    }

    private Map<String, Object> data() {
        Node self = broker.self();
        Map<String, Object> data = new LinkedHashMap<>(recorded);
        data.put(
                "up_time",
                Duration.between(self.startedAt(), broker.clock().instant()).toSeconds());
        data.put("num_clients", broker.clients().count());
        data.put("messages_sent", self.metrics().values().get("messages.sent"));
        data.put("messages_received", self.metrics().values().get("messages.received"));
        data.put("active_plugins", plugins.active());
        data.put("active_modules", modules.active());
        return data;
    }
}
