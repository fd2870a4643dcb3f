/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.docs;

import io.github.camelemqx.platform.catalog.Generation;
import io.github.camelemqx.platform.docs.Replay.Failure;
import io.github.camelemqx.platform.exception.EmqxAuthenticationException;
import io.github.camelemqx.platform.exception.EmqxPartialFailureException;
import io.github.camelemqx.platform.exception.EmqxPlatformException;
import io.github.camelemqx.platform.exception.EmqxProtocolException;
import io.github.camelemqx.platform.exception.EmqxRateLimitException;
import io.github.camelemqx.platform.exception.EmqxServerException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The exceptions of one operation, each with what the generations answer then; what any call may meet is left out. */
final class FailureTable {

    private static final int LONGEST_MESSAGE = 40;
    private static final int OK = 200;
    private static final String PARTIAL = EmqxPartialFailureException.class.getSimpleName();
    private static final String EMPTY = "an empty answer";

    private final Map<String, Map<Generation, Set<String>>> causes = new TreeMap<>();

    void add(Generation generation, Failure failure) {
        EmqxPlatformException exception = failure.exception();
        if (general(exception)) {
            return;
        }
        Set<String> answers = causes.computeIfAbsent(exception.getClass().getSimpleName(), type -> new TreeMap<>())
                .computeIfAbsent(generation, none -> new LinkedHashSet<>());
        if (exception instanceof EmqxPartialFailureException partial) {
            partial.failures().forEach(item -> answers.add(Markdown.typed(String.valueOf(item.get("code")))));
        } else {
            answers.add(words(exception));
        }
    }

    boolean isEmpty() {
        return causes.isEmpty();
    }

    /** One row an exception. */
    List<List<String>> rows() {
        List<List<String>> rows = new ArrayList<>();
        causes.forEach((exception, byGeneration) -> {
            List<String> words = new ArrayList<>();
            byGeneration.forEach((generation, answers) -> words.add(generation.label() + ": "
                    + (exception.equals(PARTIAL) ? "items with " : "") + String.join(", ", answers)));
            rows.add(List.of(Markdown.typed(exception), String.join("; ", words)));
        });
        return rows;
    }

    private static boolean general(EmqxPlatformException exception) {
        return exception instanceof EmqxAuthenticationException
                || exception instanceof EmqxRateLimitException
                || exception instanceof EmqxProtocolException
                || (exception instanceof EmqxServerException && exception.resultCode() == null)
                // what the component says of an item that the answer does not mention: the recorded ones were others
                || (exception instanceof EmqxPartialFailureException && "failed".equals(exception.resultCode()));
    }

    private static String words(EmqxPlatformException exception) {
        String code = exception.resultCode();
        String status = exception.httpStatus() > OK ? exception.httpStatus() + " " : "";
        if (code != null) {
            return status + Markdown.typed(code);
        }
        if (!status.isEmpty()) {
            return status.strip();
        }
        if (exception.httpStatus() == 0) {
            return EMPTY;
        }
        String message = exception.apiMessage();
        if (message.startsWith("the broker answers success")) {
            return EMPTY;
        }
        return message.length() > LONGEST_MESSAGE ? "other messages" : "message " + Markdown.typed(message);
    }
}
