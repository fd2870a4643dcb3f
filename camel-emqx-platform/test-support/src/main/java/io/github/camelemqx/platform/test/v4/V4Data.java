/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.v4;

import io.github.camelemqx.platform.test.http.Answer;
import io.github.camelemqx.platform.test.http.Call;
import io.github.camelemqx.platform.test.http.Router;
import io.github.camelemqx.platform.test.state.Broker;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** /data: exports, of which the simulator has the names only: importing one changes nothing. */
final class V4Data {

    private static final int SIZE = 419;

    private final Broker broker;
    private final V4Rows rows;
    private final DateTimeFormatter fileTime;
    private final Map<String, Map<String, Object>> exports = new LinkedHashMap<>();

    V4Data(Broker broker, V4Rows rows) {
        this.broker = broker;
        this.rows = rows;
        this.fileTime = DateTimeFormatter.ofPattern("yyyy-M-d-H-m-s", Locale.ROOT)
                .withZone(broker.clock().getZone());
    }

    void addTo(Router router) {
        router.on("GET", "data/export", call -> V4Answers.data(List.copyOf(exports.values())))
                .on("POST", "data/export", this::export)
                .on("POST", "data/import", this::importExport)
                // 4.4.19 finds no file, not even one that it lists (recordings v4 444, 449)
                .on("GET", "data/file/{filename}", call -> V4Answers.failure("not_found"))
                .on("DELETE", "data/file/{filename}", call -> V4Answers.failure("not_found"));
    }

    private Answer export(Call call) {
        Instant now = broker.clock().instant();
        String filename = "emqx-export-" + fileTime.format(now) + ".json";
        Map<String, Object> export = Map.of(
                "filename", filename, "size", SIZE, "node", broker.self().name(), "created_at", rows.localTime(now));
        exports.put(filename, export);
        return V4Answers.data(export);
    }

    private Answer importExport(Call call) {
        String filename = V4Params.of(call).text("filename").orElseThrow(V4Answers::internalError);
        return exports.containsKey(filename) ? V4Answers.ok() : V4Answers.failure("not_found");
    }
}
