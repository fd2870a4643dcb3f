/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.v5;

import io.github.camelemqx.platform.test.AlarmRow;
import io.github.camelemqx.platform.test.http.Answer;
import io.github.camelemqx.platform.test.http.Call;
import io.github.camelemqx.platform.test.http.Router;
import io.github.camelemqx.platform.test.state.Broker;
import io.github.camelemqx.platform.test.state.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** /alarms: the active ones, or with {@code activated=false} those that are over. No recording has a row: it is as the broker's schema says. */
final class V5Alarms {

    private final Broker broker;

    V5Alarms(Broker broker) {
        this.broker = broker;
    }

    void addTo(Router router) {
        router.on("GET", "alarms", this::list).on("DELETE", "alarms", call -> {
            broker.alarms().forget(alarm -> !alarm.active());
            return V5Answers.noContent();
        });
    }

    private Answer list(Call call) {
        V5Answers.Paging paging = V5Answers.Paging.of(call);
        boolean active = call.query().first("activated").filter("false"::equals).isEmpty();
        Page<AlarmRow> page = Page.of(
                broker.alarms()
                        .all()
                        .filter(alarm -> alarm.active() == active)
                        .filter(alarm -> broker.running(broker.node(alarm.node()))),
                paging.skip(),
                paging.limit());
        return V5Answers.page(paging, page, V5Answers.Meta.FULL, this::row);
    }

    private Map<String, Object> row(AlarmRow alarm) {
        Instant end = alarm.active() ? broker.clock().instant() : alarm.deactivatedAt();
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("node", alarm.node());
        row.put("name", alarm.name());
        row.put("message", alarm.message());
        row.put("details", alarm.details());
        row.put("activate_at", V5Rows.millis(alarm.activatedAt()));
        if (!alarm.active()) {
            row.put("deactivate_at", V5Rows.millis(alarm.deactivatedAt()));
        }
        row.put("duration", Duration.between(alarm.activatedAt(), end).toMillis());
        return row;
    }
}
