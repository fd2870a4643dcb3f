/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.v5;

import io.github.camelemqx.platform.test.http.Answer;
import io.github.camelemqx.platform.test.http.Call;
import io.github.camelemqx.platform.test.http.Json;
import io.github.camelemqx.platform.test.http.Refusal;
import io.github.camelemqx.platform.test.state.Page;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The shapes in which generation 5 answers: a status, and for failures a code and a message. */
final class V5Answers {

    /** The reason why a value is none of an enumeration. */
    static final String NO_SYMBOL = "unable_to_convert_to_enum_symbol";

    /** The code of a call that needs a node which is down. */
    static final String NODE_DOWN = "NODE_DOWN";

    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 10_000;

    private V5Answers() {}

    static Answer failure(int status, String code, String message) {
        return Answer.json(status, Map.of("code", code, "message", message));
    }

    static Answer badRequest(String message) {
        return failure(400, "BAD_REQUEST", message);
    }

    static Answer notFound(String message) {
        return failure(404, "NOT_FOUND", message);
    }

    static Answer clientNotFound() {
        return failure(404, "CLIENTID_NOT_FOUND", "Client ID not found");
    }

    /** What the broker says when its own code crashes. */
    static Answer internalError(String reason) {
        return failure(500, "INTERNAL_ERROR", "error, " + reason);
    }

    /** A node could not be asked. */
    static Answer nodeDown(String node, String reason) {
        return failure(500, NODE_DOWN, "bad rpc call '" + node + "', Reason " + reason);
    }

    static Answer noContent() {
        return Answer.empty(204);
    }

    /** A value that does not fit; the message is itself JSON. */
    static Refusal invalid(Object value, Object reason, String path) {
        return new Refusal(badRequest(Json.text(validationError(value, reason, path))));
    }

    static Map<String, Object> validationError(Object value, Object reason, String path) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("value", value);
        error.put("reason", reason);
        error.put("path", path);
        error.put("kind", "validation_error");
        return error;
    }

    static Refusal notEnumerated(String value, String path) {
        return invalid(value, NO_SYMBOL, path);
    }

    static Refusal missing(String path) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("reason", "required_field");
        error.put("path", path);
        error.put("kind", "validation_error");
        return new Refusal(badRequest(Json.text(error)));
    }

    /** Which page was asked for. */
    record Paging(int page, int limit) {

        static Paging of(Call call) {
            return new Paging(number(call, "page", 1, Integer.MAX_VALUE, "pos_integer()"), limit(call));
        }

        static int limit(Call call) {
            return number(call, "limit", DEFAULT_LIMIT, MAX_LIMIT, "1.." + MAX_LIMIT);
        }

        private static int number(Call call, String name, int otherwise, int max, String expected) {
            Optional<String> sent = call.query().first(name);
            if (sent.isEmpty()) {
                return otherwise;
            }
            Object value = sent.get().matches("-?\\d{1,9}") ? (Object) Integer.valueOf(sent.get()) : sent.get();
            if (value instanceof Integer number && number >= 1 && number <= max) {
                return number;
            }
            throw invalid(value, Map.of("expected", expected), name);
        }

        long skip() {
            return (page - 1L) * limit;
        }
    }

    /** How much a listing tells about its whole. */
    enum Meta {
        FULL,
        /** With a {@code like_} filter. */
        NO_COUNT,
        /** /banned without a filter. */
        NO_HASNEXT
    }

    static <T> Answer page(Paging paging, Page<T> page, Meta detail, Function<T, ?> row) {
        Map<String, Object> meta = new LinkedHashMap<>();
        meta.put("page", paging.page());
        meta.put("limit", paging.limit());
        if (detail != Meta.NO_COUNT) {
            meta.put("count", page.count());
        }
        if (detail != Meta.NO_HASNEXT) {
            meta.put("hasnext", page.hasNext());
        }
        return Answer.ok(Map.of("data", page.rows().stream().map(row).toList(), "meta", meta));
    }
}
