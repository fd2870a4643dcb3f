/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.docs;

import io.github.camelemqx.platform.catalog.Generation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What the API of a generation is documented to have: {@code catalog/operations-GENERATION.tsv}. */
final class ApiOperations {

    private static final String FOLDER = "/io/github/camelemqx/platform/catalog/";

    /**
     * One of them.
     *
     * @param responses what it may answer, empty where the table does not tell
     */
    record ApiOperation(String method, PathTemplate path, List<Response> responses) {

        boolean matches(String otherMethod, String otherPath) {
            return method.equals(otherMethod) && path.matches(otherPath);
        }
    }

    /**
     * A documented answer.
     *
     * @param codes the error codes that may come with it, empty for none
     */
    record Response(int status, List<String> codes) {

        /** {@code 404=NOT_FOUND,RESOURCE_NOT_FOUND}, or {@code 204}. */
        static Response parse(String text) {
            String[] parts = text.split("=", 2);
            return new Response(
                    Integer.parseInt(parts[0]), parts.length == 1 ? List.of() : List.of(parts[1].split(",")));
        }
    }

    private final List<ApiOperation> operations;

    private ApiOperations(List<ApiOperation> operations) {
        this.operations = operations;
    }

    static ApiOperations of(Generation generation) {
        List<ApiOperation> operations = new ArrayList<>();
        List<String> lines = DataFile.lines(FOLDER + "operations-" + generation.label() + ".tsv");
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split("\t", -1);
            List<Response> responses = new ArrayList<>();
            if (cells.length > 2 && !cells[2].isBlank()) {
                for (String response : cells[2].strip().split(" +", -1)) {
                    responses.add(Response.parse(response));
                }
            }
            operations.add(new ApiOperation(cells[0], PathTemplate.of(cells[1]), List.copyOf(responses)));
        }
        return new ApiOperations(operations);
    }

    /** The one that a request goes to, or a route with placeholders of its own. */
    Optional<ApiOperation> of(String method, String path) {
        return operations.stream()
                .filter(operation -> operation.matches(method, path))
                .max(Comparator.comparingLong(operation -> operation.path().literals()));
    }
}
