/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.docs;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** A page that is being written. */
final class Markdown {

    private final List<String> blocks = new ArrayList<>();

    /** A page that says first that it is generated, and from what. */
    static Markdown generatedFrom(String source) {
        Markdown page = new Markdown();
        page.blocks.add("<!-- Generated from " + source
                + ": do not edit. Build, and commit what changed; see CONTRIBUTING.md. -->");
        return page;
    }

    Markdown heading(int level, String text) {
        return add("#".repeat(level) + " " + text);
    }

    /** Text that is Markdown already. */
    Markdown paragraph(String text) {
        return add(text);
    }

    Markdown bullets(Collection<String> items) {
        return add(items.stream().map(item -> "- " + item).collect(Collectors.joining("\n")));
    }

    /** A table; its cells are Markdown already. */
    Markdown table(List<String> head, List<List<String>> rows) {
        List<String> lines = new ArrayList<>();
        lines.add(line(head));
        lines.add(line(head.stream().map(cell -> "---").toList()));
        rows.forEach(row -> lines.add(line(row)));
        return add(String.join("\n", lines));
    }

    Markdown code(String language, String text) {
        return add("```" + language + "\n" + text + "\n```");
    }

    /** The whole page, with a newline at its end. */
    String text() {
        return String.join("\n\n", blocks) + "\n";
    }

    /** The blocks without anything around them, for a part of a page that is written by hand. */
    static String tableText(List<String> head, List<List<String>> rows) {
        return new Markdown().table(head, rows).text();
    }

    /** Names, paths and values as they are typed. */
    static String typed(String text) {
        return "`" + text + "`";
    }

    static String typed(Collection<String> texts) {
        return texts.stream().map(Markdown::typed).collect(Collectors.joining(", "));
    }

    /** A description, which may hold what Markdown would take for markup. */
    static String prose(String text) {
        return text.replace("\\", "\\\\")
                .replace("*", "\\*")
                .replace("<", "&lt;")
                .replaceAll("\\s+", " ");
    }

    static String link(String text, String target) {
        return "[" + text + "](" + target + ")";
    }

    private Markdown add(String block) {
        blocks.add(block);
        return this;
    }

    private static String line(List<String> cells) {
        return cells.stream().map(cell -> cell.replace("|", "\\|")).collect(Collectors.joining(" | ", "| ", " |"));
    }
}
