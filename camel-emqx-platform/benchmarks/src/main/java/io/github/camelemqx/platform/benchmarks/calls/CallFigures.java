/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks.calls;

import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.util.Statistics;

/**
 * What one peer's calls took.
 *
 * @param call what was called
 * @param peer who called; RAW for the ceiling of the server
 * @param threads how many called at once
 * @param callsPerSecond of all threads together
 * @param callsPerSecondError half of the interval that has the mean with 99.9 % of confidence; not a number where there are too few
 *     rounds to tell
 * @param p50 the time that half of the calls took at most, in microseconds
 * @param p99 and 99 of 100
 * @param cpuMicros of the process, for each call
 * @param allocatedBytes for each call, of all threads
 */
public record CallFigures(
        Call call,
        String peer,
        int threads,
        double callsPerSecond,
        double callsPerSecondError,
        double p50,
        double p99,
        double cpuMicros,
        double allocatedBytes) {

    /** The name of the ceiling among peers. */
    static final String RAW = "RAW";

    /** From the two ways in which JMH measured the same: how many, and how long. */
    @SuppressWarnings("rawtypes") // so JMH declares them
    static CallFigures of(RunResult throughput, RunResult sampled) {
        String peer = throughput.getParams().getParam("peer");
        Statistics times = sampled.getPrimaryResult().getStatistics();
        return new CallFigures(
                Call.valueOf(throughput.getParams().getParam("call")),
                peer == null ? RAW : peer,
                throughput.getParams().getThreads(),
                throughput.getPrimaryResult().getScore(),
                throughput.getPrimaryResult().getScoreError(),
                times.getPercentile(50) * 1e6,
                times.getPercentile(99) * 1e6,
                secondary(throughput, CpuProfiler.NAME).orElse(Double.NaN) / 1e3,
                secondary(throughput, "gc.alloc.rate.norm").orElse(Double.NaN));
    }

    @SuppressWarnings("rawtypes") // so JMH declares them
    private static Optional<Double> secondary(RunResult result, String name) {
        return result.getSecondaryResults().entrySet().stream()
                .filter(entry -> entry.getKey().endsWith(name))
                .map(entry -> entry.getValue().getScore())
                .findFirst();
    }

    /** Those of another peer for the same call and as many threads. */
    static Optional<CallFigures> of(List<CallFigures> all, Call call, String peer, int threads) {
        return all.stream()
                .filter(one -> one.call() == call && one.peer().equals(peer) && one.threads() == threads)
                .findFirst();
    }
}
