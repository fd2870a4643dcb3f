/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.v4;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.camelemqx.platform.test.http.Call;
import io.github.camelemqx.platform.test.http.Json;
import io.github.camelemqx.platform.test.http.Refusal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The parameters of a call: of its query, then of its body (recordings v4 73, 74, 148). The content type does not matter. */
record V4Params(Map<String, JsonNode> values) {

    static V4Params of(Call call) {
        Map<String, JsonNode> values = new LinkedHashMap<>();
        call.query().values().forEach((name, all) -> values.put(name, TextNode.valueOf(all.get(0))));
        body(call).ifPresent(body -> values.putAll(object(body)));
        return new V4Params(values);
    }

    static V4Params of(JsonNode object) {
        return new V4Params(object(object));
    }

    /** The body; empty if there is none. */
    static Optional<JsonNode> body(Call call) {
        byte[] bytes = call.body().bytes();
        return bytes.length == 0
                ? Optional.empty()
                : Optional.of(Json.read(bytes).orElseThrow(() -> new Refusal(V4Answers.badRequest())));
    }

    /** To the broker, an empty list is an object without fields; anything else makes it crash. */
    private static Map<String, JsonNode> object(JsonNode json) {
        if (!json.isObject() && !(json.isArray() && json.isEmpty())) {
            throw V4Answers.internalError();
        }
        Map<String, JsonNode> values = new LinkedHashMap<>();
        json.properties().forEach(field -> values.put(field.getKey(), field.getValue()));
        return values;
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    /** A value, missing if it is not there; never null. */
    JsonNode get(String name) {
        return values.getOrDefault(name, MissingNode.getInstance());
    }

    /** A text that is not empty. */
    Optional<String> text(String name) {
        return Optional.ofNullable(get(name).textValue()).filter(text -> !text.isEmpty());
    }
}
