/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.docs;

import io.github.camelemqx.platform.catalog.Catalog;
import io.github.camelemqx.platform.catalog.Generation;
import java.util.Arrays;
import java.util.List;

/** The page that leads to all others. */
final class IndexPage {

    private final Words words;

    IndexPage(Words words) {
        this.words = words;
    }

    String text(Catalog catalog) {
        Markdown page = Markdown.generatedFrom("the catalogue");
        page.heading(1, "Reference");
        page.paragraph("`emqx-platform:RESOURCE?operation=OPERATION` in `to`, `emqx-platform:RESOURCE` in `from`. "
                + Markdown.link("Options", "options.md") + " of the component and its endpoints, "
                + Markdown.link("headers", "headers.md") + " of messages, "
                + Markdown.link("README", "../../../../../README.md") + ".");
        page.bullets(Arrays.stream(Generation.values())
                .map(generation -> generation.label() + ": " + words.of("generation", generation.label()))
                .toList());
        page.table(
                List.of("resource", "what it holds", "operations", "generations", "events of a watch"),
                catalog.resources().stream()
                        .map(resource -> {
                            String target = "resources/" + resource.name() + ".md";
                            return List.of(
                                    Markdown.link(Markdown.typed(resource.name()), target),
                                    Markdown.prose(resource.description()),
                                    String.join(
                                            ", ",
                                            resource.operations().keySet().stream()
                                                    .map(name ->
                                                            Markdown.link(Markdown.typed(name), target + "#" + name))
                                                    .toList()),
                                    Summary.labels(Summary.generations(resource)),
                                    Summary.events(words, resource));
                        })
                        .toList());
        return page.text();
    }
}
