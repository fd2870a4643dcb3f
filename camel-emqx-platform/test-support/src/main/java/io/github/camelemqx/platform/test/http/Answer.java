/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.http;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What the API answers.
 *
 * @param contentType null for none
 * @param body what Jackson can write if the content type is JSON, else a text; null for none
 * @param headers further headers
 */
public record Answer(int status, String contentType, Object body, Map<String, String> headers) {

    private static final int NONE = 0;

    /** JSON under any status. */
    public static Answer json(int status, Object body) {
        return new Answer(status, "application/json", body, Map.of());
    }

    /** JSON under 200. */
    public static Answer ok(Object body) {
        return json(200, body);
    }

    /** A text; its content type may be null. */
    public static Answer text(int status, String contentType, String body) {
        return new Answer(status, contentType, body, Map.of());
    }

    /** A status alone. */
    public static Answer empty(int status) {
        return new Answer(status, null, null, Map.of());
    }

    /** None at all: the connection is closed. */
    public static Answer closed() {
        return empty(NONE);
    }

    /** Whether the connection is closed without an answer. */
    public boolean isClosed() {
        return status == NONE;
    }

    /** The same answer with a further header, the only one. */
    public Answer header(String name, String value) {
        return new Answer(status, contentType, body, Map.of(name, value));
    }

    /** The body as it is sent. */
    byte[] bytes() {
        if (body == null) {
            return new byte[0];
        }
        return "application/json".equals(contentType)
                ? Json.bytes(body)
                : body.toString().getBytes(StandardCharsets.UTF_8);
    }
}
