/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks.calls;

import io.github.camelemqx.platform.benchmarks.Mean;
import io.github.camelemqx.platform.benchmarks.Samples;
import java.util.List;
import java.util.Optional;

/**
 * What one peer's calls took.
 *
 * @param call what was called
 * @param peer who called; RAW for the ceiling of the server
 * @param threads how many called at once
 * @param callsPerSecond of all threads together: the mean of its turns
 * @param callsPerSecondError half of the interval that has the mean with 95 % of confidence; not a number where there are too few
 *     rounds to tell
 * @param rounds calls a second in each round: the same round of two peers is next to each other in time
 * @param p50 the time that half of the calls took at most, in microseconds; the median of its turns, as all that follow
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
        List<Double> rounds,
        double p50,
        double p99,
        double cpuMicros,
        double allocatedBytes) {

    /** The name of the ceiling among peers. */
    static final String RAW = "RAW";

    /** Keeps what it is given unmodifiable. */
    public CallFigures {
        rounds = List.copyOf(rounds);
    }

    /** From the turns of one peer, one in each round. */
    static CallFigures of(Call call, String peer, int threads, List<Turn> turns) {
        List<Double> rates = turns.stream().map(Turn::callsPerSecond).toList();
        Mean rate = Mean.of(rates);
        return new CallFigures(
                call,
                peer,
                threads,
                rate.value(),
                rate.error(),
                rates,
                Samples.of(turns, Turn::p50).median(),
                Samples.of(turns, Turn::p99).median(),
                Samples.of(turns, Turn::cpuMicros).median(),
                Samples.of(turns, Turn::allocatedBytes).median());
    }

    /** Those of another peer for the same call and as many threads. */
    static Optional<CallFigures> of(List<CallFigures> all, Call call, String peer, int threads) {
        return all.stream()
                .filter(one -> one.call() == call && one.peer().equals(peer) && one.threads() == threads)
                .findFirst();
    }
}
