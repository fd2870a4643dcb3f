/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.docs;

import io.github.camelemqx.platform.catalog.Generation;
import io.github.camelemqx.platform.catalog.Operation;
import io.github.camelemqx.platform.catalog.Resource;
import io.github.camelemqx.platform.catalog.Route;
import io.github.camelemqx.platform.catalog.Watchable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The page of one resource. */
final class ResourcePage {

    static final String STEPS_ANCHOR = "calls-behind-the-operations";

    private static final String README = "../../../../../../README.md";

    private final Words words;
    private final OperationSection section;

    ResourcePage(Words words, OperationSection section) {
        this.words = words;
        this.section = section;
    }

    String text(Resource resource) {
        Markdown page =
                Markdown.generatedFrom("the catalogue (" + resource.name() + ".json) and recordings of brokers");
        page.heading(1, resource.name());
        page.paragraph(Markdown.prose(resource.description()));
        page.table(
                List.of("operation", "what it does", "generations"),
                resource.operations().values().stream()
                        .map(operation -> List.of(
                                Markdown.link(Markdown.typed(operation.name()), "#" + operation.name()),
                                Markdown.prose(Summary.firstSentence(operation.description())),
                                Summary.labels(operation.generations())))
                        .toList());
        page.paragraph(Summary.generations(resource).stream()
                .map(generation -> generation.label() + " is " + words.of("generation", generation.label()))
                .collect(Collectors.joining("; ", "", ".")));
        resource.watchable().ifPresent(watchable -> watch(page, resource, watchable));
        page.paragraph("A parameter is looked up in the message's headers, the endpoint's options and a Map body, "
                + Markdown.link("in this order", README + "#resources-and-operations")
                + "; any may also be an entry of the Map in the header `CamelEmqxPlatformParameters`. Besides the"
                + " exceptions below there are " + Markdown.link("those of every call", README + "#failures") + ".");
        page.paragraph(Markdown.link("All resources", "../index.md") + " · " + Markdown.link("options", "../options.md")
                + " · " + Markdown.link("headers", "../headers.md"));
        resource.operations().values().forEach(operation -> section.writeTo(page, resource, operation));
        steps(page, resource);
        return page.text();
    }

    private void watch(Markdown page, Resource resource, Watchable watchable) {
        page.paragraph("Watch: " + Markdown.typed("from(\"emqx-platform:" + resource.name() + "\")") + " emits "
                + words.of("watch", watchable.kind()) + ". It polls "
                + Markdown.link(Markdown.typed(watchable.listing()), "#" + watchable.listing())
                + (watchable.delay() == null
                        ? ""
                        : " every " + watchable.delay().toMinutes() + " minutes unless `delay` says otherwise")
                + (watchable.ofNumbers() ? "" : "; what identifies a row is " + Markdown.typed(watchable.key()))
                + (watchable.fields().isEmpty()
                        ? ""
                        : "; a change of " + Markdown.typed(watchable.fields()) + " is an update unless `watchFields`"
                                + " says otherwise")
                + ". See " + Markdown.link("events", README + "#events") + ".");
    }

    private static void steps(Markdown page, Resource resource) {
        Map<String, Operation> steps = new LinkedHashMap<>();
        resource.operations().values().forEach(operation -> steps.putAll(operation.steps()));
        if (steps.isEmpty()) {
            return;
        }
        List<Generation> generations = Summary.generations(resource);
        List<String> head = new ArrayList<>(List.of("call"));
        generations.forEach(generation -> head.add(generation.label()));
        page.heading(2, "Calls behind the operations");
        page.table(
                head,
                steps.values().stream()
                        .filter(step -> !step.generations().isEmpty())
                        .map(step -> {
                            List<String> row = new ArrayList<>(List.of(Markdown.prose(step.description())));
                            generations.forEach(generation -> row.add(calls(step, generation)));
                            return row;
                        })
                        .toList());
    }

    private static String calls(Operation step, Generation generation) {
        List<Route> routes = step.routes().getOrDefault(generation, List.of());
        return Calls.of(step, routes);
    }
}
