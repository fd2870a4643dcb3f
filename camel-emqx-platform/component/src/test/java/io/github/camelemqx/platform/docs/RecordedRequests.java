/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.docs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.camelemqx.platform.catalog.Generation;
import io.github.camelemqx.platform.catalog.Input;
import io.github.camelemqx.platform.catalog.Operation;
import io.github.camelemqx.platform.test.RecordedExchange;

/** Recorded requests beside those of the component: which it could have sent, and what it would have sent in their place. */
final class RecordedRequests {

    private static final ObjectMapper JSON = new ObjectMapper();

    private RecordedRequests() {}

    /** Whether the component might have sent a body like the recorded one: recorders also try what nobody should. */
    static boolean sendable(Operation operation, Generation generation, RecordedExchange recorded) {
        String body = recorded.requestBody();
        if (operation.input() == Input.NONE || operation.composed()) {
            return body == null || isJson(body);
        }
        return switch (operation.input().name()) {
            case "JSON" -> body == null || isJson(body);
            case "ROW", "ROWS", "PAYLOAD" ->
                body != null && isJson(body) && body.strip().startsWith("[") == together(operation, generation);
            default -> true;
        };
    }

    /** With as many rows as were sent when the answer was recorded: it speaks of each of them. */
    static Example fitting(Example example, Generation generation, RecordedExchange recorded) {
        return together(example.operation(), generation)
                ? example.withRows(json(recorded.requestBody()).size())
                : example;
    }

    /** Whether rows travel together. */
    private static boolean together(Operation operation, Generation generation) {
        return operation.input() == Input.ROWS
                && !operation.composed()
                && operation.routes().get(generation).stream()
                        .allMatch(
                                route -> route.batch() == null || route.batch().each() == null);
    }

    private static boolean isJson(String text) {
        return !json(text).isMissingNode();
    }

    /** A text that is JSON as such; a missing node for any other. */
    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException broken) {
            return MissingNode.getInstance();
        }
    }
}
