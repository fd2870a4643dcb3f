/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.client;

import io.github.camelemqx.platform.catalog.Generation;
import io.github.camelemqx.platform.catalog.Operation;
import io.github.camelemqx.platform.catalog.Parameter;
import io.github.camelemqx.platform.catalog.Route;
import io.github.camelemqx.platform.exception.EmqxConflictException;
import io.github.camelemqx.platform.exception.EmqxInvalidRequestException;
import io.github.camelemqx.platform.exception.EmqxNotFoundException;
import io.github.camelemqx.platform.exception.EmqxPartialFailureException;
import io.github.camelemqx.platform.exception.EmqxPlatformException;
import io.github.camelemqx.platform.exception.EmqxProtocolException;
import io.github.camelemqx.platform.exception.FailureDetails;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A bulk call: its items in as many requests as the generation needs, and one outcome for each item whatever the
 * generation tells. A request that fails before any item is done fails the call as it is; once items are done, the
 * others are failed outcomes, so that nobody has to guess what was done.
 */
final class BulkCall {

    private final Deployment deployment;
    private final Operation operation;
    private final Function<String, Operation> single;
    private final Failures failures;
    private final Generation generation;

    BulkCall(
            Deployment deployment,
            Operation operation,
            Function<String, Operation> single,
            Failures failures,
            Generation generation) {
        this.deployment = deployment;
        this.operation = operation;
        this.single = single;
        this.failures = failures;
        this.generation = generation;
    }

    /**
     * One request and the items that it is for.
     *
     * @param called the bulk operation, or the one for single items
     * @param indexes of the items in the input
     */
    private record Part(Operation called, List<Integer> indexes, Arguments arguments) {}

    /** What came of the items, as it becomes known. */
    private static final class Outcomes {
        private final List<Map<String, Object>> byIndex;
        private int known;

        Outcomes(int items) {
            byIndex = new ArrayList<>(Collections.nCopies(items, null));
        }

        void put(int index, Map<String, Object> outcome) {
            byIndex.set(index, outcome);
            known++;
        }

        boolean isEmpty() {
            return known == 0;
        }

        /** When all are known. */
        List<Map<String, Object>> inOrder() {
            return List.copyOf(byIndex);
        }
    }

    /**
     * Carries it out.
     *
     * @throws EmqxPartialFailureException when items failed and that is not wanted in the result
     * @throws EmqxPlatformException when nothing was done
     */
    CallResult of(Arguments arguments, boolean failOnPartialFailure) throws EmqxPlatformException {
        List<Map<String, Object>> items = arguments.rows();
        Outcomes outcomes = new Outcomes(items.size());
        CallResult last = CallResult.of(null, 0, null);
        EmqxPlatformException broken = null;
        for (Part part : parts(arguments)) {
            if (broken != null) {
                fail(items, part, broken, outcomes);
                continue;
            }
            try {
                last = deployment.call(part.called(), part.arguments());
                succeed(items, part, last, outcomes);
            } catch (EmqxPlatformException e) {
                boolean apart = batch().group() != null || batch().each() != null;
                boolean ofThese = aboutItems(e) && (apart || !outcomes.isEmpty());
                if (outcomes.isEmpty() && !ofThese) {
                    throw e;
                }
                broken = ofThese ? null : e;
                fail(items, part, e, outcomes);
            }
        }
        List<Map<String, Object>> all = outcomes.inOrder();
        if (failOnPartialFailure
                && all.stream().anyMatch(outcome -> outcome.get("success").equals(false))) {
            throw partialFailure(last.httpStatus(), all);
        }
        return CallResult.of(all, last.httpStatus(), last.resultCode());
    }

    /** Whether a failure says something of the items sent, and nothing of the next ones. */
    static boolean aboutItems(EmqxPlatformException failure) {
        return failure instanceof EmqxNotFoundException
                || failure instanceof EmqxConflictException
                || failure instanceof EmqxInvalidRequestException;
    }

    private Route.Batch batch() {
        return route().batch();
    }

    private Route route() {
        return operation.routes().get(generation).get(0);
    }

    /** The requests, in the order of the items that come first in them. */
    private List<Part> parts(Arguments arguments) {
        List<Map<String, Object>> items = arguments.rows();
        Route.Batch batch = batch();
        List<Part> parts = new ArrayList<>();
        if (batch.each() != null) {
            Operation one = single.apply(batch.each());
            for (int index = 0; index < items.size(); index++) {
                Map<String, Object> values = new LinkedHashMap<>(arguments.values());
                values.putAll(items.get(index));
                values.keySet()
                        .retainAll(
                                one.parameters().stream().map(Parameter::name).toList());
                parts.add(new Part(one, List.of(index), Arguments.of(values)));
            }
            return parts;
        }
        Map<Object, List<Integer>> groups = new LinkedHashMap<>();
        Map<Object, Integer> seen = new HashMap<>();
        for (int index = 0; index < items.size(); index++) {
            Object group = batch.group() == null ? "all" : items.get(index).get(batch.group());
            if (batch.distinct() != null) {
                // one that was there before goes with another request
                group = seen.merge(items.get(index).get(batch.distinct()), 1, Integer::sum);
            }
            groups.computeIfAbsent(group, none -> new ArrayList<>()).add(index);
        }
        groups.forEach((group, indexes) -> {
            for (int from = 0; from < indexes.size(); from += batch.size()) {
                parts.add(part(
                        batch, group, indexes.subList(from, Math.min(from + batch.size(), indexes.size())), arguments));
            }
        });
        return parts;
    }

    private Part part(Route.Batch batch, Object group, List<Integer> indexes, Arguments arguments) {
        List<Map<String, Object>> rows = new ArrayList<>(indexes.size());
        for (int index : indexes) {
            rows.add(sent(arguments.rows().get(index), batch));
        }
        Map<String, Object> values = new LinkedHashMap<>(arguments.values());
        if (batch.group() != null) {
            values.put(batch.group(), group);
        }
        return new Part(operation, List.copyOf(indexes), new Arguments(values, rows, null));
    }

    /** What the call of all of them says is not said again. */
    private static Map<String, Object> sent(Map<String, Object> item, Route.Batch batch) {
        if (batch.group() == null) {
            return item;
        }
        Map<String, Object> row = new LinkedHashMap<>(item);
        row.remove(batch.group());
        return row;
    }

    /** Generation 5 answers with a row an item or nothing at all, generation 4 with a code an item. */
    private void succeed(List<Map<String, Object>> items, Part part, CallResult result, Outcomes outcomes)
            throws EmqxProtocolException {
        List<?> answers = part.called().equals(operation) && result.body() instanceof List<?> list ? list : null;
        if (answers != null && answers.size() != part.indexes().size()) {
            throw new EmqxProtocolException(
                    new FailureDetails(
                            operation.fullName(),
                            result.httpStatus(),
                            null,
                            "the answer has " + answers.size() + " rows for "
                                    + part.indexes().size() + " items"),
                    null);
        }
        Route route = route();
        for (int position = 0; position < part.indexes().size(); position++) {
            int index = part.indexes().get(position);
            Map<?, ?> answer = answers == null ? Map.of() : (Map<?, ?>) answers.get(position);
            Object code = answer.get("code");
            boolean success = code == null || code.equals(0);
            Map<String, Object> outcome = outcome(items.get(index), index, success, answer.size());
            answer.forEach((field, value) -> outcome.put(field.toString(), value));
            outcome.remove("code");
            if (success) {
                Results.echo(route, Arguments.of(items.get(index))).forEach(outcome::putIfAbsent);
            } else {
                outcome.put("code", code.toString());
                outcome.putIfAbsent("message", failures.meaning(generation, code.toString()));
            }
            outcomes.put(index, outcome);
        }
    }

    private void fail(List<Map<String, Object>> items, Part part, EmqxPlatformException failure, Outcomes outcomes) {
        for (int index : part.indexes()) {
            Map<String, Object> outcome = outcome(items.get(index), index, false, 2);
            outcome.put("code", failure.resultCode() == null ? "HTTP " + failure.httpStatus() : failure.resultCode());
            outcome.put("message", failure.apiMessage());
            outcomes.put(index, outcome);
        }
    }

    private Map<String, Object> outcome(Map<String, Object> item, int index, boolean success, int more) {
        List<String> identity = operation.row().identity();
        Map<String, Object> outcome = new LinkedHashMap<>(2 * (2 + identity.size() + more));
        outcome.put("index", index);
        outcome.put("success", success);
        for (String name : identity) {
            Object value = item.get(name);
            if (value != null) {
                outcome.put(name, value);
            }
        }
        return outcome;
    }

    private EmqxPartialFailureException partialFailure(int status, List<Map<String, Object>> outcomes) {
        List<Map<String, Object>> failed = new ArrayList<>();
        List<Map<String, Object>> succeeded = new ArrayList<>();
        outcomes.forEach(outcome -> (outcome.get("success").equals(true) ? succeeded : failed).add(outcome));
        Map<String, Object> first = failed.get(0);
        return new EmqxPartialFailureException(
                new FailureDetails(
                        operation.fullName(),
                        status,
                        first.get("code").toString(),
                        failed.size() + " of " + outcomes.size() + " items failed, first item " + first.get("index")
                                + ": " + first.get("message")),
                succeeded,
                failed);
    }
}
