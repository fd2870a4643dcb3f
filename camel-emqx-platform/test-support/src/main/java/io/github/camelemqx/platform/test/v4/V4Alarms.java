/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.v4;

import io.github.camelemqx.platform.test.AlarmRow;
import io.github.camelemqx.platform.test.http.Answer;
import io.github.camelemqx.platform.test.http.Call;
import io.github.camelemqx.platform.test.http.Router;
import io.github.camelemqx.platform.test.state.Broker;
import io.github.camelemqx.platform.test.state.Node;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** /alarms, all, active, or over: a list a node. Times and durations are microseconds (recording v4 462). */
final class V4Alarms {

    private static final String OVER = "alarms/deactivated";

    private final Broker broker;

    V4Alarms(Broker broker) {
        this.broker = broker;
    }

    void addTo(Router router) {
        on(router, "alarms", alarm -> true);
        on(router, "alarms/activated", AlarmRow::active);
        on(router, OVER, alarm -> !alarm.active());
        router.on("POST", OVER, this::deactivate)
                .on("DELETE", OVER, call -> {
                    broker.alarms().forget(alarm -> true);
                    return V4Answers.ok();
                })
                .on("DELETE", "nodes/{node}/" + OVER, call -> V4Nodes.running(broker, call)
                        .map(node -> {
                            broker.alarms().forget(alarm -> alarm.node().equals(node.name()));
                            return V4Answers.ok();
                        })
                        .orElseGet(() -> V4Answers.failure("nodedown")));
    }

    /** Of a node that is down there is nothing to say: 204 (recording v4 326). */
    private void on(Router router, String path, Predicate<AlarmRow> which) {
        router.on(
                        "GET",
                        path,
                        call -> V4Answers.data(broker.runningNodes().stream()
                                .map(node -> Map.of("node", node.name(), "alarms", rows(node, which)))
                                .toList()))
                .on("GET", "nodes/{node}/" + path, call -> V4Nodes.running(broker, call)
                        .map(node -> V4Answers.data(rows(node, which)))
                        .orElseGet(() -> Answer.empty(204)));
    }

    private List<Map<String, Object>> rows(Node node, Predicate<AlarmRow> which) {
        return broker.alarms()
                .all()
                .filter(alarm -> alarm.node().equals(node.name()))
                .filter(which)
                .map(this::row)
                .toList();
    }

    private Map<String, Object> row(AlarmRow alarm) {
        Instant end = alarm.active() ? broker.clock().instant() : alarm.deactivatedAt();
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("name", alarm.name());
        row.put("message", alarm.message());
        row.put("details", alarm.details());
        row.put("activated", alarm.active());
        row.put("activate_at", micros(alarm.activatedAt()));
        row.put("deactivate_at", alarm.active() ? "infinity" : (Object) micros(alarm.deactivatedAt()));
        row.put("duration", Duration.between(alarm.activatedAt(), end).toNanos() / 1000);
        return row;
    }

    private static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    /** An alarm that is not active is not found (461), nor is an unknown node understood (465). */
    private Answer deactivate(Call call) {
        V4Params params = V4Params.of(call);
        String node = params.text("node").orElseThrow(V4Answers::internalError);
        String name = params.text("name").orElseThrow(V4Answers::internalError);
        if (broker.findNode(node).isEmpty()) {
            return V4Answers.failure("missing_param");
        }
        return broker.alarms().deactivate(node, name) ? V4Answers.ok() : V4Answers.failure("not_found");
    }
}
