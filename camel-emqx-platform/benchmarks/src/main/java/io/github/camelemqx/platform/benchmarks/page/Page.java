/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks.page;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** The page while it is written: its text, and the plots that the text shows. */
final class Page {

    /** The folder of plots, beside the page. */
    static final String PLOTS = "plots/";

    private final StringBuilder text = new StringBuilder();
    private final Map<String, String> plots = new TreeMap<>();

    /** Adds a headline. */
    Page headline(int level, String headline) {
        text.append("#".repeat(level)).append(' ').append(headline).append("\n\n");
        return this;
    }

    /** Adds a paragraph. */
    Page say(String paragraph) {
        text.append(paragraph).append("\n\n");
        return this;
    }

    /** Adds a table. */
    Page add(Table table) {
        text.append(table.text());
        return this;
    }

    /**
     * Adds a plot of the lines that have points; none where all are at one place.
     *
     * @param name of its file
     * @param across the title of the horizontal axis
     * @param up the title of the vertical axis
     * @param scale makes the vertical axis for values
     */
    Page plot(
            String name,
            String title,
            String across,
            String up,
            List<Line> lines,
            Function<List<Double>, Scale> scale) {
        List<Line> there =
                lines.stream().filter(line -> !line.points().isEmpty()).toList();
        List<Double> places = values(there, point -> Stream.of(point.x()));
        if (places.size() < 2) {
            return this;
        }
        Plot plot = new Plot(title, across, LogScale.at(places), up, scale.apply(values(there, Point::room)), there);
        plots.put(PLOTS + name + ".svg", plot.svg());
        return say("![" + title + "](" + PLOTS + name + ".svg)");
    }

    private static List<Double> values(List<Line> lines, Function<Point, Stream<Double>> value) {
        return lines.stream()
                .flatMap(line -> line.points().stream())
                .flatMap(value)
                .distinct()
                .sorted()
                .toList();
    }

    /** The text. */
    String text() {
        return text.toString().stripTrailing() + "\n";
    }

    /** The plots by their paths. */
    Map<String, String> plots() {
        return plots;
    }
}
