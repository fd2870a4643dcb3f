/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A measurement that was made.
 *
 * @param format how the broker wrote rows
 * @param clients how many it had
 * @param figures by name; of several measurements with median, min and max
 */
record Run(Plan.Subject subject, RowFormat format, int clients, JsonNode figures) {

    /** A figure, the median of several; not a number where it was not measured. */
    double figure(String name) {
        JsonNode figure = figures.path(name);
        JsonNode value = figure.isObject() ? figure.path("median") : figure;
        return value.isNumber() ? value.asDouble() : Double.NaN;
    }

    /** What was measured and all figures, by name. */
    Map<String, Object> flat() {
        Map<String, Object> flat = new LinkedHashMap<>();
        flat.put("subject", subject);
        flat.put("format", format);
        flat.put("clients", clients);
        figures.properties().forEach(figure -> flat.put(figure.getKey(), figure.getValue()));
        return flat;
    }
}
