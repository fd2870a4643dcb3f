/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What was measured, as a file for programs and as tables for people. */
final class Report {

    private final Map<String, Object> machine;
    private final Instant at = Instant.now();
    private final List<Run> runs = new ArrayList<>();

    /** @param machine what it was measured on */
    Report(Map<String, Object> machine) {
        this.machine = machine;
    }

    void add(Run run) {
        runs.add(run);
    }

    List<Run> runs() {
        return List.copyOf(runs);
    }

    void write(Path file) throws IOException {
        ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
        ObjectNode all = json.createObjectNode();
        all.put("at", at.toString());
        all.set("machine", json.valueToTree(machine));
        all.set("targets", json.valueToTree(Target.of(runs)));
        all.set("ratios", json.valueToTree(Ratio.of(runs)));
        all.set("runs", json.valueToTree(runs));
        if (file.toAbsolutePath().getParent() != null) {
            Files.createDirectories(file.toAbsolutePath().getParent());
        }
        json.writeValue(file.toFile(), all);
    }

    /** One run, figure by figure. */
    static String of(Run run) {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT, "%n%s, rows of %s, %,d clients%n", run.subject(), run.format(), run.clients()));
        run.figures().properties().forEach(figure -> {
            text.append(String.format(Locale.ROOT, "  %-32s %s", figure.getKey(), number(run.figure(figure.getKey()))));
            if (figure.getValue().isObject()) {
                text.append("   (")
                        .append(number(figure.getValue().path("min").asDouble()))
                        .append(" to ")
                        .append(number(figure.getValue().path("max").asDouble()))
                        .append(')');
            }
            text.append(System.lineSeparator());
        });
        return text.toString();
    }

    /** The targets, and whether they are met. */
    String targets() {
        StringBuilder text = new StringBuilder(String.format("%nTargets%n"));
        for (Target target : Target.of(runs)) {
            text.append(String.format(
                    Locale.ROOT,
                    "  %-9s %,9d  %-46s %12s  %s %,10.1f  %s%n",
                    target.format(),
                    target.clients(),
                    target.what(),
                    number(target.value()),
                    target.atMost() ? "<=" : ">=",
                    target.bound(),
                    target.met() ? "met" : "MISSED"));
        }
        return text.toString();
    }

    /** The naive route beside the watch. */
    String ratios() {
        StringBuilder text = new StringBuilder(String.format("%nThe naive route's by the watch's%n"));
        for (Ratio ratio : Ratio.of(runs)) {
            text.append(String.format(
                    Locale.ROOT,
                    "  %-9s %,9d  %-46s %12s%n",
                    ratio.format(),
                    ratio.clients(),
                    ratio.what(),
                    number(ratio.value())));
        }
        return text.toString();
    }

    private static String number(double value) {
        return Math.abs(value) >= 1000
                ? String.format(Locale.ROOT, "%,d", Math.round(value))
                : String.format(Locale.ROOT, "%.4g", value);
    }
}
