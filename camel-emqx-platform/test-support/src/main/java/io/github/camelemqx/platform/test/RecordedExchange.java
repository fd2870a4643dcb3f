/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * A request to a real broker and its answer.
 *
 * @param number position in the file, from 1
 * @param section what the file calls the group of requests; says in which state the broker was
 * @param path path and query as sent, still percent-encoded
 * @param note what is special about the request, or null
 * @param authorization the header sent; usually the valid key
 * @param accept the header sent; usually {@code application/json}
 * @param requestBody what was sent, or null for no body
 * @param requestContentType the content type sent, or null for the usual {@code application/json}
 * @param headers the headers of the answer that matter, names in lower case
 * @param json the answer's body, or null if it was no JSON
 * @param text the answer's body if it was no JSON, else null
 */
public record RecordedExchange(
        int number,
        String section,
        String method,
        String path,
        String note,
        RequestHeader authorization,
        RequestHeader accept,
        String requestBody,
        String requestContentType,
        int status,
        Map<String, String> headers,
        JsonNode json,
        String text) {

    @Override
    public String toString() {
        return number + " " + method + " " + path + (note == null ? "" : " (" + note + ")");
    }
}
