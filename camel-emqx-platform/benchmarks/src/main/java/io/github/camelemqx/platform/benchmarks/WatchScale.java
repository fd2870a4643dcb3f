/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Measures how a watch of clients grows with their number: memory, time, allocation and deliveries, beside the bare parser
 * and the route without the component that it has to be compared with. Prints what it sees, and whether the targets are met; nothing fails
 * because of it.
 */
public final class WatchScale {

    /** Rows do not fit into the standard heap of a small machine. */
    private static final List<String> SERVER = List.of("-Xmx3g", "-XX:+UseParallelGC");

    /** Each takes some kilobytes as a map, and there are two maps of them while a poll goes on. */
    private static final int MOST_WHOLE_ROWS = 100_000;

    private static final int CHANGES = 10_000;
    private static final int PAGE_SIZE = 1000;

    private final Options options;
    private final ObjectMapper json = new ObjectMapper();
    private final Report report = new Report();

    WatchScale(Options options) {
        this.options = options;
    }

    /**
     * Measures.
     *
     * @param args any of {@code subjects=POLL,NAIVE_ROUTE,FILE_STORE,JDBC_STORE formats=V5_FIELDS,V5_WIDE,V4_WIDE
     *     clients=10000,100000,1000000 rounds=7 warmUp=15 options=-Xmx1g out=target/watch-scale.json}
     */
    public static void main(String[] args) throws Exception {
        new WatchScale(Options.of(args, "subjects", "formats", "clients", "rounds", "warmUp", "options", "out")).run();
    }

    /** Measures, prints and writes the file. */
    Report run() throws Exception {
        for (int clients : options.list("clients", "10000,100000,1000000").stream()
                .mapToInt(Integer::parseInt)
                .toArray()) {
            for (RowFormat format : formats()) {
                measure(format, clients);
            }
        }
        System.out.println(Target.text(report.targets()));
        System.out.println(report.ratios());
        report.write(Path.of(options.text("out", "target/watch-scale.json")));
        return report;
    }

    private void measure(RowFormat format, int clients) throws Exception {
        for (Plan.Subject subject : subjects()) {
            if (!isMeasured(subject, format, clients)) {
                System.out.printf(
                        Locale.ROOT, "%n%s, rows of %s, %,d clients: not measured%n", subject, format, clients);
                continue;
            }
            try (Jvm server = new Jvm(
                    SERVER, FleetServer.class, format.name(), String.valueOf(clients), String.valueOf(PAGE_SIZE))) {
                Plan plan = new Plan(
                        subject,
                        format,
                        URI.create("http://127.0.0.1:" + server.line()),
                        clients,
                        PAGE_SIZE,
                        Math.min(CHANGES, clients),
                        options.number("rounds", 7),
                        options.decimal("warmUp", 15));
                Run run = new Run(subject, format, clients, json.readTree(measured(plan)));
                System.out.println(Report.of(run));
                report.add(run);
            }
        }
    }

    private static boolean isMeasured(Plan.Subject subject, RowFormat format, int clients) {
        return switch (subject) {
            case POLL -> true;
            // maps of the whole rows of a million do not fit anywhere
            case NAIVE_ROUTE -> format == RowFormat.V5_FIELDS || clients <= MOST_WHOLE_ROWS;
            // a store keeps the same of every format
            case FILE_STORE, JDBC_STORE -> format == RowFormat.V5_FIELDS;
        };
    }

    /** As a line of JSON: in a process of its own, where nothing from before is in the heap or compiled. */
    private String measured(Plan plan) throws Exception {
        if (options.text("fork", "true").equals("false")) {
            return json.writeValueAsString(Measurement.of(plan.subject()).of(plan));
        }
        List<String> jvm = new ArrayList<>();
        // two maps of maps, while a poll goes on, need that much: with less they would collect all the time
        jvm.addAll(List.of("-Xms1g", plan.subject() == Plan.Subject.NAIVE_ROUTE ? "-Xmx6g" : "-Xmx1g"));
        jvm.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");
        jvm.addAll(options.list("options", ""));
        return line(jvm, plan);
    }

    private static String line(List<String> options, Plan plan) throws IOException {
        try (Jvm process = new Jvm(options, MeasuredProcess.class, plan.words())) {
            return process.line();
        }
    }

    private List<Plan.Subject> subjects() {
        return options.list("subjects", "POLL,NAIVE_ROUTE,FILE_STORE,JDBC_STORE").stream()
                .map(name -> Plan.Subject.valueOf(name.toUpperCase(Locale.ROOT)))
                .toList();
    }

    private List<RowFormat> formats() {
        return options.list("formats", "V5_FIELDS,V5_WIDE,V4_WIDE").stream()
                .map(name -> RowFormat.valueOf(name.toUpperCase(Locale.ROOT)))
                .toList();
    }
}
