/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelemqx.platform.test.RecordedExchange;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Recorded answers as patterns: a simulated row has the recorded fields, because it is the recorded row with other values. */
public record Templates(List<RecordedExchange> recordings) {

    /** The first successful answer to a GET. */
    public JsonNode answer(String path) {
        return recordings.stream()
                .filter(exchange ->
                        exchange.method().equals("GET") && exchange.path().equals(path) && exchange.status() == 200)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No recording of " + path))
                .json();
    }

    /** An object in plain types. */
    public static Map<String, Object> row(JsonNode object) {
        Map<String, Object> row = new LinkedHashMap<>();
        object.properties().forEach(field -> row.put(field.getKey(), Json.plain(field.getValue())));
        return row;
    }
}
