/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.docs;

import io.github.camelemqx.platform.catalog.Catalog;
import java.util.List;

/** The table of resources in the README, between two comments; the rest of it is written by hand. */
final class ReadmeTable {

    private static final String BEGIN = "<!-- resources: generated, do not edit -->\n";
    private static final String END = "<!-- end -->";
    private static final String PAGES = "camel-emqx-platform/component/src/generated/docs/resources/";

    private final Words words;

    ReadmeTable(Words words) {
        this.words = words;
    }

    /**
     * The README with the table of today.
     *
     * @throws IllegalStateException where the README has lost its comments
     */
    String in(String readme, Catalog catalog) {
        int begin = readme.indexOf(BEGIN);
        int end = readme.indexOf(END, Math.max(begin, 0));
        if (begin < 0 || end < 0) {
            throw new IllegalStateException("README.md has no place for the table of resources: " + BEGIN + END);
        }
        return readme.substring(0, begin + BEGIN.length()) + "\n" + table(catalog) + "\n" + readme.substring(end);
    }

    private String table(Catalog catalog) {
        return Markdown.tableText(
                List.of("resource", "operations", "generations", "events of a watch"),
                catalog.resources().stream()
                        .map(resource -> List.of(
                                Markdown.link(Markdown.typed(resource.name()), PAGES + resource.name() + ".md"),
                                Markdown.typed(resource.operations().keySet()),
                                Summary.labels(Summary.generations(resource)),
                                Summary.events(words, resource)))
                        .toList());
    }
}
