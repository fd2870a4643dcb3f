/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.v5;

import io.github.camelemqx.platform.test.http.Answer;
import io.github.camelemqx.platform.test.http.Call;
import io.github.camelemqx.platform.test.http.Router;
import io.github.camelemqx.platform.test.http.Templates;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Settings that can be read and changed; they change nothing that the simulator does. */
final class V5Settings {

    private final Map<String, Map<String, Object>> settings = new LinkedHashMap<>();

    V5Settings(Templates templates) {
        for (String path : List.of("mqtt/retainer", "mqtt/delayed")) {
            settings.put(path, Templates.row(templates.answer("/api/v5/" + path)));
        }
    }

    void addTo(Router router) {
        settings.forEach((path, values) ->
                router.on("GET", path, call -> Answer.ok(values)).on("PUT", path, call -> change(call, values)));
    }

    private static Answer change(Call call, Map<String, Object> values) {
        values.putAll(Templates.row(V5Body.of(call).json()));
        return Answer.ok(values);
    }
}
