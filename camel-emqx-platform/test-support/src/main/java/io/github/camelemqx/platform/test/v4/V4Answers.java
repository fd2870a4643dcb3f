/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.v4;

import io.github.camelemqx.platform.test.http.Answer;
import io.github.camelemqx.platform.test.http.Call;
import io.github.camelemqx.platform.test.http.Refusal;
import io.github.camelemqx.platform.test.state.Page;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The shapes in which generation 4 answers: nearly always 200, failures as a code, as a message alone, or as a plain text. */
final class V4Answers {

    static final int NODE_DOWN = 101;
    static final int MISSING_PARAMETER = 107;
    static final int BAD_PARAMETER = 108;
    static final int CLIENT_NOT_FOUND = 112;
    static final int BAD_TOPIC = 115;
    static final int BAD_QOS = 116;

    private static final int DEFAULT_LIMIT = 10_000;

    private V4Answers() {}

    static Answer ok() {
        return Answer.ok(Map.of("code", 0));
    }

    static Answer data(Object data) {
        return Answer.ok(Map.of("data", data, "code", 0));
    }

    static Answer failure(int code, String message) {
        return Answer.ok(Map.of("code", code, "message", message));
    }

    /** A failure without a code, as of /auth_username. */
    static Answer failure(String message) {
        return Answer.ok(Map.of("message", message));
    }

    static Answer clientNotFound() {
        return failure(CLIENT_NOT_FOUND, "not_found");
    }

    static Answer notFound() {
        return plain(404, "Not found.");
    }

    static Answer badRequest() {
        return plain(400, "Bad Request");
    }

    /** What a broker says when its own code crashes over the input. */
    static Refusal internalError() {
        return new Refusal(plain(500, "Internal Error"));
    }

    private static Answer plain(int status, String text) {
        return Answer.text(status, "text/plain", text);
    }

    /** Which page was asked for: anything that is a number is taken, a page below 1 is the first (recordings v4 46 to 51). */
    record Paging(int page, int limit) {

        static Paging of(Call call) {
            return of(call, DEFAULT_LIMIT);
        }

        static Paging of(Call call, int defaultLimit) {
            return new Paging(number(call, "_page", 1), number(call, "_limit", defaultLimit));
        }

        private static int number(Call call, String name, int otherwise) {
            try {
                return call.query().first(name).map(Integer::valueOf).orElse(otherwise);
            } catch (NumberFormatException crash) {
                throw internalError();
            }
        }

        long skip() {
            return Math.max(0, page - 1L) * limit;
        }
    }

    /** A listing. */
    static <T> Answer page(Paging paging, Page<T> page, Function<T, ?> row) {
        return page(paging, page.rows().stream().map(row).toList(), page.count(), page.hasNext());
    }

    /** A listing with a filter, which is not counted. */
    static <T> Answer filteredPage(Paging paging, Page<T> page, Function<T, ?> row) {
        return page(paging, page.rows().stream().map(row).toList(), -1, page.hasNext());
    }

    /** A listing that does not say whether more follows: /banned and /routes. */
    static <T> Answer pageWithoutNext(Paging paging, Page<T> page, Function<T, ?> row) {
        return page(paging, page.rows().stream().map(row).toList(), page.count(), null);
    }

    private static Answer page(Paging paging, List<?> rows, long count, Boolean hasNext) {
        Map<String, Object> meta = new LinkedHashMap<>();
        meta.put("page", paging.page());
        meta.put("limit", paging.limit());
        if (hasNext != null) {
            meta.put("hasnext", hasNext);
        }
        meta.put("count", count);
        Map<String, Object> envelope = new LinkedHashMap<>();
        envelope.put("meta", meta);
        envelope.put("data", rows);
        envelope.put("code", 0);
        return Answer.ok(envelope);
    }
}
