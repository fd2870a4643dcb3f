/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.watch;

import io.github.camelemqx.platform.catalog.Names;
import io.github.camelemqx.platform.catalog.Operation;
import io.github.camelemqx.platform.catalog.Resource;
import io.github.camelemqx.platform.catalog.ResultShape;
import io.github.camelemqx.platform.catalog.Watchable;
import java.time.Duration;
import java.util.List;

/**
 * What a route wants of a watch.
 *
 * @param resource the watched resource
 * @param watchable how it is watched
 * @param events the types of events to emit
 * @param fields whose change is an event
 * @param metricNames patterns of metrics, empty for all
 * @param minDelta the least change of a metric that is an event; smaller ones add up
 * @param batch whether the changes of metrics of one poll are one event
 * @param emitInitial whether the first poll emits what is there
 * @param confirmRemovals whether a missing row is looked for a second time before it is gone
 * @param nodeGrace how long a node must be back before rows that are missing on it are gone
 * @param nodeLossTimeout how long a node may be away before its rows are gone
 */
public record WatchSettings(
        Resource resource,
        Watchable watchable,
        List<String> events,
        List<String> fields,
        List<String> metricNames,
        long minDelta,
        boolean batch,
        boolean emitInitial,
        boolean confirmRemovals,
        Duration nodeGrace,
        Duration nodeLossTimeout) {

    /**
     * Fills in what the catalogue knows.
     *
     * @param events empty for all
     * @param fields empty for those of the catalogue
     * @throws IllegalArgumentException for a type of event that the resource does not have, and for what is said of metrics
     *     where there are none
     */
    public WatchSettings {
        List<String> types = types(watchable.kind());
        for (String event : events) {
            if (!types.contains(event)) {
                throw new IllegalArgumentException("A watch of " + resource.name() + " has no event '" + event
                        + "' (option events); it has: " + Names.nearestFirst(event, types));
            }
        }
        if (minDelta < 1) {
            throw new IllegalArgumentException("Option minDelta must be at least 1, not " + minDelta);
        }
        if (!watchable.ofNumbers() && (batch || minDelta > 1 || !metricNames.isEmpty())) {
            String option = batch ? "batch" : minDelta > 1 ? "minDelta" : "metricNames";
            throw new IllegalArgumentException("Option " + option
                    + " is for watches of numbers such as metrics and stats," + " not of " + resource.name());
        }
        events = events.isEmpty() ? types : List.copyOf(events);
        fields = fields.isEmpty() ? watchable.fields() : List.copyOf(fields);
        metricNames = List.copyOf(metricNames);
    }

    private static List<String> types(Watchable.Kind kind) {
        return switch (kind) {
            case CLIENTS -> ClientTransitions.TYPES;
            case ROWS -> RowTransitions.TYPES;
            case METRICS, GAUGES -> List.of(MetricWatch.CHANGED);
        };
    }

    /** How often the API's limits let a watch of these settings poll. */
    public PollBudget budget() {
        Operation listing = resource.operation(watchable.listing());
        boolean listedTwice = confirmRemovals
                && !watchable.ofNumbers()
                && watchable.confirmation() == null
                && listing.result() != ResultShape.OBJECT;
        return new PollBudget(listing, listedTwice ? 2 : 1);
    }
}
