/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks.calls;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelemqx.platform.benchmarks.Jvm;
import io.github.camelemqx.platform.benchmarks.Options;
import io.github.camelemqx.platform.benchmarks.Results;
import io.github.camelemqx.platform.benchmarks.Target;
import io.github.camelemqx.platform.benchmarks.calls.PublishedMessages.Way;
import io.github.camelemqx.platform.client.Pace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Measures what collecting messages into calls of a thousand is worth: beside a server that answers at once, beside one that
 * is some way off, and with as many requests a second as a deployment allows. Prints and writes the figures; nothing fails because of one.
 */
public final class Batching {

    /** Where the deployment is, and what it allows. */
    enum Setting {
        /** On this machine, and it answers at once: what is measured is the work alone. */
        LOOPBACK(0, 0),
        /** In a region that is not far. */
        TEN_MILLISECONDS_AWAY(10, 0),
        /** With the limit that is documented for deployments and that the component keeps to unless told otherwise. */
        USUAL_LIMIT(10, Pace.USUAL);

        private final long millis;
        private final int requestsPerSecond;

        Setting(long millis, int requestsPerSecond) {
            this.millis = millis;
            this.requestsPerSecond = requestsPerSecond;
        }
    }

    /** Compiled when it is measured: see {@link CallComparison}. */
    private static final List<String> JVM =
            List.of("-Xms1g", "-Xmx1g", "-Xbatch", "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");

    private static final String WHAT =
            "Messages published by single calls, and collected by an aggregator into calls of a thousand, from 16 threads.";

    private static final double TIMES = 20;

    private final Options options;
    private final ObjectMapper json = new ObjectMapper();
    private final List<Map<String, Object>> figures = new ArrayList<>();
    private final List<Target> targets = new ArrayList<>();

    Batching(Options options) {
        this.options = options;
    }

    /**
     * Measures.
     *
     * @param args any of {@code settings=LOOPBACK,TEN_MILLISECONDS_AWAY,USUAL_LIMIT warmUp=8 seconds=8 out=target/batching.json}
     */
    public static void main(String[] args) throws Exception {
        new Batching(Options.of(args, "settings", "warmUp", "seconds", "out")).run();
    }

    /** Measures, prints and writes the file. */
    void run() throws IOException {
        for (String name : options.list("settings", "LOOPBACK,TEN_MILLISECONDS_AWAY,USUAL_LIMIT")) {
            Setting setting = Setting.valueOf(name);
            Map<Way, Double> rates = new EnumMap<>(Way.class);
            for (Way way : Way.values()) {
                rates.put(way, measured(setting, way));
            }
            target(setting, rates.get(Way.BATCH) / rates.get(Way.SINGLE));
        }
        Results.of(WHAT, targets, figures).write(Path.of(options.text("out", "target/batching.json")));
    }

    private String millis(String name) {
        return String.valueOf((long) (options.decimal(name, 8) * 1000));
    }

    private double measured(Setting setting, Way way) throws IOException {
        try (Jvm server = new Jvm(
                        List.of("-Xmx512m", "-XX:+UseSerialGC"), CallServer.class, String.valueOf(setting.millis));
                Jvm process = new Jvm(
                        JVM,
                        PublishedMessages.class,
                        server.line(),
                        way.name(),
                        String.valueOf(setting.requestsPerSecond),
                        millis("warmUp"),
                        millis("seconds"))) {
            JsonNode measured = json.readTree(process.line());
            double rate = measured.path("messagesPerSecond").asDouble();
            double cpu = measured.path("cpuMicrosPerMessage").asDouble();
            System.out.printf(
                    Locale.ROOT, "%-22s %-7s %,12.0f messages/s %8.2f us CPU a message%n", setting, way, rate, cpu);
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("setting", setting.name());
            one.put("way", way.name());
            one.put("messagesPerSecond", rate);
            one.put("cpuMicrosPerMessage", cpu);
            figures.add(one);
            return rate;
        }
    }

    private void target(Setting setting, double ratio) {
        System.out.printf(Locale.ROOT, "%-22s %.1f times as many in batches%n", setting, ratio);
        targets.add(Target.atLeast("messages a second in batches by single ones", setting.name(), ratio, TIMES));
    }
}
