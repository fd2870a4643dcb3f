/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.watch;

import io.github.camelemqx.platform.catalog.Operation;
import io.github.camelemqx.platform.catalog.Watchable;
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
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.support.PatternHelper;

/**
 * Watches numbers: counters, and gauges that go up and down. They are read node by node, and what changed on each node is
 * added up here: sums of the broker drop and jump with its nodes (emqx-api/clusters.md, "What a poller should rely on",
 * 9).
 */
final class MetricWatch extends Watch {

    static final String CHANGED = "changed";

    /** The key of the one event of all metrics of a batch, whose row holds the rows of each; no metric is called so. */
    private static final String BATCH = "*";

    /** Where a number is kept that every node tells of the whole cluster. */
    private static final String CLUSTER = "";

    private static final String NOTE = "counters";

    private final WatchSettings settings;
    private final Sources sources;
    private final Operation metrics;
    private final boolean aggregate;
    private final boolean gauges;
    private final WatchState state;
    /** What was delivered last of each metric. */
    private final Map<String, Baseline> baselines = new ConcurrentHashMap<>();
    /** The counters of each node at the last poll, to see that it started again. */
    private final Map<String, Map<String, Long>> lastOfNode = new HashMap<>();
    /** All of them, those that nobody wants too: with clients back, one by itself may read as before (clusters.md, v5 (b)). */
    private Map<String, Map<String, Long>> allOfNode = Map.of();
    /** How often each node started again while it was watched. */
    private final Map<String, Long> startsOfNode = new HashMap<>();

    /** The metrics that were not compared at the last poll. */
    private Set<String> heldAtLastPoll = Set.of();
    /** The last poll at which metrics were compared. */
    private Instant lastPoll;

    MetricWatch(WatchSettings settings, Sources sources) {
        super(settings, sources);
        this.settings = settings;
        this.sources = sources;
        this.metrics = settings.resource().operation(settings.watchable().listing());
        this.gauges = settings.watchable().kind() == Watchable.Kind.GAUGES;
        this.aggregate = !Boolean.FALSE.equals(sources.filters().values().get("aggregate"));
        this.state = sources.state();
        if (hasBaseline()) {
            recall(notes().get(NOTE));
            state.read(Section.ROWS, (key, row) -> baselines.put(key, Baseline.of(row)));
            restore();
            heldAtLastPoll = outbox().keys();
        }
    }

    @Override
    public int size() {
        return baselines.size();
    }

    @Override
    void look(Progress progress) throws EmqxPlatformException {
        Instant now = sources.clock().instant();
        Map<String, Map<String, Long>> read = read();
        progress.called(1);
        Map<String, Map<String, Long>> byNode = new TreeMap<>();
        read.forEach((node, all) -> {
            Map<String, Long> values = new TreeMap<>(all);
            values.keySet().removeIf(name -> !wanted(name));
            byNode.put(node, values);
            progress.rows(values.size());
            if (startedAgain(lastOfNode.get(node), values) || startedAgain(allOfNode.get(node), all)) {
                startsOfNode.merge(node, 1L, Long::sum);
            }
            lastOfNode.put(node, values);
        });
        Map<String, Map<String, Long>> all = new HashMap<>(allOfNode);
        all.putAll(read);
        allOfNode = all;
        // a state may have events that were batched differently when the route had other options
        if (outbox().holds(BATCH) || (settings.batch() && !outbox().isEmpty())) {
            // what is told together is compared together, when all that waits has arrived
            remember();
            return;
        }
        boolean emit = hasBaseline() || settings.emitInitial();
        heldAtLastPoll = settings.batch()
                ? compareTogether(byKey(byNode), now, emit, progress)
                : compareEach(byKey(byNode), now, emit, progress);
        lastPoll = now;
        remember();
        baseline();
    }

    /** A node that starts again while nobody looks must be seen to have done so. */
    private void remember() {
        Map<String, Object> last = new TreeMap<>(lastOfNode);
        Map<String, Object> starts = new TreeMap<>(startsOfNode);
        Map<String, Object> before = notes().get(NOTE);
        boolean moved = before == null
                || !Transitions.same(before.get("last"), last)
                || !Transitions.same(before.get("starts"), starts);
        if (moved) {
            notes().put(NOTE, Map.of("at", lastPoll.toString(), "last", last, "starts", starts));
        }
    }

    private void recall(Map<String, Object> note) {
        lastPoll = Instant.parse((String) note.get("at"));
        ((Map<?, ?>) note.get("last")).forEach((node, values) -> {
            Map<String, Long> counters = new TreeMap<>();
            ((Map<?, ?>) values).forEach((name, value) -> counters.put(name.toString(), ((Number) value).longValue()));
            lastOfNode.put(node.toString(), counters);
        });
        ((Map<?, ?>) note.get("starts"))
                .forEach((node, starts) -> startsOfNode.put(node.toString(), ((Number) starts).longValue()));
    }

    /** Each metric is an event of its own. */
    private Set<String> compareEach(
            Map<String, Map<String, Count>> metrics, Instant now, boolean emit, Progress progress) {
        Set<String> held = new HashSet<>();
        List<WatchEvent> events = new ArrayList<>();
        metrics.forEach((key, counts) -> {
            if (outbox().holds(key)) {
                held.add(key);
                return;
            }
            Compared compared = compare(key, counts, now, emit);
            MetricChange change = compared.change();
            if (change == null) {
                note(key, compared.baseline());
            } else {
                Map<String, Object> fields = change.node() == null ? Map.of() : Map.of("node", change.node());
                Map<String, Object> row = compared.baseline().row();
                events.add(new WatchEvent(ids().next(), CHANGED, key, change.name(), fields, change, now, row));
            }
        });
        outbox().add(events);
        events.forEach(event -> progress.event(event.type()));
        return held;
    }

    /** All that changed is one event, in the order of names. */
    private Set<String> compareTogether(
            Map<String, Map<String, Count>> metrics, Instant now, boolean emit, Progress progress) {
        Map<String, Baseline> looks = new TreeMap<>();
        List<MetricChange> changes = new ArrayList<>();
        metrics.forEach((key, counts) -> {
            Compared compared = compare(key, counts, now, emit);
            looks.put(key, compared.baseline());
            if (compared.change() != null) {
                changes.add(compared.change());
            }
        });
        if (changes.isEmpty()) {
            looks.forEach(this::note);
        } else {
            String name = settings.resource().name();
            Map<String, Object> rows = new TreeMap<>();
            looks.forEach((key, look) -> {
                if (look.hasMovedFrom(baselines.get(key))) {
                    rows.put(key, look.row());
                }
            });
            progress.event(CHANGED);
            outbox().add(List.of(
                    new WatchEvent(ids().next(), CHANGED, BATCH, name, Map.of(), List.copyOf(changes), now, rows)));
        }
        return Set.of();
    }

    @Override
    void moveOn(WatchEvent event) {
        String key = event.key();
        Map<String, Object> row = event.row();
        if (BATCH.equals(key)) {
            row.forEach((metric, ofMetric) -> note(metric, Baseline.of(fields(ofMetric))));
        } else {
            note(key, Baseline.of(row));
        }
    }

    @Override
    void settle() {
        // deliveries have done so themselves
    }

    /** What has not moved is not written again and again. */
    private void note(String key, Baseline baseline) {
        if (baseline.hasMovedFrom(baselines.get(key))) {
            baselines.put(key, baseline);
            state.put(Section.ROWS, key, baseline.row());
        }
    }

    @Override
    boolean haveNewFields() {
        // metrics have none that are watched one by one
        return true;
    }

    /** A row within the row of a batch; names are text there. */
    @SuppressWarnings("unchecked")
    private static Map<String, Object> fields(Object row) {
        return (Map<String, Object>) row;
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
                if (value instanceof Number number) {
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

    /** A counter that fell: the node started again, and with it all its counters. Gauges fall as they like. */
    private boolean startedAgain(Map<String, Long> before, Map<String, Long> now) {
        return !gauges
                && before != null
                && now.entrySet().stream()
                        .anyMatch(metric -> metric.getValue() < before.getOrDefault(metric.getKey(), 0L));
    }

    /** The counts by what events are about: a metric over all nodes, or a metric of one node. */
    private Map<String, Map<String, Count>> byKey(Map<String, Map<String, Long>> byNode) {
        Map<String, Map<String, Count>> byKey = new TreeMap<>();
        byNode.forEach((node, values) -> values.forEach((name, value) -> {
            boolean shared = aggregate && metrics.shared().contains(name);
            byKey.computeIfAbsent(aggregate ? name : name + "@" + node, key -> new TreeMap<>())
                    .merge(
                            shared ? CLUSTER : node,
                            new Count(value, startsOfNode.getOrDefault(node, 0L)),
                            (one, other) -> one.value() < other.value() ? other : one);
        }));
        return byKey;
    }

    /**
     * What came of a look at a metric.
     *
     * @param change null when there is nothing to tell
     * @param baseline what the state becomes, with the delivery of the change if there is one
     */
    private record Compared(MetricChange change, Baseline baseline) {}

    private Compared compare(String key, Map<String, Count> now, Instant at, boolean emit) {
        Baseline before = baselines.get(key);
        boolean first = before == null;
        // a counter of a node that is away may go on, a gauge begins anew
        Map<String, Count> counts = new TreeMap<>(first || gauges ? Map.of() : before.counts());
        counts.putAll(now);
        long sum = now.values().stream().mapToLong(Count::value).sum();
        long change = first ? 0 : before.pending();
        if (first && emit && settings.emitInitial()) {
            change = sum;
        } else if (!first) {
            for (Map.Entry<String, Count> node : now.entrySet()) {
                Count earlier = before.counts().get(node.getKey());
                // a node that comes brings its past along: that was not counted now
                change += earlier == null ? 0 : node.getValue().since(earlier);
            }
        }
        long told = first ? 0 : before.total();
        long current = first || !aggregate || gauges ? sum : told + change;
        boolean pending = !first && before.pending() != 0;
        Instant since =
                pending || heldAtLastPoll.contains(key) || lastPoll == null ? first ? at : before.at() : lastPoll;
        if (!emit || change == 0) {
            return new Compared(null, new Baseline(current, at, counts, 0));
        }
        if (Math.abs(change) < settings.minDelta()) {
            return new Compared(null, new Baseline(told, since, counts, change));
        }
        double seconds = Duration.between(since, at).toNanos() / 1e9;
        String node = aggregate ? null : now.keySet().iterator().next();
        String name = aggregate ? key : key.substring(0, key.length() - node.length() - 1);
        // of a gauge, like is compared with like: without the nodes that came or went
        long previous = gauges ? current - change : told;
        return new Compared(
                new MetricChange(name, node, previous, current, change, seconds > 0 ? change / seconds : 0, at),
                new Baseline(current, at, counts, 0));
    }

    /**
     * What was delivered last of a metric, as the state keeps it.
     *
     * @param total the value that the last event told
     * @param at when that was, or when it was known last that nothing had changed since
     * @param counts of the nodes at the last look
     * @param pending what changed before that look and is too little to tell
     */
    private record Baseline(long total, Instant at, Map<String, Count> counts, long pending) {

        static Baseline of(Map<String, Object> row) {
            Map<String, Count> counts = new TreeMap<>();
            ((Map<?, ?>) row.get("counts")).forEach((node, count) -> {
                List<?> pair = (List<?>) count;
                counts.put(
                        node.toString(),
                        new Count(((Number) pair.get(0)).longValue(), ((Number) pair.get(1)).longValue()));
            });
            return new Baseline(
                    ((Number) row.get("total")).longValue(),
                    Instant.parse((String) row.get("at")),
                    counts,
                    ((Number) row.get("pending")).longValue());
        }

        /** Whether anything but the time of the look differs from what was before, null for nothing. */
        boolean hasMovedFrom(Baseline before) {
            return before == null
                    || total != before.total
                    || pending != before.pending
                    || !counts.equals(before.counts);
        }

        Map<String, Object> row() {
            Map<String, Object> plain = new TreeMap<>();
            counts.forEach((node, count) -> plain.put(node, List.of(count.value(), count.starts())));
            return Map.of("total", total, "at", at.toString(), "counts", plain, "pending", pending);
        }
    }
}
