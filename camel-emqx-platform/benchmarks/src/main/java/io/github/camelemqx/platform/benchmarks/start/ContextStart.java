/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks.start;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.github.camelemqx.platform.benchmarks.Jvm;
import io.github.camelemqx.platform.benchmarks.Options;
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

    private final Options options;
    private final ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    ContextStart(Options options) {
        this.options = options;
    }

    /**
     * Measures.
     *
     * @param args any of {@code endpoints=100 processes=9 more=20 out=target/start.json}: {@code more} is how many contexts each process
     *     starts after the first
     */
    public static void main(String[] args) throws Exception {
        new ContextStart(Options.of(args, "endpoints", "processes", "more", "out")).run();
    }

    /** Measures, prints and writes the file. */
    void run() throws IOException {
        String endpoints = options.text("endpoints", "100");
        String more = options.text("more", "20");
        int processes = options.number("processes", 9);
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
        Results.of(what, targets, figures).write(Path.of(options.text("out", "target/start.json")));
    }

    private JsonNode measured(Kind kind, String endpoints, String more) throws IOException {
        List<String> jvm = List.of("-Xmx512m", "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");
        try (Jvm process = new Jvm(jvm, StartedContext.class, kind.name(), endpoints, more)) {
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
