/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelemqx.platform.catalog.Catalog;
import io.github.camelemqx.platform.catalog.Codec;
import io.github.camelemqx.platform.catalog.Generation;
import io.github.camelemqx.platform.catalog.Input;
import io.github.camelemqx.platform.catalog.Operation;
import io.github.camelemqx.platform.catalog.Parameter;
import io.github.camelemqx.platform.catalog.Place;
import io.github.camelemqx.platform.catalog.ResultShape;
import io.github.camelemqx.platform.catalog.Route;
import io.github.camelemqx.platform.test.RecordedExchange;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A recorded request as a route would say it: the operation, and the values by the names of the vocabulary.
 *
 * @param values of the path and the query
 * @param body the row or rows, null for none
 */
record RecordedCall(
        Generation generation,
        RecordedExchange exchange,
        Operation operation,
        Map<String, Object> values,
        Object body) {

    /** What brokers take, but no operation says, and why. */
    static final Map<String, String> UNSAID = Map.ofEntries(
            Map.entry("v4 20", "a path that ends with a slash"),
            Map.entry("v4 456", "a path with an empty segment"),
            Map.entry("v4 52", "names of generation 5's pages, which are ignored"),
            Map.entry("v4 61", "a filter that nobody knows, which is ignored"),
            Map.entry("v4 73", "a field of the body in the query"),
            Map.entry("v4 95", "several topics in one text: subscribe-bulk"),
            Map.entry("v4 121", "several topics in one text: publish-bulk"),
            Map.entry("v4 131", "several topics in one text: publish-bulk"),
            Map.entry("v4 128", "properties outside of properties"),
            Map.entry("v4 150", "an empty batch, which is not sent"),
            Map.entry("v4 151", "one row instead of a batch"),
            Map.entry("v4 368", "a field of the body in the query"),
            Map.entry("v5 14", "sums of the broker, which jump with its nodes: they are made of the nodes' numbers"),
            Map.entry("v5 16", "sums of the broker, which jump with its nodes: they are made of the nodes' numbers"),
            Map.entry("v5 43", "names of generation 4's pages, which are ignored"),
            Map.entry("v5 55", "by cursor, which the listing chooses itself"),
            Map.entry("v5 56", "by cursor, which the listing chooses itself"));

    /** What brokers take, but the component refuses before it is sent, each with words of the refusal. */
    static final Map<String, String> REFUSED = Map.ofEntries(
            Map.entry("v4 47", "limit must be at least 1"),
            Map.entry("v4 49", "page must be at least 1"),
            Map.entry("v4 50", "page must be at least 1"),
            Map.entry("v4 59", "conn_state must be one of"),
            Map.entry("v4 60", "clean_start must be true or false"),
            Map.entry("v4 88", "qos must be from 0 to 2"),
            Map.entry("v4 135", "payload"),
            Map.entry("v4 138", "retain must be true or false"),
            Map.entry("v4 149", "no value for topic"),
            Map.entry("v4 167", "until must be an ISO-8601 time"),
            Map.entry("v4 210", "no value for password"),
            Map.entry("v4 245", "no value for password"),
            Map.entry("v5 103", "at must be an ISO-8601 time"));

    /** Successes that mean that nothing is there (emqx-api/README.md, "Generation 4"). */
    static final Set<String> NOT_FOUND =
            Set.of("v4 31", "v4 32", "v4 42", "v4 154", "v4 224", "v4 259", "v4 418", "v4 453", "v4 472");

    /** What is said in another way, and why. */
    static final Map<String, String> SAID_OTHERWISE = Map.of(
            "v4 125 body.payload", "an object as its JSON",
            "v4 169 body.until", "whole seconds",
            "v4 171 body.reason", "empty, not null");

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Map<Generation, Pattern> PAGING =
            Map.of(Generation.V4, Pattern.compile("_(page|limit)"), Generation.V5, Pattern.compile("(page|limit)"));

    /** The generation and the number of the recording. */
    String name() {
        return generation + " " + exchange.number();
    }

    static Optional<RecordedCall> of(Catalog catalog, Generation generation, RecordedExchange exchange) {
        return catalog.resources().stream()
                .flatMap(resource -> resource.operations().values().stream())
                .filter(operation ->
                        !operation.composed() && operation.parameters().stream().noneMatch(Parameter::steers))
                .flatMap(operation -> operation.routes().getOrDefault(generation, List.of()).stream()
                        .map(route -> call(generation, exchange, operation, route)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<RecordedCall> call(
            Generation generation, RecordedExchange exchange, Operation operation, Route route) {
        Matcher path = template(route).matcher(path(generation, exchange));
        if (!exchange.method().equals(route.method()) || !path.matches()) {
            return Optional.empty();
        }
        Map<String, Object> values = new LinkedHashMap<>();
        int group = 1;
        for (String placeholder : route.placeholders()) {
            values.put(placeholder, URLDecoder.decode(path.group(group++), StandardCharsets.UTF_8));
        }
        values.putAll(route.when());
        for (Map.Entry<String, List<String>> pair : query(exchange.path()).entrySet()) {
            Matcher paging = PAGING.get(generation).matcher(pair.getKey());
            Optional<Parameter> parameter = placed(operation, generation, route, pair.getKey(), Place.Kind.QUERY)
                    .or(() -> placed(operation, generation, route, pair.getKey(), Place.Kind.QUERY_LIST));
            if (parameter.isPresent()) {
                List<Object> decoded = new ArrayList<>();
                for (String value : pair.getValue()) {
                    decoded.add(decoded(parameter.get(), generation, value));
                }
                values.put(parameter.get().name(), decoded.size() == 1 ? decoded.get(0) : decoded);
            } else if (paging.matches() && operation.result() == ResultShape.PAGE) {
                values.put(paging.group(1), pair.getValue().get(0));
            } else {
                return Optional.empty();
            }
        }
        try {
            return body(generation, exchange, operation, route)
                    .map(body -> new RecordedCall(generation, exchange, operation, values, body.orElse(null)));
        } catch (IllegalArgumentException unsaid) {
            return Optional.empty();
        }
    }

    private static Optional<Optional<Object>> body(
            Generation generation, RecordedExchange exchange, Operation operation, Route route) {
        if (exchange.requestBody() == null) {
            boolean fits = operation.input() == Input.NONE || operation.input() == Input.ROW;
            return fits ? Optional.of(Optional.empty()) : Optional.empty();
        }
        Object sent;
        try {
            sent = JSON.readValue(exchange.requestBody(), Object.class);
        } catch (JsonProcessingException notJson) {
            return Optional.empty();
        }
        return switch (operation.input()) {
            case NONE, TEXT -> Optional.empty();
            case JSON, FILE -> Optional.of(Optional.of(sent));
            case ROW, PAYLOAD ->
                sent instanceof Map<?, ?> row
                        ? Optional.of(Optional.of(row(generation, operation, route, row)))
                        : Optional.empty();
            case ROWS ->
                sent instanceof List<?> rows && !rows.isEmpty()
                        ? Optional.of(Optional.of(rows.stream()
                                .map(row -> row instanceof Map<?, ?> fields
                                        ? row(generation, operation, route, fields)
                                        : row)
                                .toList()))
                        : Optional.empty();
        };
    }

    private static Map<String, Object> row(Generation generation, Operation operation, Route route, Map<?, ?> sent) {
        Map<String, Object> row = new LinkedHashMap<>();
        sent.forEach((name, value) -> {
            if (Objects.equals(value, route.constants().get(name))
                    && route.constants().containsKey(name)) {
                return;
            }
            Optional<Parameter> parameter = placed(operation, generation, route, name.toString(), Place.Kind.BODY);
            if (parameter.isEmpty() && !operation.open()) {
                throw new IllegalArgumentException(operation.fullName() + " has no " + name);
            }
            row.put(
                    parameter.map(Parameter::name).orElse(name.toString()),
                    parameter.map(known -> decoded(known, generation, value)).orElse(value));
        });
        return row;
    }

    private static Optional<Parameter> placed(
            Operation operation, Generation generation, Route route, String theirs, Place.Kind kind) {
        return operation.parameters().stream()
                .filter(parameter -> parameter
                        .place(generation)
                        .filter(place -> place.kind() == kind
                                && route.renamed()
                                        .getOrDefault(parameter.name(), place.name())
                                        .equals(theirs))
                        .isPresent())
                .findFirst();
    }

    private static Object decoded(Parameter parameter, Generation generation, Object value) {
        Place place = parameter.place(generation).orElseThrow();
        if (place.codec() == Codec.AS_IS) {
            return value;
        }
        Object plain = value instanceof String text && text.matches("\\d+") ? (Object) Long.valueOf(text) : value;
        return place.codec().decode(plain, ZoneOffset.UTC);
    }

    private static Pattern template(Route route) {
        return Pattern.compile(Stream.of(route.path().split("(?=\\{)|(?<=})"))
                .map(part -> part.startsWith("{") ? "([^/]+)" : Pattern.quote(part))
                .collect(Collectors.joining()));
    }

    private static String path(Generation generation, RecordedExchange exchange) {
        return exchange.path().replaceAll("\\?.*", "").replaceFirst("^/api/" + generation.label(), "");
    }

    /** The decoded segments of a path. */
    static List<String> segments(String url) {
        return Arrays.stream(url.replaceAll("\\?.*", "").split("/", -1))
                .map(segment -> URLDecoder.decode(segment, StandardCharsets.UTF_8))
                .toList();
    }

    /** The decoded pairs of a query. */
    static Map<String, List<String>> query(String url) {
        Map<String, List<String>> pairs = new LinkedHashMap<>();
        if (url.contains("?")) {
            for (String pair : url.substring(url.indexOf('?') + 1).split("&", -1)) {
                String[] sides = pair.split("=", 2);
                pairs.computeIfAbsent(URLDecoder.decode(sides[0], StandardCharsets.UTF_8), none -> new ArrayList<>())
                        .add(sides.length > 1 ? URLDecoder.decode(sides[1], StandardCharsets.UTF_8) : "");
            }
        }
        return pairs;
    }
}
