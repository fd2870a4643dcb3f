/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks.start;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.github.camelemqx.platform.benchmarks.Jvm;
import io.github.camelemqx.platform.benchmarks.Results;
import io.github.camelemqx.platform.benchmarks.Target;
import io.github.camelemqx.platform.benchmarks.start.StartedContext.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures how long a context takes to start with a hundred endpoints, of the component and of camel-http by turns, each time in a process
 * of its own. Prints and writes the figures; nothing fails because of one.
 */
public final class ContextStart {

    private static final String[] TIMES = {"firstMillis", "firstCpuMillis", "laterMillis"};
    private static final double MOST = 1.5;

    private final ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /**
     * Measures.
     *
     * @param args how many endpoints, how many processes of each kind, and how many contexts each of them starts after the first: 100, 9
     *     and 20 unless given; and the file to write, {@code target/start.json} unless given
     */
    public static void main(String[] args) throws Exception {
        new ContextStart()
                .run(
                        args.length > 0 ? args[0] : "100",
                        Integer.parseInt(args.length > 1 ? args[1] : "9"),
                        args.length > 2 ? args[2] : "20",
                        Path.of(args.length > 3 ? args[3] : "target/start.json"));
    }

    /** Measures, prints and writes the file. */
    void run(String endpoints, int processes, String more, Path file) throws IOException {
        Map<Kind, List<JsonNode>> measured = new EnumMap<>(Kind.class);
        for (int i = 0; i < processes; i++) {
            for (Kind kind : Kind.values()) {
                measured.computeIfAbsent(kind, none -> new ArrayList<>()).add(measured(kind, endpoints, more));
            }
        }
        List<Map<String, Object>> figures = new ArrayList<>();
        measured.forEach((kind, all) -> figures.add(figures(kind, all)));
        List<Target> targets = new ArrayList<>();
        for (String time : TIMES) {
            double ratio =
                    (double) figures.get(0).get(time) / (double) figures.get(1).get(time);
            targets.add(Target.atMost(time + " by camel-http's", Kind.COMPONENT.name(), ratio, MOST));
        }
        String what = "The start of a context with " + endpoints
                + " routes to as many endpoints: the first in a process, and the median of " + more
                + " more in it. Medians of " + processes + " processes of each kind, by turns.";
        System.out.println(json.writeValueAsString(figures));
        System.out.println(Target.text(targets));
        Results.of(what, targets, figures).write(file);
    }

    private JsonNode measured(Kind kind, String endpoints, String more) throws IOException {
        List<String> options = List.of("-Xmx512m", "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");
        try (Jvm process = new Jvm(options, StartedContext.class, kind.name(), endpoints, more)) {
            return json.readTree(process.line());
        }
    }

    private static Map<String, Object> figures(Kind kind, List<JsonNode> measured) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("kind", kind.name());
        for (String time : TIMES) {
            double[] sorted = measured.stream()
                    .mapToDouble(one -> one.path(time).asDouble())
                    .sorted()
                    .toArray();
            figures.put(time, sorted[sorted.length / 2]);
        }
        for (String count : List.of("endpoints", "httpClients", "connectionPools")) {
            figures.put(count, measured.get(0).path(count).asLong());
        }
        return figures;
    }
}
