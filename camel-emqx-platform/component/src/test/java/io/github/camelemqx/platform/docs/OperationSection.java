/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.docs;

import io.github.camelemqx.platform.catalog.Generation;
import io.github.camelemqx.platform.catalog.Input;
import io.github.camelemqx.platform.catalog.Operation;
import io.github.camelemqx.platform.catalog.Resource;
import io.github.camelemqx.platform.catalog.ResultShape;
import io.github.camelemqx.platform.catalog.Route;
import io.github.camelemqx.platform.docs.Evidence.ExampleAnswer;
import java.util.ArrayList;
import java.util.List;

/** The part of a resource's page about one operation. */
final class OperationSection {

    private final Words words;
    private final Samples samples;
    private final Evidence evidence;

    OperationSection(Words words, Samples samples, Evidence evidence) {
        this.words = words;
        this.samples = samples;
        this.evidence = evidence;
    }

    void writeTo(Markdown page, Resource resource, Operation operation) {
        Example example = Example.of(operation, samples);
        page.heading(2, operation.name());
        page.paragraph(Markdown.prose(operation.description()));
        page.bullets(facts(operation));
        List<List<String>> parameters = new ParameterTable(words).rows(operation);
        if (parameters.isEmpty()) {
            page.paragraph("No parameters.");
        } else {
            page.table(ParameterTable.HEAD, parameters);
        }
        page.code("java", example.java());
        evidence.answer(example).ifPresent(answer -> answer(page, answer, fields(resource, operation)));
        failures(page, example);
    }

    private List<String> facts(Operation operation) {
        List<String> facts = new ArrayList<>();
        for (Generation generation : operation.generations()) {
            facts.add(generation.label() + ": "
                    + calls(operation, operation.routes().get(generation)));
        }
        Since.of(operation).ifPresent(since -> facts.add("Since: " + since));
        facts.add("Takes: " + input(operation));
        facts.add("Gives: " + words.of("result", operation.result()));
        facts.add("Effect: " + words.of("effect", operation.effect()));
        return facts;
    }

    private static String calls(Operation operation, List<Route> routes) {
        if (operation.composed()) {
            return "one or several of the " + Markdown.link("calls below", "#" + ResourcePage.STEPS_ANCHOR);
        }
        StringBuilder calls = new StringBuilder(Calls.of(operation, routes));
        routes.stream()
                .map(Route::batch)
                .filter(batch -> batch != null)
                .findFirst()
                .ifPresent(batch -> calls.append("; ").append(Calls.batch(batch)));
        routes.stream()
                .filter(route -> !route.answer().echo().isEmpty())
                .findFirst()
                .ifPresent(route -> calls.append("; answers nothing, so that the result repeats ")
                        .append(Markdown.typed(route.answer().echo())));
        return calls.toString();
    }

    private String input(Operation operation) {
        return operation.input() == Input.ROWS && operation.itemParameter().isPresent()
                ? words.of("input", "ids")
                : words.of("input", operation.input());
    }

    private static void answer(Markdown page, ExampleAnswer answer, List<String> fields) {
        page.paragraph("The result, made of recording " + answer.generation().label() + " "
                + answer.recorded().number() + ", "
                + Markdown.typed(
                        answer.recorded().method() + " " + answer.recorded().path()) + ":");
        if (answer.body() instanceof String text) {
            page.code("text", text.strip());
        } else {
            page.code("json", AnswerText.of(answer.body(), fields));
        }
    }

    /** What a reader looks for in a row: what identifies it, and what a watch looks at. */
    private static List<String> fields(Resource resource, Operation operation) {
        List<String> fields = new ArrayList<>();
        if (operation.result() == ResultShape.OUTCOMES) {
            return fields;
        }
        if (operation.row() != null) {
            fields.addAll(operation.row().identity());
        }
        resource.watchable().ifPresent(watchable -> {
            fields.addAll(watchable.structure());
            fields.addAll(watchable.fields());
        });
        return fields;
    }

    private void failures(Markdown page, Example example) {
        FailureTable table = new FailureTable();
        for (Generation generation : example.operation().generations()) {
            evidence.failures(example, generation).forEach(failure -> table.add(generation, failure));
        }
        if (!table.isEmpty()) {
            page.table(List.of("exception", "from"), table.rows());
        }
    }
}
