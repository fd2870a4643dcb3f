/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.watch;

import io.github.camelemqx.platform.catalog.Operation;
import io.github.camelemqx.platform.client.Arguments;
import io.github.camelemqx.platform.exception.EmqxPlatformException;
import io.github.camelemqx.platform.model.MetricChange;
import io.github.camelemqx.platform.watch.WatchState.Section;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.camel.support.PatternHelper;

/**
 * Watches counters. They are read node by node, and what each node counted is added up here: sums of the broker drop
 * and jump with its nodes (emqx-api/clusters.md, "What a poller should rely on", 9).
 */
final class MetricWatch extends Watch {

    static final String CHANGED = "changed";

    private static final String NOTE = "counters";

    private final WatchSettings settings;
    private final Sources sources;
    private final Operation metrics;
    private final boolean aggregate;
    /** The counters of each node at the last poll, to see that it started again. */
    private final Map<String, Map<String, Long>> lastOfNode = new HashMap<>();
    /** How often each node started again while it was watched. */
    private final Map<String, Long> startsOfNode = new HashMap<>();

    private Set<String> heldAtLastPoll = new HashSet<>();
    private Instant lastPoll;

    MetricWatch(WatchSettings settings, Sources sources) {
        super(settings, sources);
        this.settings = settings;
        this.sources = sources;
        this.metrics = settings.resource().operation(settings.watchable().listing());
        this.aggregate = !Boolean.FALSE.equals(sources.filters().values().get("aggregate"));
        recall(sources.state().get(Section.NOTES, NOTE));
    }

    @Override
    public void poll() throws EmqxPlatformException {
        Instant now = sources.clock().instant();
        Map<String, Map<String, Long>> byNode = read();
        byNode.forEach((node, values) -> {
            if (startedAgain(lastOfNode.get(node), values)) {
                startsOfNode.merge(node, 1L, Long::sum);
            }
            lastOfNode.put(node, values);
        });
        boolean emit = hasBaseline() || settings.emitInitial();
        List<WatchEvent> events = new ArrayList<>();
        Set<String> held = new HashSet<>();
        for (Map.Entry<String, Map<String, Count>> metric : byKey(byNode).entrySet()) {
            String key = metric.getKey();
            if (outbox().holds(key)) {
                held.add(key);
            } else {
                compare(key, metric.getValue(), now, emit, events);
            }
        }
        outbox().add(events);
        baseline();
        heldAtLastPoll = held;
        lastPoll = now;
        remember(now);
    }

    /** A node that starts again while nobody looks must be seen to have done so. */
    private void remember(Instant now) {
        Map<String, Object> note =
                Map.of("at", now.toString(), "last", new TreeMap<>(lastOfNode), "starts", new TreeMap<>(startsOfNode));
        Map<String, Object> before = sources.state().get(Section.NOTES, NOTE);
        boolean moved = before == null
                || !Transitions.same(before.get("last"), note.get("last"))
                || !Transitions.same(before.get("starts"), note.get("starts"));
        if (moved) {
            sources.state().put(Section.NOTES, NOTE, note);
        }
    }

    private void recall(Map<String, Object> note) {
        if (note == null) {
            return;
        }
        lastPoll = Instant.parse((String) note.get("at"));
        ((Map<?, ?>) note.get("last")).forEach((node, values) -> {
            Map<String, Long> counters = new TreeMap<>();
            ((Map<?, ?>) values).forEach((name, value) -> counters.put(name.toString(), ((Number) value).longValue()));
            lastOfNode.put(node.toString(), counters);
        });
        ((Map<?, ?>) note.get("starts"))
                .forEach((node, starts) -> startsOfNode.put(node.toString(), ((Number) starts).longValue()));
    }

    /**
     * What one node counts.
     *
     * @param value the broker's number
     * @param starts how often the node had started again then: numbers of different starts do not compare
     */
    private record Count(long value, long starts) {

        /** What was counted since an earlier look. */
        long since(Count earlier) {
            return earlier.starts == starts ? value - earlier.value : value;
        }
    }

    private Map<String, Map<String, Long>> read() throws EmqxPlatformException {
        Map<String, Object> filters = new HashMap<>(sources.filters().values());
        filters.put("aggregate", false);
        Object body =
                sources.deployment().get().call(metrics, Arguments.of(filters)).body();
        Map<String, Map<String, Long>> byNode = new TreeMap<>();
        for (Object row : (List<?>) body) {
            Map<?, ?> node = (Map<?, ?>) row;
            Map<String, Long> values = new TreeMap<>();
            ((Map<?, ?>) node.get(settings.resource().name())).forEach((name, value) -> {
                if (value instanceof Number number && wanted(name.toString())) {
                    values.put(name.toString(), number.longValue());
                }
            });
            byNode.put(String.valueOf(node.get("node")), values);
        }
        return byNode;
    }

    private boolean wanted(String name) {
        List<String> patterns = settings.metricNames();
        return patterns.isEmpty() || patterns.stream().anyMatch(pattern -> PatternHelper.matchPattern(name, pattern));
    }

    /** A counter that fell: the node started again, and with it all its counters. */
    private static boolean startedAgain(Map<String, Long> before, Map<String, Long> now) {
        return before != null
                && now.entrySet().stream()
                        .anyMatch(metric -> metric.getValue() < before.getOrDefault(metric.getKey(), 0L));
    }

    /** The counts by what events are about: a metric over all nodes, or a metric of one node. */
    private Map<String, Map<String, Count>> byKey(Map<String, Map<String, Long>> byNode) {
        Map<String, Map<String, Count>> byKey = new TreeMap<>();
        byNode.forEach((node, values) -> values.forEach(
                (name, value) -> byKey.computeIfAbsent(aggregate ? name : name + "@" + node, key -> new TreeMap<>())
                        .put(node, new Count(value, startsOfNode.getOrDefault(node, 0L)))));
        return byKey;
    }

    private void compare(String key, Map<String, Count> now, Instant at, boolean emit, List<WatchEvent> events) {
        Baseline before = Baseline.of(sources.state().row(key));
        Map<String, Count> counts = new TreeMap<>(before == null ? Map.of() : before.counts());
        long delta = 0;
        for (Map.Entry<String, Count> node : now.entrySet()) {
            Count earlier = counts.put(node.getKey(), node.getValue());
            // a node that comes brings its past along: that was not counted now
            delta += earlier == null ? 0 : node.getValue().since(earlier);
        }
        boolean first = before == null;
        long sum = now.values().stream().mapToLong(Count::value).sum();
        long previous = first ? 0 : before.total();
        if (first && emit && settings.emitInitial()) {
            delta = sum;
        }
        long current = first || !aggregate ? sum : previous + delta;
        Map<String, Object> row = new Baseline(current, at, counts).row();
        if (delta == 0 || !emit) {
            // what has not moved is not written again and again
            if (first || !counts.equals(before.counts())) {
                sources.state().put(key, row);
            }
            return;
        }
        Instant since = heldAtLastPoll.contains(key) || lastPoll == null ? first ? at : before.at() : lastPoll;
        double seconds = Duration.between(since, at).toNanos() / 1e9;
        String node = aggregate ? null : now.keySet().iterator().next();
        String name = aggregate ? key : key.substring(0, key.length() - node.length() - 1);
        MetricChange change =
                new MetricChange(name, node, previous, current, delta, seconds > 0 ? delta / seconds : 0, at);
        Map<String, Object> fields = node == null ? Map.of() : Map.of("node", node);
        events.add(new WatchEvent(ids().next(), CHANGED, key, name, fields, change, at, row));
    }

    /**
     * What was delivered last of a metric, as the state keeps it.
     *
     * @param total the value that the last event told
     * @param at when that was
     * @param counts of the nodes at that time
     */
    private record Baseline(long total, Instant at, Map<String, Count> counts) {

        static Baseline of(Map<String, Object> row) {
            if (row == null) {
                return null;
            }
            Map<String, Count> counts = new TreeMap<>();
            ((Map<?, ?>) row.get("counts")).forEach((node, count) -> {
                List<?> pair = (List<?>) count;
                counts.put(
                        node.toString(),
                        new Count(((Number) pair.get(0)).longValue(), ((Number) pair.get(1)).longValue()));
            });
            return new Baseline(((Number) row.get("total")).longValue(), Instant.parse((String) row.get("at")), counts);
        }

        Map<String, Object> row() {
            Map<String, Object> plain = new TreeMap<>();
            counts.forEach((node, count) -> plain.put(node, List.of(count.value(), count.starts())));
            return Map.of("total", total, "at", at.toString(), "counts", plain);
        }
    }
}
