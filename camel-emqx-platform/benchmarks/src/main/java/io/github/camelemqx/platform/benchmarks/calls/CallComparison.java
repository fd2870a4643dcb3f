/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks.calls;

import io.github.camelemqx.platform.benchmarks.Jvm;
import io.github.camelemqx.platform.benchmarks.Options;
import io.github.camelemqx.platform.benchmarks.Results;
import io.github.camelemqx.platform.benchmarks.Target;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Measures calls of the component and of its peers by JMH, against one server, in one run. Prints tables and whether the targets are
 * met, and writes both as JSON; nothing fails because of a figure.
 */
public final class CallComparison {

    /**
     * With {@code -Xbatch}, who wants a method compiled waits for it. Otherwise the compiler has to wait for processors that many callers want
     * too, and what is measured for a minute is how far it has come: between two runs of one peer that made a factor of two and a half.
     */
    private static final List<String> JVM =
            List.of("-Xms1g", "-Xmx1g", "-Xbatch", "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");

    private static final String WHAT =
            "One call to a server that answers at once, from one or many threads: a route with the component,"
                    + " and what people would write instead, in one run.";

    private final Options options;
    private final List<CallFigures> figures = new ArrayList<>();

    CallComparison(Options options) {
        this.options = options;
    }

    /**
     * Measures.
     *
     * @param args any of {@code calls=GET,KICK,CREATE_USER,PUBLISH,LIST peers=COMPONENT,CAMEL_HTTP,HTTP_CLIENT,JDK_CLIENT,RETROFIT
     *     threads=1,16,128 forks=3 rounds=3 seconds=1 warmUp=12 out=target/calls.json}
     */
    public static void main(String[] args) throws Exception {
        new CallComparison(Options.of(args, "calls", "peers", "threads", "forks", "rounds", "seconds", "warmUp", "out"))
                .run();
    }

    /** Measures, prints and writes the file. */
    List<CallFigures> run() throws Exception {
        try (Jvm server = new Jvm(List.of("-Xmx512m", "-XX:+UseSerialGC"), CallServer.class)) {
            String port = server.line();
            for (String threads : options.list("threads", "1,16,128")) {
                for (String call : options.list("calls", names(Call.values()))) {
                    measure(port, call, Integer.parseInt(threads));
                    // each time: it takes long, and what is there is not lost with what fails later
                    Results.of(WHAT, CallTargets.of(figures), figures)
                            .write(Path.of(options.text("out", "target/calls.json")));
                }
            }
        }
        System.out.println(Target.text(CallTargets.of(figures)));
        return figures;
    }

    private void measure(String port, String call, int threads) throws Exception {
        add(run(RawCalls.class, port, call, threads, null));
        add(run(CallBenchmark.class, port, call, threads, options.list("peers", names(Peer.Kind.values()))));
        System.out.println(table(Call.valueOf(call), threads));
    }

    /** How many calls there are is counted in several processes, which differ; how long one takes is looked at in one. */
    private Collection<RunResult> run(Class<?> benchmark, String port, String call, int threads, List<String> peers)
            throws Exception {
        List<RunResult> results = new ArrayList<>();
        int forks = options.number("forks", 3);
        results.addAll(run(benchmark, port, call, threads, peers, Mode.Throughput, forks));
        results.addAll(run(benchmark, port, call, threads, peers, Mode.SampleTime, Math.min(1, forks)));
        return results;
    }

    private Collection<RunResult> run(
            Class<?> benchmark, String port, String call, int threads, List<String> peers, Mode mode, int forks)
            throws Exception {
        ChainedOptionsBuilder run = new OptionsBuilder()
                .include("^" + benchmark.getName() + "\\.")
                .mode(mode)
                .forks(forks)
                .threads(threads)
                .warmupIterations(1)
                .warmupTime(seconds("warmUp", 12))
                .measurementIterations(options.number("rounds", 3))
                .measurementTime(seconds("seconds", 1))
                .addProfiler(GCProfiler.class)
                .addProfiler(CpuProfiler.class)
                .jvmArgsAppend(JVM.toArray(String[]::new))
                .shouldFailOnError(true)
                .param("port", port)
                .param("call", call);
        if (peers != null) {
            run.param("peer", peers.toArray(String[]::new));
        }
        return new Runner(run.build()).run();
    }

    private void add(Collection<RunResult> results) {
        for (RunResult throughput : results) {
            if (throughput.getParams().getMode() == Mode.Throughput) {
                RunResult sampled = results.stream()
                        .filter(other -> other.getParams().getMode() == Mode.SampleTime)
                        .filter(other -> String.valueOf(other.getParams().getParam("peer"))
                                .equals(String.valueOf(throughput.getParams().getParam("peer"))))
                        .findFirst()
                        .orElseThrow();
                figures.add(CallFigures.of(throughput, sampled));
            }
        }
    }

    private String table(Call call, int threads) {
        StringBuilder text = new StringBuilder(String.format("%n%s, %d threads%n", call, threads));
        text.append(String.format(
                "  %-12s %12s %10s %10s %10s %10s %12s%n", "", "calls/s", "+-", "p50 us", "p99 us", "CPU us", "bytes"));
        for (CallFigures one : figures) {
            if (one.call() == call && one.threads() == threads) {
                text.append(String.format(
                        Locale.ROOT,
                        "  %-12s %,12.0f %,10.0f %,10.0f %,10.0f %,10.1f %,12.0f%n",
                        one.peer(),
                        one.callsPerSecond(),
                        one.callsPerSecondError(),
                        one.p50(),
                        one.p99(),
                        one.cpuMicros(),
                        one.allocatedBytes()));
            }
        }
        return text.toString();
    }

    private static String names(Enum<?>[] all) {
        return String.join(",", Arrays.stream(all).map(Enum::name).toList());
    }

    private TimeValue seconds(String name, double usual) {
        return TimeValue.milliseconds((long) (options.decimal(name, usual) * 1000));
    }
}
