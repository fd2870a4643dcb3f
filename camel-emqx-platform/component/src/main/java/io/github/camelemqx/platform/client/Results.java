/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.client;

import io.github.camelemqx.platform.catalog.Generation;
import io.github.camelemqx.platform.catalog.Operation;
import io.github.camelemqx.platform.catalog.Route;
import io.github.camelemqx.platform.exception.EmqxPlatformException;
import io.github.camelemqx.platform.exception.EmqxProtocolException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

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
            // a text and a file are read otherwise
            case NOTHING, TEXT, FILE -> null;
            case ANY ->
                data instanceof Map<?, ?> page && page.get("data") instanceof List<?> rows && page.containsKey("meta")
                        ? rows
                        : data;
            case OBJECT -> object(operation, route, arguments, request, status, data);
            case LIST, PAGE -> {
                List<Map<String, Object>> rows =
                        rows(operation, route, arguments, request, status, listed(route, data));
                if (rows.isEmpty() && route.answer().emptyIsAbsent()) {
                    throw failures.absent(operation.absent(), request, status);
                }
                yield rows;
            }
            case OUTCOMES -> {
                Object answers = data instanceof Map<?, ?> totals && totals.get("failed") instanceof Number failed
                        ? total(arguments, failed.longValue())
                        : sorted(operation, arguments, data);
                // a bulk call without an answer: the broker took them all
                yield answers == null
                        ? null
                        : told(request, rows(operation, route, arguments, request, status, answers));
            }
            case NODE_VALUES -> nodeValues(operation, arguments, request, status, data);
        };
    }

    /** Of items that failed the broker may quote what it was sent. */
    private static List<Map<String, Object>> told(ApiRequest request, List<Map<String, Object>> answers) {
        List<Map<String, Object>> failed = answers.stream()
                .filter(answer ->
                        answer.containsKey("code") && !Integer.valueOf(0).equals(answer.get("code")))
                .toList();
        if (!failed.isEmpty()) {
            Secrets secrets = new Secrets(request.secrets());
            failed.forEach(answer ->
                    answer.replaceAll((field, value) -> value instanceof String text ? secrets.masked(text) : value));
        }
        return answers;
    }

    /** Some listings of generation 5 come in an object, as their pages do. */
    private static Object listed(Route route, Object data) {
        return data instanceof Map<?, ?> page && page.get(route.answer().rows()) instanceof List<?> rows ? rows : data;
    }

    /** The rows that a row of the broker's listing stands for: usually one. */
    List<Map<String, Object>> rows(Operation operation, Route route, Arguments arguments, Map<String, Object> fields) {
        Route.Answer form = route.answer();
        if (form.expand() == null && form.with().isEmpty()) {
            return List.of(row(operation, arguments, fields));
        }
        Map<String, Object> shared = new LinkedHashMap<>(fields);
        form.with()
                .forEach((field, parameter) ->
                        shared.putIfAbsent(field, arguments.values().get(parameter)));
        if (form.expand() == null) {
            return List.of(row(operation, arguments, shared));
        }
        List<Map<String, Object>> rows = new ArrayList<>();
        if (shared.remove(form.expand()) instanceof List<?> nested) {
            for (Object one : nested) {
                Map<String, Object> both = new LinkedHashMap<>(shared);
                both.putAll(fields(one));
                rows.add(row(operation, arguments, both));
            }
        }
        return rows;
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
        if (!route.answer().echo().isEmpty()) {
            return echo(route, arguments);
        }
        Object found = data;
        if (data instanceof List<?> rows) {
            // generation 4 lists the one client, or for a moment both sides of a takeover: the newer one is right
            found = rows.stream()
                    .map(Results::fields)
                    .max(Comparator.comparing(row -> String.valueOf(row.get("connected_at"))))
                    .orElse(null);
        }
        if (found != null && !(found instanceof Map)) {
            throw unexpected(request, status, "an object");
        }
        Map<String, Object> fields = found == null ? new LinkedHashMap<>() : fields(found);
        boolean asked = request.method().equals("GET");
        if (fields.isEmpty() && asked) {
            throw failures.absent(operation.absent(), request, status);
        }
        return row(operation, arguments, fields);
    }

    /** What generation 4 accepted without a word about it. */
    static Map<String, Object> echo(Route route, Arguments arguments) {
        Map<String, Object> echo = new LinkedHashMap<>();
        for (String name : route.answer().echo()) {
            Object value =
                    arguments.values().getOrDefault(name, route.defaults().get(name));
            if (value != null) {
                // of the type that a broker's answer would have
                echo.put(
                        name,
                        value instanceof Long number && number == number.intValue()
                                ? (Object) number.intValue()
                                : value);
            }
        }
        return echo;
    }

    private List<Map<String, Object>> rows(
            Operation operation, Route route, Arguments arguments, ApiRequest request, int status, Object data)
            throws EmqxProtocolException {
        if (!(data instanceof List<?> list)) {
            throw unexpected(request, status, "a list");
        }
        List<Map<String, Object>> rows = new ArrayList<>(list.size());
        for (Object row : list) {
            rows.addAll(rows(operation, route, arguments, fields(row)));
        }
        return rows;
    }

    /**
     * Answers of a bulk call in the order of its items, each a Map of its own that may be changed: generation 5 may sort them into two lists, generation 4 tells of
     * users by their ids (recording v4 210).
     */
    private Object sorted(Operation operation, Arguments arguments, Object data) {
        if (!(data instanceof Map<?, ?> answers)) {
            return data;
        }
        List<Map<String, Object>> left = new ArrayList<>();
        if (answers.get("succeed") instanceof List<?> succeeded) {
            succeeded.forEach(row -> left.add(fields(row)));
        }
        List<Map<String, Object>> inOrder = new ArrayList<>();
        for (Map<String, Object> item : arguments.rows()) {
            Object word = answers.get(item.get(operation.row().identity().get(0)));
            Map<String, Object> answer = word == null ? among(left, operation, item) : spelled(word.toString());
            left.remove(answer);
            inOrder.add(new LinkedHashMap<>(answer));
        }
        return inOrder;
    }

    /** An import counts what failed and does not say which (recording v5 129): nobody may take any for done. */
    private static Object total(Arguments arguments, long failed) {
        if (failed == 0) {
            return null;
        }
        int items = arguments.rows().size();
        Map<String, Object> answer = Map.of(
                "code", "failed", "message", failed + " of these " + items + " failed, the broker does not say which");
        return Stream.generate(() -> new LinkedHashMap<>(answer)).limit(items).toList();
    }

    private static Map<String, Object> among(
            List<Map<String, Object>> rows, Operation operation, Map<String, Object> item) {
        return rows.stream()
                .filter(row -> operation.row().identity().stream()
                        .allMatch(name ->
                                !item.containsKey(name) || item.get(name).equals(row.get(name))))
                .findFirst()
                .orElse(Map.of("code", "failed"));
    }

    /** {@code ok}, or {@code {error,existed}}. */
    private Map<String, Object> spelled(String word) {
        if (word.equals("ok")) {
            return Map.of();
        }
        String reason = word.replaceAll("^\\{error,|}$", "");
        return Map.of("code", reason, "message", failures.meaning(reason));
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
                    boolean shared = operation.shared().contains(name);
                    sums.merge(
                            name,
                            number.longValue(),
                            (a, b) -> shared ? Math.max((Long) a, (Long) b) : (Long) a + (Long) b);
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
        return object instanceof Map<?, ?> map ? (Map<String, Object>) map : new LinkedHashMap<>();
    }
}
