/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.docs;

import io.github.camelemqx.platform.catalog.Generation;
import io.github.camelemqx.platform.docs.ApiOperations.ApiOperation;
import io.github.camelemqx.platform.test.RecordedExchange;
import io.github.camelemqx.platform.test.Recordings;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What is known of a generation's API: its documented operations, and what a real broker was recorded with. */
final class Archive {

    private final Generation generation;
    private final ApiOperations documented;
    private final List<RecordedExchange> recordings;

    private Archive(Generation generation, ApiOperations documented, List<RecordedExchange> recordings) {
        this.generation = generation;
        this.documented = documented;
        this.recordings = recordings;
    }

    /** Of a generation; without recordings where no broker of it was recorded. */
    static Archive of(Generation generation) {
        List<RecordedExchange> recordings = Arrays.stream(io.github.camelemqx.platform.test.Generation.values())
                .filter(recorded -> recorded.name().equals(generation.name()))
                .findFirst()
                .map(Recordings::of)
                .orElse(List.of());
        return new Archive(generation, ApiOperations.of(generation), recordings);
    }

    /** What a request or a route asks of the API; it stands for itself where that is not documented. */
    ApiOperation operation(String method, String path) {
        return documented.of(method, path).orElseGet(() -> new ApiOperation(method, PathTemplate.of(path), List.of()));
    }

    /** The recordings of one of them that were made with the valid key, in the order in which they were made. */
    List<RecordedExchange> recordings(ApiOperation operation) {
        return recordings.stream()
                .filter(recorded ->
                        recorded.authorization().usual() && recorded.accept().usual())
                .filter(recorded -> path(recorded)
                        .filter(path -> operation.matches(recorded.method(), path))
                        .filter(path -> documented
                                .of(recorded.method(), path)
                                .map(operation::equals)
                                .orElse(true))
                        .isPresent())
                .toList();
    }

    /** The path of a recorded request below the API's base, without its query. */
    private Optional<String> path(RecordedExchange recorded) {
        String base = SampleConnection.basePath(generation);
        String path = recorded.path().replaceFirst("\\?.*", "");
        return path.startsWith(base + "/") ? Optional.of(path.substring(base.length())) : Optional.empty();
    }
}
