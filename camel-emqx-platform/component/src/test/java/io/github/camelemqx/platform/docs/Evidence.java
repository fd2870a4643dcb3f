/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.docs;

import io.github.camelemqx.platform.catalog.Generation;
import io.github.camelemqx.platform.catalog.Operation;
import io.github.camelemqx.platform.catalog.ResultShape;
import io.github.camelemqx.platform.catalog.Route;
import io.github.camelemqx.platform.docs.ApiOperations.ApiOperation;
import io.github.camelemqx.platform.docs.ApiOperations.Response;
import io.github.camelemqx.platform.docs.Replay.Answer;
import io.github.camelemqx.platform.docs.Replay.Failure;
import io.github.camelemqx.platform.docs.Replay.Outcome;
import io.github.camelemqx.platform.docs.Replay.Result;
import io.github.camelemqx.platform.test.RecordedExchange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What recordings and documented responses say of an operation once they have gone through the component. */
final class Evidence {

    /** Statuses that every call may get. */
    private static final Set<Integer> GENERAL = Set.of(401, 429);

    private final Replay replay;
    private final Map<Documented, Outcome> documented = new HashMap<>();
    private final Map<Generation, Archive> archives = new EnumMap<>(Generation.class);

    /** A failure that the documentation names. */
    private record Documented(Generation generation, int status, String code) {}

    Evidence(Replay replay) {
        this.replay = replay;
        for (Generation generation : Generation.values()) {
            archives.put(generation, Archive.of(generation));
        }
    }

    /**
     * A recorded success.
     *
     * @param recorded what the broker answered
     * @param body what the component made of it
     */
    record ExampleAnswer(Generation generation, RecordedExchange recorded, Object body) {}

    /** The first recorded success with something in it, of the newest generation that has one. */
    Optional<ExampleAnswer> answer(Example example) {
        if (example.operation().result() == ResultShape.NOTHING) {
            return Optional.empty();
        }
        for (Generation generation : newestFirst(example.operation())) {
            for (RecordedExchange recorded : recordings(example, generation)) {
                boolean success = recorded.status() >= 200 && recorded.status() < 300;
                if (success
                        && replay.of(
                                        RecordedRequests.fitting(example, generation, recorded),
                                        generation,
                                        Answer.of(recorded))
                                instanceof Result result
                        && hasContent(result.body())) {
                    return Optional.of(new ExampleAnswer(generation, recorded, result.body()));
                }
            }
        }
        return Optional.empty();
    }

    /** The failures of a generation: those recorded, and those documented. */
    List<Failure> failures(Example example, Generation generation) {
        List<Failure> failures = new ArrayList<>();
        for (RecordedExchange recorded : recordings(example, generation)) {
            Example sent = RecordedRequests.fitting(example, generation, recorded);
            keep(replay.of(sent, generation, Answer.of(recorded)), failures);
        }
        for (ApiOperation asked : asked(example, generation)) {
            for (Response response : asked.responses()) {
                if (response.status() < 300 || GENERAL.contains(response.status())) {
                    continue;
                }
                List<String> codes = response.codes().isEmpty() ? Collections.singletonList(null) : response.codes();
                codes.forEach(code -> keep(documented(example, generation, response.status(), code), failures));
            }
        }
        return failures;
    }

    /** What a documented failure becomes is the same for all operations but those of several calls or items. */
    private Outcome documented(Example example, Generation generation, int status, String code) {
        return example.operation().composed() || example.operation().result() == ResultShape.OUTCOMES
                ? replay.of(example, generation, Answer.of(status, code))
                : documented.computeIfAbsent(
                        new Documented(generation, status, code),
                        none -> replay.of(example, generation, Answer.of(status, code)));
    }

    private static void keep(Outcome outcome, List<Failure> failures) {
        if (outcome instanceof Failure failure) {
            failures.add(failure);
        }
    }

    private static List<Generation> newestFirst(Operation operation) {
        List<Generation> generations = new ArrayList<>(operation.generations());
        Collections.reverse(generations);
        return generations;
    }

    private List<RecordedExchange> recordings(Example example, Generation generation) {
        Archive archive = archives.get(generation);
        return asked(example, generation).stream()
                .flatMap(asked -> archive.recordings(asked).stream())
                .filter(recorded -> RecordedRequests.sendable(example.operation(), generation, recorded))
                .toList();
    }

    /** What the operation asks of the API: first what the example does, then its other routes. */
    private Set<ApiOperation> asked(Example example, Generation generation) {
        Archive archive = archives.get(generation);
        Set<ApiOperation> asked = new LinkedHashSet<>();
        replay.of(example, generation, Answer.of(500, null));
        replay.firstRequest(generation).ifPresent(sent -> asked.add(archive.operation(sent.method(), sent.path())));
        for (Route route : example.operation().routes().get(generation)) {
            asked.add(archive.operation(route.method(), route.path()));
        }
        return asked;
    }

    private static boolean hasContent(Object body) {
        if (body instanceof Collection<?> rows) {
            return !rows.isEmpty();
        }
        return body instanceof Map<?, ?> fields ? !fields.isEmpty() : body instanceof String || body instanceof Number;
    }
}
