/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What was measured, as a file for programs and as tables for people. */
final class Report {

    private static final String WHAT =
            "How a watch of clients grows with their number, beside what it has to be compared with.";

    private final List<Run> runs = new ArrayList<>();

    void add(Run run) {
        runs.add(run);
    }

    List<Run> runs() {
        return List.copyOf(runs);
    }

    /** Writes the file. */
    void write(Path file) throws IOException {
        Results.of(WHAT, targets(), runs.stream().map(Run::flat).toList()).write(file);
    }

    /** One run, figure by figure. */
    static String of(Run run) {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT, "%n%s, rows of %s, %s clients%n", run.subject(), run.format(), Rounded.of(run.clients())));
        run.figures().properties().forEach(figure -> {
            text.append(
                    String.format(Locale.ROOT, "  %-32s %s", figure.getKey(), Rounded.of(run.figure(figure.getKey()))));
            if (figure.getValue().isObject()) {
                text.append("   (")
                        .append(Rounded.of(figure.getValue().path("min").asDouble()))
                        .append(" to ")
                        .append(Rounded.of(figure.getValue().path("max").asDouble()))
                        .append(')');
            }
            text.append(System.lineSeparator());
        });
        return text.toString();
    }

    /** The targets, and whether they are met. */
    List<Target> targets() {
        return ScaleTargets.of(runs);
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
                    Rounded.of(ratio.value())));
        }
        return text.toString();
    }
}
