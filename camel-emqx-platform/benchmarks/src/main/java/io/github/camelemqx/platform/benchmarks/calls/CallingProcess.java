/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks.calls;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.NoSuchElementException;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;

/** A process that makes one call by one peer whenever it is told to: those that are compared take turns, each measured by JMH. */
public final class CallingProcess {

    private final String port;
    private final String call;
    private final String peer;

    private CallingProcess(String port, String call, String peer) {
        this.port = port;
        this.call = call;
        this.peer = peer;
    }

    /**
     * Answers each line, of how many threads and how many milliseconds, with a {@link Turn} as a line of JSON, until
     * there are no more.
     *
     * @param args the port of {@link CallServer}, the call, the peer or RAW
     */
    public static void main(String[] args) throws IOException, RunnerException {
        PrintStream answers = System.out;
        // what JMH has to say is no answer
        System.setOut(System.err);
        CallingProcess process = new CallingProcess(args[0], args[1], args[2]);
        ObjectMapper json = new ObjectMapper();
        BufferedReader told = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = told.readLine(); line != null; line = told.readLine()) {
            String[] words = line.split(" ", 2);
            Turn turn = process.turn(Integer.parseInt(words[0]), Long.parseLong(words[1]));
            answers.println(json.writeValueAsString(turn));
        }
    }

    private Turn turn(int threads, long millis) throws RunnerException {
        boolean raw = peer.equals(CallFigures.RAW);
        ChainedOptionsBuilder run = new OptionsBuilder()
                .include("^" + (raw ? RawCalls.class : CallBenchmark.class).getName() + "\\.")
                .mode(Mode.Throughput)
                .mode(Mode.SampleTime)
                .forks(0)
                .threads(threads)
                // for connections that have been closed meanwhile, and threads
                .warmupIterations(1)
                .warmupTime(TimeValue.milliseconds(Math.max(1, millis / 5)))
                .measurementIterations(1)
                .measurementTime(TimeValue.milliseconds(millis))
                .addProfiler(GCProfiler.class)
                .addProfiler(CpuProfiler.class)
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true)
                .param("port", port)
                .param("call", call);
        if (!raw) {
            run.param("peer", peer);
        }
        Collection<RunResult> results = new Runner(run.build()).run();
        RunResult counted = of(results, Mode.Throughput);
        Statistics times = of(results, Mode.SampleTime).getPrimaryResult().getStatistics();
        return new Turn(
                counted.getPrimaryResult().getScore(),
                times.getPercentile(50) * 1e6,
                times.getPercentile(99) * 1e6,
                secondary(counted, CpuProfiler.NAME) / 1e3,
                secondary(counted, "gc.alloc.rate.norm"));
    }

    private static RunResult of(Collection<RunResult> results, Mode mode) {
        return results.stream()
                .filter(result -> result.getParams().getMode() == mode)
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("JMH measured no " + mode));
    }

    @SuppressWarnings("rawtypes") // so JMH declares them
    private static double secondary(RunResult result, String name) {
        return result.getSecondaryResults().entrySet().stream()
                .filter(entry -> entry.getKey().endsWith(name))
                .mapToDouble(entry -> entry.getValue().getScore())
                .findFirst()
                .orElse(Double.NaN);
    }
}
