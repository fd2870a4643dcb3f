/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks.page;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelemqx.platform.benchmarks.Rounded;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What was seen of one thing: names with a number, a text, or the median, min and max of several measurements.
 *
 * @param all an object of JSON
 */
record Figures(JsonNode all) {

    /** What Jackson makes of what is no number. */
    private static final Set<String> NOTHING = Set.of("null", "NaN", "Infinity", "-Infinity");

    /** A number, the median of several; not a number where there is none. */
    double number(String name) {
        return number(all.path(name), "median");
    }

    /** The least of several measurements; not a number where there are none. */
    double min(String name) {
        return all.path(name).isObject() ? number(all.path(name), "min") : Double.NaN;
    }

    /** The greatest. */
    double max(String name) {
        return all.path(name).isObject() ? number(all.path(name), "max") : Double.NaN;
    }

    /** The numbers of a list, such as one of each round; none where there is no such list. */
    List<Double> numbers(String name) {
        List<Double> numbers = new ArrayList<>();
        all.path(name).forEach(number -> numbers.add(number.doubleValue()));
        return numbers;
    }

    private static double number(JsonNode figure, String part) {
        JsonNode value = figure.isObject() ? figure.path(part) : figure;
        return value.isNumber() ? value.doubleValue() : Double.NaN;
    }

    /** A text; empty without. */
    String text(String name) {
        return all.path(name).asText("");
    }

    /** Whether a figure is this text. */
    boolean is(String name, String text) {
        return text(name).equals(text);
    }

    /** A figure as people read it; several measurements with what they are between. Empty where there is none. */
    String cell(String name) {
        JsonNode figure = all.path(name);
        if (figure.isObject() && figure.has("median")) {
            String median = Rounded.of(number(name));
            String min = Rounded.of(min(name));
            String max = Rounded.of(max(name));
            return min.equals(max) ? median : median + " (" + min + " to " + max + ")";
        }
        if (figure.isIntegralNumber()) {
            return Rounded.of(figure.longValue());
        }
        if (figure.isNumber()) {
            return Rounded.of(figure.doubleValue());
        }
        if (figure.isContainerNode()) {
            return figure.toString();
        }
        return NOTHING.contains(figure.asText()) ? "" : figure.asText();
    }
}
