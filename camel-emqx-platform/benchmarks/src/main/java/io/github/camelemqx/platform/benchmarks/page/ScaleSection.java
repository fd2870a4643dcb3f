/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks.page;

import io.github.camelemqx.platform.benchmarks.Results;
import io.github.camelemqx.platform.benchmarks.Rounded;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A watch by the number of clients: for each format of rows plots and tables of the watch beside its peers, and a table of stores. */
final class ScaleSection implements Section {

    private static final double MICROS = 1e6;

    /** What is beside each other, in the order of tables and legends. */
    private enum Subject {
        POLL("watch", Look.CIRCLE),
        PARSER("bare parser", Look.TRIANGLE),
        NAIVE_ROUTE("naive route", Look.SQUARE);

        private final String word;
        private final Look look;

        Subject(String word, Look look) {
            this.word = word;
            this.look = look;
        }

        /** The parser takes turns with the watch, in one run. */
        String run() {
            return this == PARSER ? POLL.name() : name();
        }

        /** What a figure of a poll is called there. */
        String name(String figure) {
            return this == PARSER ? figure.replaceFirst("poll", "parser") : figure;
        }

        /** Only what keeps rows has a heap for them, and tells changes. */
        boolean has(String figure) {
            return this != PARSER || figure.startsWith("poll");
        }
    }

    /** Formats of rows, as people know them. */
    private static String words(String format) {
        return switch (format) {
            case "V5_FIELDS" -> "Rows of EMQX 5.6 and newer, with the fields that were asked for";
            case "V5_WIDE" -> "Rows of EMQX 5 before 5.6, with all fields";
            case "V4_WIDE" -> "Rows of EMQX 4, with all fields";
            default -> Words.headline(format);
        };
    }

    @Override
    public void tell(Results results, Page page) {
        List<Figures> all = results.figures().stream().map(Figures::new).toList();
        page.say("Medians of several rounds, and the least and most of them (whiskers in plots). A poll is one without"
                + " changes; CPU is that of the whole process, garbage collection and compilation included.");
        for (String format :
                all.stream().map(one -> one.text("format")).distinct().toList()) {
            List<Figures> ofFormat =
                    all.stream().filter(one -> one.is("format", format)).toList();
            page.headline(3, words(format) + " (" + format + ")");
            page.add(polls(ofFormat)).add(ratios(ofFormat)).add(changes(ofFormat));
            plots(format, ofFormat, page);
        }
        Table stores = stores(all);
        if (!stores.text().isEmpty()) {
            page.headline(3, "Watches with a store").add(stores);
        }
    }

    private static void plots(String format, List<Figures> all, Page page) {
        String clients = "clients, logarithmic";
        String file = Words.of(format).replace(' ', '-');
        page.plot(
                "watch-heap-" + file,
                "Heap a client by number of clients, " + format,
                clients,
                "bytes a client, logarithmic",
                lines(all, "heapBytesPerClient"),
                LogScale::over);
        page.plot(
                "watch-time-" + file,
                "Time of a poll by number of clients, " + format,
                clients,
                "seconds, logarithmic",
                lines(all, "pollSeconds"),
                LogScale::over);
        page.plot(
                "watch-cpu-" + file,
                "CPU of a poll by number of clients, " + format,
                clients,
                "seconds of CPU, logarithmic",
                lines(all, "pollCpuSeconds"),
                LogScale::over);
    }

    private static List<Line> lines(List<Figures> all, String figure) {
        List<Line> lines = new ArrayList<>();
        for (Subject subject : Subject.values()) {
            String name = subject.name(figure);
            List<Point> points = all.stream()
                    .filter(run -> subject.has(figure) && run.is("subject", subject.run()))
                    .map(run -> new Point(run.number("clients"), run.number(name), run.min(name), run.max(name)))
                    .toList();
            lines.add(new Line(subject.word, subject.look, points));
        }
        return lines;
    }

    private static Table polls(List<Figures> all) {
        Table table = new Table(List.of(
                "clients",
                "",
                "heap a client, bytes",
                "poll, s",
                "CPU of a poll, s",
                "CPU a client, µs",
                "allocated a client, bytes"));
        for (String clients : clients(all)) {
            for (Subject subject : Subject.values()) {
                run(all, clients, subject).ifPresent(run -> table.row(poll(run, subject)));
            }
        }
        return table;
    }

    private static List<String> poll(Figures run, Subject subject) {
        String cpu = subject.name("pollCpuSeconds");
        return List.of(
                run.cell("clients"),
                subject.word,
                subject.has("heapBytesPerClient") ? run.cell("heapBytesPerClient") : "",
                run.cell(subject.name("pollSeconds")),
                run.cell(cpu),
                Rounded.of(run.number(cpu) / run.number("clients") * MICROS),
                run.cell(subject.name("pollAllocatedBytesPerClient")));
    }

    private static Table changes(List<Figures> all) {
        Table table = new Table(List.of(
                "clients",
                "",
                "first poll, s",
                "its CPU, s",
                "changes",
                "poll with changes, s",
                "its CPU, s",
                "exchanges/s",
                "exchanges/s of CPU"));
        for (String clients : clients(all)) {
            for (Subject subject : List.of(Subject.POLL, Subject.NAIVE_ROUTE)) {
                run(all, clients, subject)
                        .filter(run ->
                                run.all().has("firstPollSeconds") || run.all().has("exchangesPerSecond"))
                        .ifPresent(run -> table.row(change(run, subject)));
            }
        }
        return table;
    }

    private static List<String> change(Figures run, Subject subject) {
        return List.of(
                run.cell("clients"),
                subject.word,
                run.cell("firstPollSeconds"),
                run.cell("firstPollCpuSeconds"),
                run.cell("changes"),
                run.cell("pollWithChangesSeconds"),
                run.cell("pollWithChangesCpuSeconds"),
                run.cell("exchangesPerSecond"),
                run.cell("exchangesPerCpuSecond"));
    }

    private static Table ratios(List<Figures> all) {
        Table table = new Table(List.of(
                "clients",
                "CPU: watch / parser",
                "heap: watch / naive route",
                "time: watch / naive route",
                "CPU: watch / naive route",
                "allocated: watch / naive route"));
        for (String clients : clients(all)) {
            List<String> ratios = List.of(
                    run(all, clients, Subject.POLL)
                            .map(run -> run.cell("cpuRatio"))
                            .orElse(""),
                    ratio(all, clients, Subject.NAIVE_ROUTE, "heapBytesPerClient"),
                    ratio(all, clients, Subject.NAIVE_ROUTE, "pollSeconds"),
                    ratio(all, clients, Subject.NAIVE_ROUTE, "pollCpuSeconds"),
                    ratio(all, clients, Subject.NAIVE_ROUTE, "pollAllocatedBytesPerClient"));
            if (!String.join("", ratios).isEmpty()) {
                table.row(Stream.concat(Stream.of(Rounded.of(Long.parseLong(clients))), ratios.stream())
                        .toList());
            }
        }
        return table;
    }

    private static String ratio(List<Figures> all, String clients, Subject other, String figure) {
        return Rounded.of(number(all, clients, Subject.POLL, figure) / number(all, clients, other, figure));
    }

    private static double number(List<Figures> all, String clients, Subject subject, String figure) {
        return run(all, clients, subject).map(run -> run.number(figure)).orElse(Double.NaN);
    }

    private static Table stores(List<Figures> all) {
        Table table = new Table(List.of(
                "clients",
                "store",
                "first poll, s",
                "its CPU, s",
                "poll, s",
                "CPU of a poll, s",
                "changes",
                "poll with changes, s",
                "exchanges/s",
                "on disk a client, bytes",
                "while open",
                "restart, s",
                "first poll after it, s"));
        all.stream()
                .filter(run -> run.text("subject").endsWith("_STORE"))
                .forEach(run -> table.row(List.of(
                        run.cell("clients"),
                        Words.of(run.text("subject")),
                        run.cell("firstPollSeconds"),
                        run.cell("firstPollCpuSeconds"),
                        run.cell("pollSeconds"),
                        run.cell("pollCpuSeconds"),
                        run.cell("changes"),
                        run.cell("pollWithChangesSeconds"),
                        run.cell("exchangesPerSecond"),
                        run.cell("diskBytesPerClient"),
                        run.cell("diskBytesPerClientWhileOpen"),
                        run.cell("restartSeconds"),
                        run.cell("firstPollAfterRestartSeconds"))));
        return table;
    }

    private static List<String> clients(List<Figures> all) {
        return all.stream()
                .map(one -> one.text("clients"))
                .distinct()
                .sorted(Comparator.comparing(Long::valueOf))
                .toList();
    }

    private static Optional<Figures> run(List<Figures> all, String clients, Subject subject) {
        return all.stream()
                .filter(run -> run.is("clients", clients) && run.is("subject", subject.run()))
                .findFirst();
    }
}
