/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A figure of the naive route by the watch's, of the same fleet.
 *
 * @param what in words
 */
record Ratio(String what, RowFormat format, int clients, double value) {

    private static final Map<String, String> FIGURES = figures();

    private static Map<String, String> figures() {
        Map<String, String> figures = new LinkedHashMap<>();
        figures.put("CPU of a poll without changes", "pollCpuSeconds");
        figures.put("time of a poll without changes", "pollSeconds");
        figures.put("heap a client", "heapBytesPerClient");
        figures.put("bytes allocated a client", "pollAllocatedBytesPerClient");
        figures.put("exchanges a second", "exchangesPerSecond");
        return figures;
    }

    /** Of every fleet that both were measured with. */
    static List<Ratio> of(List<Run> runs) {
        List<Ratio> ratios = new ArrayList<>();
        for (Run watch : runs) {
            for (Run naive : runs) {
                if (watch.subject() == Plan.Subject.POLL
                        && naive.subject() == Plan.Subject.NAIVE_ROUTE
                        && watch.format() == naive.format()
                        && watch.clients() == naive.clients()) {
                    FIGURES.forEach((what, figure) -> ratios.add(new Ratio(
                            what, watch.format(), watch.clients(), naive.figure(figure) / watch.figure(figure))));
                }
            }
        }
        return ratios;
    }
}
