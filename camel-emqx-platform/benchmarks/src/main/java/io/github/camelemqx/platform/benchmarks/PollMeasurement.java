/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A watch, or the naive route, beside a bare parser, in one process by turns: polls without changes, with them, and the heap between
 * polls.
 */
final class PollMeasurement implements Measurement {

    /** So many exchanges, and what makes them is compiled. */
    private static final int WARM_EXCHANGES = 40_000;

    /** What a process's time is counted in: of a tiny fleet there may be none. */
    private static final double TICK = 0.01;

    private final Fleets fleets;

    /** What polls. */
    interface Fleets {
        PolledFleet of(Plan plan) throws Exception;
    }

    PollMeasurement(Fleets fleets) {
        this.fleets = fleets;
    }

    @Override
    public Map<String, Object> of(Plan plan) throws Exception {
        Map<String, Object> figures = new LinkedHashMap<>();
        try (PolledFleet watch = fleets.of(plan)) {
            ParserWalk parser = new ParserWalk(plan, watch.httpClient());
            // both have their connections and buffers before the heap is looked at
            parser.run();
            long before = Heap.used();
            Cost first = Cost.of(1, watch::pollInVain);
            watch.pollInVain();
            figures.put("heapBytesPerClient", (double) (Heap.used() - before) / plan.clients());
            figures.put("firstPollSeconds", first.seconds());
            figures.put("firstPollCpuSeconds", first.cpuSeconds());
            warmUp(plan, watch, parser);
            byTurns(plan, watch, parser, figures);
            changes(plan, watch, figures);
        }
        return figures;
    }

    private static void warmUp(Plan plan, PolledFleet watch, ParserWalk parser) throws Exception {
        double spent = 0;
        do {
            spent += Cost.of(1, watch::pollInVain).seconds();
            parser.run();
        } while (spent < plan.warmUpSeconds());
    }

    private static void byTurns(Plan plan, PolledFleet watch, ParserWalk parser, Map<String, Object> figures)
            throws Exception {
        List<Cost> polls = new ArrayList<>();
        List<Cost> walks = new ArrayList<>();
        int times = plan.listingsOfASample();
        for (int round = 0; round < plan.rounds(); round++) {
            if (round % 2 == 0) {
                polls.add(Cost.of(times, watch::pollInVain));
                walks.add(Cost.of(times, parser::run));
            } else {
                walks.add(Cost.of(times, parser::run));
                polls.add(Cost.of(times, watch::pollInVain));
            }
        }
        Samples poll = Samples.of(polls, Cost::cpuSeconds);
        Samples walk = Samples.of(walks, Cost::cpuSeconds);
        figures.put("pollCpuSeconds", poll);
        figures.put("parserCpuSeconds", walk);
        figures.put("cpuRatio", poll.median() / Math.max(walk.median(), TICK / times));
        figures.put("pollSeconds", Samples.of(polls, Cost::seconds));
        figures.put("parserSeconds", Samples.of(walks, Cost::seconds));
        figures.put("pollCpuNanosPerClient", poll.median() * 1e9 / plan.clients());
        double byPoll = Samples.of(polls, Cost::allocated).median() / plan.clients();
        double byParser = Samples.of(walks, Cost::allocated).median() / plan.clients();
        figures.put("pollAllocatedBytesPerClient", byPoll);
        figures.put("parserAllocatedBytesPerClient", byParser);
    }

    private static void changes(Plan plan, PolledFleet watch, Map<String, Object> figures) throws Exception {
        for (int told = 0; plan.warmUpSeconds() > 0 && told < WARM_EXCHANGES; told += plan.changes()) {
            watch.change();
            watch.pollChanges();
        }
        List<PolledFleet.Deliveries> deliveries = new ArrayList<>();
        List<Cost> polls = new ArrayList<>();
        for (int round = 0; round < plan.rounds(); round++) {
            watch.change();
            polls.add(Cost.of(1, () -> deliveries.add(watch.pollChanges())));
            watch.pollInVain();
        }
        figures.put("changes", plan.changes());
        figures.put("exchangesPerSecond", Samples.of(deliveries, PolledFleet.Deliveries::perSecond));
        figures.put("exchangesPerCpuSecond", Samples.of(deliveries, PolledFleet.Deliveries::perCpuSecond));
        figures.put("pollWithChangesSeconds", Samples.of(polls, Cost::seconds));
        figures.put("pollWithChangesCpuSeconds", Samples.of(polls, Cost::cpuSeconds));
    }
}
