/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** What a watch promises of its growth: looked at with the largest fleet of each format. */
final class ScaleTargets {

    /** An object takes 16 bytes: who makes none for a row stays below. */
    private static final double LESS_THAN_AN_OBJECT = 16;

    private ScaleTargets() {}

    /** All that can be told of what was measured. */
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
        String subject = largest.format() + ", " + Rounded.of(largest.clients()) + " clients";
        targets.add(Target.atMost("bytes of heap a client", subject, largest.figure("heapBytesPerClient"), 100));
        targets.add(Target.atMost("CPU of a poll / of a bare parser", subject, largest.figure("cpuRatio"), 1.5));
        targets.add(Target.atMost(
                "CPU a client / with " + Rounded.of(smallest.clients()) + " clients",
                subject,
                largest.figure("pollCpuNanosPerClient") / smallest.figure("pollCpuNanosPerClient"),
                1.3));
        targets.add(Target.atLeast(
                "exchanges a second, " + Rounded.of((long) largest.figure("changes")) + " changes",
                subject,
                largest.figure("exchangesPerSecond"),
                50_000));
        targets.add(Target.atMost(
                "bytes allocated a client beyond the parser's",
                subject,
                largest.figure("pollAllocatedBytesPerClient") - largest.figure("parserAllocatedBytesPerClient"),
                LESS_THAN_AN_OBJECT));
    }

    private static List<Run> select(List<Run> runs, Predicate<Run> wanted) {
        return runs.stream()
                .filter(wanted)
                .sorted(Comparator.comparingInt(Run::clients))
                .toList();
    }
}
