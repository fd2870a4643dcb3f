/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.prometheus;

import io.github.camelemqx.platform.model.MetricChange;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The broker's numbers as meters: {@code messages.received} becomes the counter {@code emqx_messages_received_total},
 * {@code sessions.count} the gauge {@code emqx_sessions}. They are of the whole deployment, and as many as the properties
 * name: nothing that a client chooses becomes a name or a label.
 */
public final class BrokerMeters {

    private final Map<String, Counter> counters = new HashMap<>();
    private final Map<String, AtomicLong> gauges = new HashMap<>();

    /** All of them are there from the beginning, so that a graph begins with zero and not with the first change. */
    BrokerMeters(MeterRegistry registry, List<String> counters, List<String> gauges) {
        counters.forEach(name -> this.counters.put(name, registry.counter("emqx." + name)));
        gauges.forEach(name ->
                this.gauges.put(name, registry.gauge("emqx." + name.replaceFirst("\\.count$", ""), new AtomicLong())));
    }

    /**
     * Counters get what was added. A node that restarts begins at zero again: the watch has seen that and tells what came after
     * it, never less than nothing.
     */
    public void count(List<?> changes) {
        changes.stream().map(MetricChange.class::cast).forEach(change -> counters.get(change.name())
                .increment((double) change.delta()));
    }

    /** Gauges are what is. */
    public void set(List<?> changes) {
        changes.stream().map(MetricChange.class::cast).forEach(change -> gauges.get(change.name())
                .set(change.current()));
    }
}
