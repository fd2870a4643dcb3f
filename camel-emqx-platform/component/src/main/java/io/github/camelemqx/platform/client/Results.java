/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.client;

import io.github.camelemqx.platform.catalog.Generation;
import io.github.camelemqx.platform.catalog.Operation;
import io.github.camelemqx.platform.catalog.Route;
import io.github.camelemqx.platform.exception.EmqxPartialFailureException;
import io.github.camelemqx.platform.exception.EmqxPlatformException;
import io.github.camelemqx.platform.exception.EmqxProtocolException;
import io.github.camelemqx.platform.exception.FailureDetails;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Gives the answer of either generation the shape and the names that the catalogue promises for an operation. */
final class Results {

    private final Generation generation;
    private final ZoneId brokerZone;
    private final Failures failures;

    Results(Generation generation, ZoneId brokerZone, Failures failures) {
        this.generation = generation;
        this.brokerZone = brokerZone;
        this.failures = failures;
    }

    /**
     * The result of a call.
     *
     * @param data what the envelope held, null for nothing
     */
    Object shaped(Operation operation, Route route, Arguments arguments, ApiRequest request, int status, Object data)
            throws EmqxPlatformException {
        return switch (operation.result()) {
            case NOTHING -> null;
            case OBJECT -> object(operation, route, arguments, request, status, data);
            case LIST, PAGE -> rows(operation, arguments, request, status, data);
            case OUTCOMES -> rows(operation, arguments, request, status, data);
            case NODE_VALUES -> nodeValues(operation, arguments, request, status, data);
        };
    }

    /** A row of a listing in the names of the vocabulary, with the fields that were asked for. */
    Map<String, Object> row(Operation operation, Arguments arguments, Map<String, Object> fields) {
        Map<String, Object> row =
                operation.row() == null ? fields : operation.row().decode(generation, fields, brokerZone);
        Set<String> wanted = arguments.fields();
        if (!wanted.isEmpty()) {
            // also where the broker did not do it: generation 4, generation 5 before 5.6.0
            row.keySet().retainAll(wanted);
        }
        return row;
    }

    private Object object(
            Operation operation, Route route, Arguments arguments, ApiRequest request, int status, Object data)
            throws EmqxPlatformException {
        if (!route.echo().isEmpty()) {
            return echo(route, arguments);
        }
        Object found = data;
        if (data instanceof List<?> rows) {
            // generation 4 lists the one client, or for a moment both sides of a takeover: the newer one is right
            found = rows.stream()
                    .map(Results::fields)
                    .max(Comparator.comparing(row -> String.valueOf(row.get("connected_at"))))
                    .orElse(Map.of());
        }
        if (found != null && !(found instanceof Map)) {
            throw unexpected(request, status, "an object");
        }
        Map<String, Object> fields = found == null ? Map.of() : fields(found);
        boolean asked = request.method().equals("GET");
        if (fields.isEmpty() && asked) {
            throw failures.absent(operation.absent(), request, status);
        }
        return row(operation, arguments, fields);
    }

    /** What generation 4 accepted without a word about it. */
    private static Map<String, Object> echo(Route route, Arguments arguments) {
        Map<String, Object> echo = new LinkedHashMap<>();
        for (String name : route.echo()) {
            Object value =
                    arguments.values().getOrDefault(name, route.defaults().get(name));
            if (value != null) {
                echo.put(name, value);
            }
        }
        return echo;
    }

    private List<Map<String, Object>> rows(
            Operation operation, Arguments arguments, ApiRequest request, int status, Object data)
            throws EmqxProtocolException {
        if (!(data instanceof List<?> list)) {
            throw unexpected(request, status, "a list");
        }
        List<Map<String, Object>> rows = new ArrayList<>(list.size());
        for (Object row : list) {
            rows.add(row(operation, arguments, fields(row)));
        }
        return rows;
    }

    /**
     * Tells the items of a bulk call apart.
     *
     * @param answers one for each item, in the order of the items
     * @return one outcome for each item: {@code index}, {@code success}, the fields that identify the item, and either
     *     those of its result or {@code code} and {@code message}
     */
    List<Map<String, Object>> outcomes(
            Operation operation, Arguments arguments, ApiRequest request, int status, List<Map<String, Object>> answers)
            throws EmqxProtocolException {
        if (answers.size() != arguments.rows().size()) {
            throw unexpected(
                    request,
                    status,
                    "one row for each of the " + arguments.rows().size() + " items");
        }
        List<Map<String, Object>> outcomes = new ArrayList<>(answers.size());
        for (int index = 0; index < answers.size(); index++) {
            Map<String, Object> item = arguments.rows().get(index);
            Map<String, Object> answer = answers.get(index);
            Object code = answer.get("code");
            boolean success = code == null || code.equals(0);
            Map<String, Object> outcome = new LinkedHashMap<>();
            outcome.put("index", index);
            outcome.put("success", success);
            operation.row().identity().forEach(name -> outcome.put(name, item.get(name)));
            outcome.putAll(answer);
            outcome.remove("code");
            if (!success) {
                outcome.put("code", code.toString());
                outcome.putIfAbsent("message", failures.meaning(generation, code.toString()));
            }
            outcomes.add(outcome);
        }
        return outcomes;
    }

    /** The failure that some items of a bulk call make of the whole. */
    static EmqxPartialFailureException partialFailure(
            Operation operation, int status, List<Map<String, Object>> outcomes) {
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

    private Object nodeValues(Operation operation, Arguments arguments, ApiRequest request, int status, Object data)
            throws EmqxProtocolException {
        List<Map<String, Object>> nodes = nodes(operation, arguments, request, status, data);
        if (Boolean.FALSE.equals(arguments.values().get("aggregate"))) {
            return nodes;
        }
        Map<String, Object> sums = new TreeMap<>();
        for (Map<String, Object> node : nodes) {
            fields(node.get(operation.resource())).forEach((name, value) -> {
                if (value instanceof Number number) {
                    sums.merge(name, number.longValue(), (a, b) -> (Long) a + (Long) b);
                }
            });
        }
        return sums;
    }

    /** Generation 4 nests the numbers under the resource's name, generation 5 puts the node among them. */
    private static List<Map<String, Object>> nodes(
            Operation operation, Arguments arguments, ApiRequest request, int status, Object data)
            throws EmqxProtocolException {
        if (data instanceof Map<?, ?> oneNode) {
            return List.of(node(operation, arguments.values().get("node"), oneNode));
        }
        if (!(data instanceof List<?> list)) {
            throw unexpected(request, status, "numbers of nodes");
        }
        List<Map<String, Object>> nodes = new ArrayList<>();
        for (Object node : list) {
            Map<String, Object> fields = new LinkedHashMap<>(fields(node));
            Object name = fields.remove("node");
            nodes.add(node(
                    operation, name, fields.get(operation.resource()) instanceof Map<?, ?> nested ? nested : fields));
        }
        return nodes;
    }

    private static Map<String, Object> node(Operation operation, Object name, Map<?, ?> values) {
        Map<String, Object> node = new LinkedHashMap<>();
        node.put("node", name);
        node.put(operation.resource(), new TreeMap<>(fields(values)));
        return node;
    }

    private static EmqxProtocolException unexpected(ApiRequest request, int status, String wanted) {
        return new EmqxProtocolException(Failures.details(request, status, null, "the answer is not " + wanted), null);
    }

    /** An object of the answer; JSON has only text for names. */
    @SuppressWarnings("unchecked")
    private static Map<String, Object> fields(Object object) {
        return object instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }
}
