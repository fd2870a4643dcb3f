/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.docs;

import io.github.camelemqx.platform.EmqxPlatformConstants;
import io.github.camelemqx.platform.catalog.Generation;
import io.github.camelemqx.platform.catalog.Input;
import io.github.camelemqx.platform.catalog.Operation;
import io.github.camelemqx.platform.catalog.Parameter;
import io.github.camelemqx.platform.catalog.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A route that calls an operation with what it needs.
 *
 * @param uri of the endpoint, without a connection
 * @param headers of the message
 * @param body of the message, null for none
 */
record Example(Operation operation, String uri, Map<String, Object> headers, Object body) {

    static Example of(Operation operation, Samples samples) {
        List<Parameter> shown = new ArrayList<>(operation.parameters().stream()
                .filter(parameter -> samples.shows(operation, parameter))
                .toList());
        if (operation.input() == Input.ROW && shown.stream().noneMatch(parameter -> inBody(operation, parameter))) {
            // a row without a field would change nothing
            operation.parameters().stream()
                    .filter(parameter -> inBody(operation, parameter)
                            && !parameter.secret()
                            && parameter.places().keySet().containsAll(operation.generations()))
                    .findFirst()
                    .ifPresent(shown::add);
        }
        Map<String, Object> row = new LinkedHashMap<>();
        Map<String, Object> second = new LinkedHashMap<>();
        StringBuilder uri =
                new StringBuilder("emqx-platform:" + operation.resource() + "?operation=" + operation.name());
        for (Parameter parameter : shown) {
            Sample sample = samples.of(operation, parameter, 0);
            if (isBody(operation, parameter)) {
                continue;
            }
            if (parameter.secret() || inBody(operation, parameter)) {
                row.put(parameter.name(), sample);
                second.put(parameter.name(), samples.of(operation, parameter, 1));
            } else {
                uri.append('&').append(GivenBy.option(parameter)).append('=').append(sample.inUri());
            }
        }
        return with(operation, samples, uri.toString(), row, second);
    }

    private static Example with(
            Operation operation, Samples samples, String uri, Map<String, Object> row, Map<String, Object> second) {
        Map<String, Object> header = row.isEmpty() ? Map.of() : Map.of(EmqxPlatformConstants.PARAMETERS, row);
        return switch (operation.input().name()) {
            case "ROW", "NONE" -> new Example(operation, uri, Map.of(), row.isEmpty() ? null : row);
            case "ROWS" ->
                new Example(
                        operation,
                        uri,
                        Map.of(),
                        operation
                                .itemParameter()
                                .<List<?>>map(id -> List.of(row.get(id.name()), second.get(id.name())))
                                .orElse(row.equals(second) ? List.of(row) : List.of(row, second)));
            case "PAYLOAD" ->
                new Example(
                        operation,
                        uri,
                        header,
                        samples.of(operation, operation.parameter("payload").orElseThrow(), 0));
            case "JSON" -> new Example(operation, uri, header, samples.body(operation));
            default -> {
                Object text = samples.body(operation);
                yield new Example(operation, uri, header, text == null ? "…" : text);
            }
        };
    }

    /** The payload of a message is the body itself. */
    private static boolean isBody(Operation operation, Parameter parameter) {
        return operation.input() == Input.PAYLOAD && parameter.name().equals("payload");
    }

    /** Whether it is a field of a row: everything of an item is, and what any generation puts into the request's body. */
    static boolean inBody(Operation operation, Parameter parameter) {
        return switch (operation.input().name()) {
            case "ROWS" -> operation.ofItem(parameter);
            case "ROW" ->
                place(operation, parameter).filter(Example::isBodyPlace).isPresent();
            default -> false;
        };
    }

    private static boolean isBodyPlace(Place place) {
        return place.inBody();
    }

    /** The place in the newest generation that has the operation. */
    private static Optional<Place> place(Operation operation, Parameter parameter) {
        Place newest = null;
        for (Generation generation : Generation.values()) {
            if (operation.generations().contains(generation)) {
                newest = parameter.place(generation).orElse(newest);
            }
        }
        return Optional.ofNullable(newest);
    }

    /** With another number of rows; they repeat where it has fewer. */
    Example withRows(int number) {
        List<?> rows = (List<?>) body;
        List<Object> others = new ArrayList<>();
        for (int index = 0; index < number; index++) {
            others.add(rows.get(index % rows.size()));
        }
        return new Example(operation, uri, headers, others);
    }

    /** The route in Java. */
    String java() {
        StringBuilder java = new StringBuilder("from(\"direct:" + operation.name() + "\")\n");
        headers.forEach((name, value) -> java.append("        .setHeader(\"" + name + "\", constant(")
                .append(Sample.java(value))
                .append("))\n"));
        if (body != null) {
            java.append("        .setBody(constant(").append(Sample.java(body)).append("))\n");
        }
        return java.append("        .to(\"")
                .append(uri.replace("\\", "\\\\").replace("\"", "\\\""))
                .append("\");")
                .toString();
    }

    /** The body as the component gets it. */
    Object sentBody() {
        return Sample.plain(body);
    }

    /** The headers as the component gets them. */
    Map<String, Object> sentHeaders() {
        Map<String, Object> sent = new LinkedHashMap<>();
        headers.forEach((name, value) -> sent.put(name, Sample.plain(value)));
        return sent;
    }
}
