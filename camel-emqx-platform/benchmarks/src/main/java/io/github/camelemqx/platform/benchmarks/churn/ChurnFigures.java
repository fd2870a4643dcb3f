/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks.churn;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What came of a plan.
 *
 * @param polls how many there were: a few more than planned, until all was quiet
 * @param failed how many polls did not see everything
 * @param quiet how often all was quiet, and what was told held against what was true
 * @param events how many were told, by type
 * @param invented how many of them are not true, by type
 * @param inventedThoughWell how many of these are of clients whose node was well
 * @param missed clients of which something else was told than is true, over all quiet moments
 * @param absences how often a client of a node that was well was away from before a poll until after it, and came back
 * @param untold in how many of these the client was never told to be gone, but at the most to have reconnected
 * @param happened how often what happened, by sort
 */
record ChurnFigures(
        ChurnPlan plan,
        int polls,
        int failed,
        int quiet,
        Map<String, Integer> events,
        Map<String, Integer> invented,
        int inventedThoughWell,
        int missed,
        int absences,
        int untold,
        Map<String, Integer> happened) {

    /** How many events were told. */
    int told() {
        return sum(events);
    }

    /** How many of them are not true. */
    int wrong() {
        return sum(invented);
    }

    private static int sum(Map<String, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** For the file: nothing in anything. */
    Map<String, Object> flat() {
        Map<String, Object> flat = new LinkedHashMap<>();
        flat.put("subject", plan.observer());
        flat.put("generation", plan.generation());
        flat.put("seed", plan.seed());
        flat.put("clients", plan.clients());
        flat.put("pageSize", plan.pageSize());
        flat.put("polls", polls);
        flat.put("pollsFailed", failed);
        flat.put("quietMoments", quiet);
        flat.put("happened", sum(happened));
        flat.put("events", told());
        flat.put("invented", wrong());
        for (String type : List.of("connected", "reconnected", "disconnected", "deleted", "unreachable")) {
            flat.put("invented." + type, invented.getOrDefault(type, 0));
        }
        flat.put("invented.nodeWell", inventedThoughWell);
        flat.put("missed", missed);
        flat.put("absences", absences);
        flat.put("absencesUntold", untold);
        return flat;
    }
}
