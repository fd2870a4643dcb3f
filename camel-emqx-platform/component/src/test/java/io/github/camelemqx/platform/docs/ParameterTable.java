/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.docs;

import io.github.camelemqx.platform.catalog.Generation;
import io.github.camelemqx.platform.catalog.Operation;
import io.github.camelemqx.platform.catalog.Parameter;
import io.github.camelemqx.platform.catalog.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The parameters of one operation. */
final class ParameterTable {

    static final List<String> HEAD = List.of("parameter", "required", "type", "generations", "given by", "what it is");

    private final Words words;

    ParameterTable(Words words) {
        this.words = words;
    }

    List<List<String>> rows(Operation operation) {
        return operation.parameters().stream()
                .map(parameter -> List.of(
                        names(parameter),
                        required(parameter),
                        type(parameter),
                        generations(operation, parameter),
                        GivenBy.words(operation, parameter),
                        Markdown.prose(parameter.description())))
                .toList();
    }

    private static String required(Parameter parameter) {
        return parameter.required()
                ? "yes"
                : parameter.requiredOn().stream()
                        .map(generation -> "on " + generation)
                        .sorted()
                        .collect(Collectors.joining(", "));
    }

    private static String names(Parameter parameter) {
        return Markdown.typed(parameter.name())
                + (parameter.aliases().isEmpty() ? "" : " or " + Markdown.typed(parameter.aliases()))
                + (parameter.secret() ? " (secret)" : "");
    }

    private String type(Parameter parameter) {
        StringBuilder type = new StringBuilder(
                parameter.allowed().isEmpty()
                        ? words.of("type", parameter.type())
                        : Markdown.typed(parameter.allowed()));
        if (parameter.min() != null && parameter.max() != null) {
            type.append(", ").append(parameter.min()).append(" to ").append(parameter.max());
        } else if (parameter.min() != null) {
            type.append(", at least ").append(parameter.min());
        } else if (parameter.max() != null) {
            type.append(", at most ").append(parameter.max());
        }
        return type.append(parameter.multi() ? ", one or several" : "").toString();
    }

    private static String generations(Operation operation, Parameter parameter) {
        List<String> generations = new ArrayList<>();
        for (Generation generation : operation.generations()) {
            Optional<Place> place = parameter.place(generation);
            place.ifPresent(there -> generations.add(
                    generation.label() + (there.only() == null ? "" : " only " + Markdown.typed(there.only()))));
        }
        return String.join(", ", generations)
                + Since.of(parameter).map(since -> " since " + since).orElse("");
    }
}
