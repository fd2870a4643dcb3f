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
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The JSON of a request, checked against what the broker expects.
 *
 * @param path what a failure calls it: {@code root}, or {@code root.1.rules.1}
 */
record V5Body(JsonNode json, String path) {

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
                Json.read(bytes).orElseThrow(() -> new Refusal(V5Answers.badRequest("Invalid json message received"))),
                "root");
    }

    /** The elements, if the body is a list; failures call each of them by the same path (recording v5 96). */
    List<V5Body> items() {
        return elements().map(item -> new V5Body(item, path)).toList();
    }

    /** The elements, if the body is a list; failures number them from 1 (recording v5 144). */
    List<V5Body> numberedItems() {
        List<JsonNode> elements = elements().toList();
        return IntStream.range(0, elements.size())
                .mapToObj(i -> new V5Body(elements.get(i), path + "." + (i + 1)))
                .toList();
    }

    /** The elements of a list in the body, numbered. */
    List<V5Body> items(String name) {
        if (!json.has(name)) {
            throw V5Answers.missing(path + "." + name);
        }
        return new V5Body(json.path(name), path + "." + name).numberedItems();
    }

    private Stream<JsonNode> elements() {
        if (!json.isArray()) {
            throw V5Answers.invalid(json, Map.of("expected", "array()"), path);
        }
        return StreamSupport.stream(json.spliterator(), false);
    }

    boolean has(String name) {
        return json.has(name);
    }

    String text(String name) {
        return optionalText(name).orElseThrow(() -> V5Answers.missing(path + "." + name));
    }

    Optional<String> optionalText(String name) {
        JsonNode value = json.path(name);
        if (!value.isMissingNode() && !value.isTextual()) {
            throw V5Answers.invalid(value, Map.of("expected", "string()"), path + "." + name);
        }
        return Optional.ofNullable(value.textValue());
    }

    /** One of several words. */
    String symbol(String name, List<String> words) {
        String value = text(name);
        if (!words.contains(value)) {
            throw V5Answers.notEnumerated(value, path + "." + name);
        }
        return value;
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
            throw V5Answers.invalid(value, "Unable to parse string", path + ".qos");
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
                        : rfc3339(value.asText(), path + "." + name));
    }

    static Instant rfc3339(String text, String path) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException noTime) {
            throw V5Answers.invalid(text, "bad_rfc3339_timestamp", path);
        }
    }
}
