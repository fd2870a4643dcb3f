/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.docs;

import java.util.List;

/** The headers that the component reads and writes. */
final class HeadersPage {

    String text(Schema schema) {
        Markdown page = Markdown.generatedFrom("emqx-platform.json, what Camel's generator knows of the component");
        page.heading(1, "Headers");
        page.paragraph("No other header of a message reaches the API, and none comes from it. A call (producer) reads"
                + " those that are its parameters and writes those that tell of the answer; an event of a watch"
                + " (consumer) carries the others; common ones go from an event straight into a call. "
                + Markdown.link("Resources", "index.md") + " · " + Markdown.link("options", "options.md"));
        page.table(
                List.of("header", "group", "type", "what it tells"),
                schema.headers().stream()
                        .map(header -> List.of(
                                Markdown.typed(header.name()),
                                header.text("group"),
                                Markdown.typed(header.text("javaType").replaceAll("([a-z]\\w*\\.)+", "")),
                                Markdown.prose(header.text("description"))))
                        .toList());
        return page.text();
    }
}
