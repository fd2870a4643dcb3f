/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks.page;

import io.github.camelemqx.platform.benchmarks.Mean;
import io.github.camelemqx.platform.benchmarks.Results;
import io.github.camelemqx.platform.benchmarks.Rounded;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Calls by the component and by its peers: for each call a plot of how many by the number of threads, and a table of all that was seen. */
final class CallsSection implements Section {

    /** Who calls, in the order of tables and legends. */
    private enum Caller {
        COMPONENT("emqx-platform", Look.CIRCLE),
        CAMEL_HTTP("camel-http", Look.SQUARE),
        HTTP_CLIENT("HttpClient 5", Look.TRIANGLE),
        JDK_CLIENT("JDK's client", Look.DIAMOND),
        RETROFIT("Retrofit", Look.POINTER),
        /** As fast as a call can be; far above others, it is in no plot. */
        RAW("ceiling of the server", null);

        private final String word;
        private final Look look;

        Caller(String word, Look look) {
            this.word = word;
            this.look = look;
        }
    }

    private static String words(String call) {
        return switch (call) {
            case "GET" -> "Get a client";
            case "KICK" -> "Kick a client";
            case "CREATE_USER" -> "Create a user";
            case "PUBLISH" -> "Publish a message";
            case "LIST" -> "List a thousand clients";
            default -> Words.headline(call);
        };
    }

    @Override
    public void tell(Results results, Page page) {
        List<Figures> all = results.figures().stream().map(Figures::new).toList();
        page.say("Calls a second are those of all threads together, ± half of the interval that has the mean with 95 %"
                + " of confidence (whiskers in plots); so are ratios, which are taken round by round: in a round, all have"
                + " their turn within half a minute, or a minute and a half for a list. Times are of single calls; CPU and bytes are those of the calling"
                + " process, for each call. The ceiling is what a loop over bare sockets gets from the same server: it is"
                + " in no plot.");
        for (String call : all.stream().map(one -> one.text("call")).distinct().toList()) {
            List<Figures> ofCall =
                    all.stream().filter(one -> one.is("call", call)).toList();
            page.headline(3, words(call));
            plot(call, ofCall, page);
            page.add(table(ofCall));
        }
    }

    private static void plot(String call, List<Figures> all, Page page) {
        List<Line> lines = new ArrayList<>();
        for (Caller caller : Caller.values()) {
            if (caller.look != null) {
                List<Point> points = all.stream()
                        .filter(one -> one.is("peer", caller.name()))
                        .map(CallsSection::point)
                        .toList();
                lines.add(new Line(caller.word, caller.look, points));
            }
        }
        page.plot(
                "calls-" + Words.of(call).replace(' ', '-'),
                words(call) + ": calls by number of threads",
                "threads, logarithmic",
                "calls a second",
                lines,
                LinearScale::over);
    }

    private static Point point(Figures one) {
        double rate = one.number("callsPerSecond");
        double error = one.number("callsPerSecondError");
        return new Point(one.number("threads"), rate, rate - error, rate + error);
    }

    private static Table table(List<Figures> all) {
        Table table = new Table(List.of(
                "threads",
                "by",
                "calls/s",
                "of HttpClient's",
                "of camel-http's",
                "p50 µs",
                "p99 µs",
                "CPU µs",
                "bytes allocated"));
        all.stream()
                .sorted(Comparator.<Figures>comparingDouble(one -> one.number("threads"))
                        .thenComparing(one -> Caller.valueOf(one.text("peer"))))
                .forEach(one -> table.row(List.of(
                        one.cell("threads"),
                        Caller.valueOf(one.text("peer")).word,
                        rate(one),
                        ratio(one, all, Caller.HTTP_CLIENT),
                        ratio(one, all, Caller.CAMEL_HTTP),
                        one.cell("p50"),
                        one.cell("p99"),
                        one.cell("cpuMicros"),
                        one.cell("allocatedBytes"))));
        return table;
    }

    private static String rate(Figures one) {
        return withError(one.cell("callsPerSecond"), one.cell("callsPerSecondError"));
    }

    private static String ratio(Figures one, List<Figures> all, Caller other) {
        return all.stream()
                .filter(peer -> peer.is("peer", other.name()) && peer.number("threads") == one.number("threads"))
                .map(peer -> Mean.ofRatios(one.numbers("rounds"), peer.numbers("rounds")))
                .map(mean -> withError(Rounded.of(mean.value()), Rounded.of(mean.error())))
                .findFirst()
                .orElse("");
    }

    private static String withError(String value, String error) {
        return error.isEmpty() ? value : value + " ± " + error;
    }
}
