/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * What a figure is to be, and is.
 *
 * @param what in words
 * @param atMost whether the bound is an upper one
 * @param met whether the figure keeps to it
 */
record Target(String what, RowFormat format, int clients, double value, boolean atMost, double bound, boolean met) {

    /** An object takes 16 bytes: who makes none for a row stays below. */
    private static final double LESS_THAN_AN_OBJECT = 16;

    private static Target of(String what, Run run, double value, boolean atMost, double bound) {
        return new Target(
                what, run.format(), run.clients(), value, atMost, bound, atMost ? value <= bound : value >= bound);
    }

    /** The targets of what was measured: those of the largest fleet, for each format. */
    static List<Target> of(List<Run> runs) {
        List<Target> targets = new ArrayList<>();
        for (RowFormat format : RowFormat.values()) {
            List<Run> polls = select(runs, run -> run.subject() == Plan.Subject.POLL && run.format() == format);
            if (!polls.isEmpty()) {
                of(polls.get(0), polls.get(polls.size() - 1), targets);
            }
        }
        return targets;
    }

    private static void of(Run smallest, Run largest, List<Target> targets) {
        targets.add(of("bytes of heap a client", largest, largest.figure("heapBytesPerClient"), true, 100));
        targets.add(of("CPU of a poll / of a bare parser", largest, largest.figure("cpuRatio"), true, 1.5));
        targets.add(of(
                "CPU a client / with " + smallest.clients() + " clients",
                largest,
                largest.figure("pollCpuNanosPerClient") / smallest.figure("pollCpuNanosPerClient"),
                true,
                1.3));
        targets.add(of(
                "exchanges a second, " + (int) largest.figure("changes") + " changes",
                largest,
                largest.figure("exchangesPerSecond"),
                false,
                50_000));
        targets.add(of(
                "bytes allocated a client beyond the parser's",
                largest,
                largest.figure("pollAllocatedBytesPerClient") - largest.figure("parserAllocatedBytesPerClient"),
                true,
                LESS_THAN_AN_OBJECT));
    }

    private static List<Run> select(List<Run> runs, Predicate<Run> wanted) {
        return runs.stream()
                .filter(wanted)
                .sorted(Comparator.comparingInt(Run::clients))
                .toList();
    }
}
