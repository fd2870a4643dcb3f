/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.docs;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelemqx.platform.docs.Schema.Entry;
import java.util.ArrayList;
import java.util.List;

/** The options of the component and of its endpoints. */
final class OptionsPage {

    private static final List<String> HEAD = List.of("option", "group", "type", "default", "what it does");

    String text(Schema schema) {
        Markdown page = Markdown.generatedFrom("emqx-platform.json, what Camel's generator knows of the component");
        page.heading(1, "Options");
        page.paragraph("Options of the component hold for all its endpoints: in the properties of camel-main"
                + " `camel.component.emqx-platform.api-url` is `apiUrl`. An endpoint that gives one of its own has that."
                + " Times are milliseconds, or texts such as `10s` and `5m`. "
                + Markdown.link("Resources", "index.md") + " · " + Markdown.link("headers", "headers.md"));
        page.heading(2, "Endpoint");
        page.paragraph("`emqx-platform:resource?option=value`");
        page.table(HEAD, rows(schema.endpointOptions()));
        page.heading(2, "Component");
        page.table(HEAD, rows(schema.componentOptions()));
        return page.text();
    }

    private static List<List<String>> rows(List<Entry> options) {
        return options.stream()
                .map(option -> List.of(
                        name(option),
                        option.text("group"),
                        type(option),
                        defaultValue(option),
                        Markdown.prose(option.text("description"))))
                .toList();
    }

    private static String name(Entry option) {
        List<String> marks = new ArrayList<>();
        if (option.text("kind").equals("path")) {
            marks.add("in the path");
        }
        if (option.is("required")) {
            marks.add("required");
        }
        if (option.is("secret")) {
            marks.add("secret");
        }
        if (option.is("deprecated")) {
            marks.add("deprecated");
        }
        String prefix = option.text("prefix");
        return Markdown.typed(option.name())
                + (prefix.isEmpty() ? "" : " " + Markdown.typed(prefix + "NAME"))
                + (marks.isEmpty() ? "" : " (" + String.join(", ", marks) + ")");
    }

    private static String type(Entry option) {
        List<String> values = new ArrayList<>();
        for (JsonNode value : option.json().path("enum")) {
            values.add(value.asText());
        }
        if (!values.isEmpty()) {
            return Markdown.typed(values);
        }
        String type = option.text("type");
        String javaType = option.text("javaType");
        return type.equals("object") ? Markdown.typed(javaType.replaceAll("(\\w+\\.)+", "")) : type;
    }

    private static String defaultValue(Entry option) {
        String value = option.text("defaultValue");
        return value.isEmpty() ? "" : Markdown.typed(value);
    }
}
