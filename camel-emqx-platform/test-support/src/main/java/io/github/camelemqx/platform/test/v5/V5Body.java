/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.v5;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelemqx.platform.test.http.Call;
import io.github.camelemqx.platform.test.http.Json;
import io.github.camelemqx.platform.test.http.Refusal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** The JSON of a request, checked against what the broker expects. */
record V5Body(JsonNode json) {

    static V5Body of(Call call) {
        byte[] bytes = call.body().bytes();
        boolean declared = call.header("content-type")
                .filter(type -> type.startsWith("application/json"))
                .isPresent();
        if (bytes.length > 0 && !declared) {
            throw new Refusal(
                    V5Answers.failure(415, "UNSUPPORTED_MEDIA_TYPE", "content-type:application/json Required"));
        }
        return new V5Body(
                Json.read(bytes).orElseThrow(() -> new Refusal(V5Answers.badRequest("Invalid json message received"))));
    }

    /** The elements, if the body is a list. */
    List<V5Body> items() {
        if (!json.isArray()) {
            throw V5Answers.invalid(json, Map.of("expected", "array()"), "root");
        }
        return StreamSupport.stream(json.spliterator(), false).map(V5Body::new).toList();
    }

    boolean has(String name) {
        return json.has(name);
    }

    String text(String name) {
        return optionalText(name).orElseThrow(() -> V5Answers.missing("root." + name));
    }

    Optional<String> optionalText(String name) {
        JsonNode value = json.path(name);
        if (!value.isMissingNode() && !value.isTextual()) {
            throw V5Answers.invalid(value, Map.of("expected", "string()"), "root." + name);
        }
        return Optional.ofNullable(value.textValue());
    }

    boolean flag(String name) {
        return json.path(name).asBoolean(false);
    }

    int qos() {
        JsonNode value = json.path("qos");
        if (value.isMissingNode()) {
            return 0;
        }
        if (!value.isInt() || value.intValue() < 0 || value.intValue() > 2) {
            throw V5Answers.invalid(value, "Unable to parse string", "root.qos");
        }
        return value.intValue();
    }

    int small(String name) {
        return json.path(name).asInt(0);
    }

    /** A time as seconds or as RFC 3339; empty if it is not there, or "infinity". */
    Optional<Instant> time(String name) {
        JsonNode value = json.path(name);
        if (value.isMissingNode() || value.asText().equals("infinity")) {
            return Optional.empty();
        }
        return Optional.of(
                value.isIntegralNumber()
                        ? Instant.ofEpochSecond(value.longValue())
                        : rfc3339(value.asText(), "root." + name));
    }

    static Instant rfc3339(String text, String path) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException noTime) {
            throw V5Answers.invalid(text, "bad_rfc3339_timestamp", path);
        }
    }
}
