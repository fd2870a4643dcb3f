/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.watch;

import io.github.camelemqx.platform.catalog.Operation;
import io.github.camelemqx.platform.catalog.Watchable;
import io.github.camelemqx.platform.client.Deployment;
import io.github.camelemqx.platform.client.FieldSink;
import io.github.camelemqx.platform.exception.EmqxPlatformException;
import io.github.camelemqx.platform.exception.EmqxProtocolException;
import io.github.camelemqx.platform.exception.FailureDetails;
import io.github.camelemqx.platform.model.ResourceChange;
import io.github.camelemqx.platform.watch.NodeView.Look;
import io.github.camelemqx.platform.watch.NodeView.NotOffered;
import io.github.camelemqx.platform.watch.Removals.Evidence;
import io.github.camelemqx.platform.watch.WatchState.Section;
import io.github.camelemqx.platform.watch.table.RowBuffer;
import io.github.camelemqx.platform.watch.table.RowTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches rows of a listing: compares each row that is listed with the one that was delivered last. Rows that are there are
 * true as seen; rows that are missing are judged by {@link Removals}.
 */
final class RowWatch extends Watch {

    private static final Logger LOG = LoggerFactory.getLogger(RowWatch.class);

    /** How many rows of a first poll are kept before they are committed. */
    private static final int COMMIT_EVERY = 10_000;

    private final WatchSettings settings;
    private final Sources sources;
    private final WatchState state;
    private final RowForm form;
    private final Transitions transitions;
    private final NodeView nodes;
    private final Partition partition;
    private final Sweep sweep;
    private final SecondLook secondLook;
    private final Removals removals;
    private final RowTable table;
    private final NewFields newFields;
    /** Rows that looked like the old sides of takeovers at the last poll, by key. */
    private Map<String, Map<String, Object>> late = Map.of();
    /** What deliveries have made of rows, from whatever thread: the table belongs to the one that polls. */
    private final Queue<WatchEvent> moved = new ConcurrentLinkedQueue<>();

    RowWatch(WatchSettings settings, ClusterOperations cluster, Sources sources) {
        super(settings, sources);
        Watchable watchable = settings.watchable();
        Operation listing = settings.resource().operation(watchable.listing());
        this.settings = settings;
        this.sources = sources;
        this.state = sources.state();
        this.transitions = watchable.kind() == Watchable.Kind.CLIENTS
                ? new ClientTransitions(settings.fields())
                : new RowTransitions(settings.fields());
        Map<String, Object> filters = new HashMap<>(watchable.filters());
        filters.putAll(sources.filters().values());
        this.form = RowForm.of(settings, Map.copyOf(filters));
        if (listing.parameter("fields").isPresent()) {
            filters.put("fields", form.fields());
        }
        this.nodes = watchable.node() == null ? null : new NodeView(cluster.nodes(), notes());
        this.partition = new Partition(cluster.alarms(), settings.nodeLossTimeout());
        this.table = new RowTable(form.layout(watchable.node()));
        this.sweep = new Sweep(settings, sources, Map.copyOf(filters), form);
        this.secondLook = new SecondLook(settings, sources, form, table);
        this.removals = new Removals(settings, transitions, nodes);
        this.newFields = new NewFields(newFields());
        if (hasBaseline()) {
            state.read(Section.ROWS, (key, row) -> {
                table.put(row);
                newFields.lackedBy(key);
            });
            restore();
            outbox().keys().forEach(newFields::lackedBy);
        }
    }

    @Override
    public int size() {
        return table.size();
    }

    @Override
    void look(Progress progress) throws EmqxPlatformException {
        Deployment deployment = sources.deployment().get();
        Poll poll = new Poll(deployment, sources.clock().instant(), progress);
        try {
            poll.run();
        } finally {
            progress.confirmed(secondLook.calls());
        }
    }

    /** One look at everything. */
    private final class Poll implements RowBuffer.Reader {

        private final Deployment deployment;
        private final Instant now;
        private final Progress progress;
        private final boolean first = !hasBaseline() && !settings.emitInitial();
        /** Rows that are new or other than they were. */
        private final Map<String, Map<String, Object>> changed = new LinkedHashMap<>();

        private final List<Map<String, Object>> witnesses = new ArrayList<>();
        /** The keys of changed rows that were listed once more, perhaps as they are known. */
        private final Set<String> listedTwice = new HashSet<>();
        /** Whether the cluster is in two parts, null until that is asked. */
        private Boolean parted;
        /** Whether a row was listed that does not say what it is. */
        private boolean nameless;
        /** Whether rows are missing whose nodes are away. */
        private boolean nodesAreLost;

        private Poll(Deployment deployment, Instant now, Progress progress) {
            this.deployment = deployment;
            this.now = now;
            this.progress = progress;
        }

        private void run() throws EmqxPlatformException {
            settle();
            table.beginPoll();
            Look before = look();
            Sweep.Result swept = sweep.all(deployment, before, sink(this));
            progress.called(swept.walk().pages());
            if (nameless) {
                throw new EmqxProtocolException(
                        FailureDetails.withoutAnswer(
                                settings.resource().name() + ":"
                                        + settings.watchable().listing(),
                                "a row of the listing does not say what it is: it lacks " + form.key()),
                        null);
            }
            removals.noteSteadiness(swept.walk().steady());
            if (first) {
                end(swept);
                return;
            }
            Map<String, Map<String, Object>> lateNow = new HashMap<>();
            changed.forEach((key, row) -> {
                if (!outbox().holds(key)) {
                    settle();
                    Map<String, Object> known = known(key, row);
                    if (known == null || !transitions.isLate(known, row)) {
                        emit(key, transitions.between(known, row));
                    } else if (!mayBeThere(key, known, swept)) {
                        lateNow.put(key, row);
                        // once it may be late; a client that was connected on both sides of a split has only this row
                        // left
                        if (row.equals(late.get(key))) {
                            emit(key, transitions.instead(known, row));
                        }
                    }
                }
            });
            late = lateNow;
            // what is there is true whatever comes of the rest; rows of nodes that said nothing are new when they come
            baseline();
            progress.partly(swept.unheard());
            settle();
            if (table.seen() < table.size()) {
                missing(before, swept);
            }
        }

        /** Whether a row may still be as it is known, though it was listed otherwise. */
        private boolean mayBeThere(String key, Map<String, Object> known, Sweep.Result swept) {
            String node = removals.node(known);
            return listedTwice.contains(key) || (node != null && swept.unheard().containsKey(node));
        }

        private Look look() throws EmqxPlatformException {
            if (nodes == null) {
                return new NotOffered();
            }
            progress.called(1);
            return nodes.look(deployment, now);
        }

        /** A row is listed. */
        @Override
        public void row(RowBuffer row) {
            progress.row();
            if (!row.hasKey()) {
                nameless = true;
                return;
            }
            RowTable.Known known = table.see(row);
            if (witnesses.size() < 2 && known == RowTable.Known.SAME) {
                witnesses.add(row.toMap());
            }
            switch (known) {
                case SAME -> {
                    if (table.seenBefore()) {
                        listedTwice.add(form.key(row.toMap()));
                    }
                }
                case NONE -> {
                    if (first) {
                        begin(row);
                    } else {
                        change(row);
                    }
                }
                case OTHER -> {
                    if (!first) {
                        change(row);
                    } else if (!table.seenBefore() || isNewer(row)) {
                        begin(row);
                    }
                }
            }
        }

        /** Whether a row is newer than the one of its key that was listed before it. */
        private boolean isNewer(RowBuffer row) {
            Map<String, Object> before = table.found();
            return newer(before, row.toMap()) != before;
        }

        private void begin(RowBuffer row) {
            table.putSeen(row);
        }

        private void change(RowBuffer row) {
            Map<String, Object> fields = row.toMap();
            String key = form.key(fields);
            if (newFields.arePending() && !outbox().holds(key)) {
                settle();
                if (fields.equals(known(key, fields))) {
                    return;
                }
            }
            changed.merge(key, fields, RowWatch.this::newer);
            if (table.seenBefore()) {
                listedTwice.add(key);
            }
        }

        private void emit(String key, List<Transition> steps) {
            List<WatchEvent> events = new ArrayList<>();
            for (Transition step : steps) {
                Map<String, Object> fields = step.row() == null ? step.before() : step.after();
                if (settings.events().contains(step.type())) {
                    String resource = settings.resource().name();
                    String name = form.name(fields);
                    ResourceChange change =
                            new ResourceChange(resource, step.type(), name, step.before(), step.after(), now);
                    events.add(new WatchEvent(ids().next(), step.type(), key, name, fields, change, now, step.row()));
                } else if (events.isEmpty()) {
                    // nobody wants to hear of it: it is as if it had been delivered
                    note(key, fields, step.row());
                }
            }
            if (!events.isEmpty()) {
                outbox().add(events);
                events.forEach(event -> progress.event(event.type()));
            }
        }

        /** The end of the first poll, of which nobody is told; rows of one that failed before may be gone again. */
        private void end(Sweep.Result swept) {
            progress.partly(swept.unheard());
            if (swept.isWhole()) {
                List<Map<String, Object>> over = new ArrayList<>();
                table.forEachUnseen(over::add);
                over.forEach(table::remove);
                writeAll();
                baseline();
            }
        }

        private void missing(Look before, Sweep.Result swept) throws EmqxPlatformException {
            Look after = look();
            Set<String> vanished = after instanceof NotOffered ? vanished() : Set.of();
            Evidence evidence = new Evidence(before, after, swept, vanished, now);
            Map<String, Map<String, Object>> worthALook = new LinkedHashMap<>();
            Map<String, List<Transition>> lost = new LinkedHashMap<>();
            Map<String, List<Transition>> givenUp = new LinkedHashMap<>();
            // in this order: what is delivered from now on, in another thread, is among those held, and not judged as
            // it was before
            Set<String> held = outbox().keys();
            settle();
            table.forEachUnseen(row -> {
                String key = form.key(row);
                if (changed.containsKey(key) || held.contains(key)) {
                    return;
                }
                switch (removals.judge(row, evidence)) {
                    case WAIT -> progress.candidate();
                    case LOST_NODE -> {
                        nodesAreLost = true;
                        progress.candidate();
                        List<Transition> steps = removals.onLostNode(row, now);
                        if (!steps.isEmpty()) {
                            (steps.get(0).row() == null ? givenUp : lost).put(key, steps);
                        }
                    }
                    case LOOK -> worthALook.put(key, row);
                }
            });
            lost.forEach(this::emit);
            if (nodesAreLost) {
                noteParts();
            }
            if (!givenUp.isEmpty() && !isParted()) {
                givenUp.forEach(this::emit);
            }
            // a row may be on a node that said nothing
            boolean look = !worthALook.isEmpty() && swept.isWhole() && !isParted() && !partition.isAnyBeyond();
            if (look) {
                lookFor(worthALook, before, after, swept);
            } else {
                worthALook.keySet().forEach(key -> progress.candidate());
            }
        }

        /** While a cluster is in two parts, nobody knows all: a node that is away may live on with its clients (clusters.md, 11). */
        private boolean isParted() throws EmqxPlatformException {
            if (parted == null) {
                boolean cluster = nodes != null && (nodesAreLost || nodes.haveBeenSeveral());
                progress.called(cluster ? 1 : 0);
                parted = cluster && partition.isActive(deployment, nodes.away(), now);
            }
            return parted;
        }

        /** Asked while it can be: when the alarm has ended, nobody knows any more which nodes were beyond the split. */
        private void noteParts() {
            try {
                isParted();
            } catch (EmqxPlatformException e) {
                // whoever needs to know asks again, and fails if there is no answer
                LOG.debug("Whether the cluster is split cannot be told: {}", e.getMessage());
            }
        }

        private void lookFor(Map<String, Map<String, Object>> missing, Look before, Look after, Sweep.Result swept)
                throws EmqxPlatformException {
            Map<String, Map<String, Object>> gone = new LinkedHashMap<>();
            Set<String> found = new HashSet<>();
            SecondLook.Listed listed = new SecondLook.Listed(swept.walk().pages(), witnesses);
            secondLook.at(missing, deployment, listed, wanted -> again(wanted, after), new SecondLook.Findings() {
                @Override
                public void gone(String key, Map<String, Object> row) {
                    gone.put(key, row);
                }

                @Override
                public void found(String key, Map<String, Object> row, Map<String, Object> seen) {
                    found.add(key);
                    if (seen != null && isOfAnotherWatch(seen)) {
                        emit(key, List.of(transitions.gone(row)));
                    } else if (seen != null) {
                        emit(key, transitions.between(known(key, seen), seen));
                    }
                }
            });
            boolean look = !gone.isEmpty() && settings.confirmRemovals();
            Look afterLook = look ? look() : after;
            if (look) {
                // the cluster may have parted while the rows were looked for
                parted = null;
            }
            boolean whole = !look || (!isParted() && !partition.isAnyBeyond());
            gone.forEach((key, row) -> {
                if (whole && removals.isCertain(row, before, after, afterLook)) {
                    emit(key, List.of(transitions.gone(row)));
                } else {
                    progress.candidate();
                }
            });
            for (int i = gone.size() + found.size(); i < missing.size(); i++) {
                progress.candidate();
            }
        }

        /** A watch of one node leaves a row that has moved to the watch of the other: not to both. */
        private boolean isOfAnotherWatch(Map<String, Object> seen) {
            String byNode = settings.watchable().byNode();
            Object node = byNode == null ? null : sources.filters().values().get(byNode);
            return node != null && !node.equals(removals.node(seen));
        }

        private SecondLook.Again again(Map<String, Map<String, Object>> wanted, Look look)
                throws EmqxPlatformException {
            Map<String, Map<String, Object>> found = new HashMap<>();
            Sweep.Result swept = sweep.all(deployment, look, sink(row -> {
                if (!table.isSeen(row)) {
                    Map<String, Object> fields = row.toMap();
                    String key = form.key(fields);
                    if (wanted.containsKey(key)) {
                        found.merge(key, fields, RowWatch.this::newer);
                    }
                }
            }));
            progress.called(swept.walk().pages());
            return swept.isWhole() ? new SecondLook.Again(found, swept.walk().steady()) : null;
        }

        /** The rows' own nodes must do: those of which many rows are missing, and none is there. */
        private Set<String> vanished() {
            Map<String, Integer> missing = new HashMap<>();
            table.forEachUnseen(row -> {
                String node = removals.node(row);
                if (node != null) {
                    missing.merge(node, 1, Integer::sum);
                }
            });
            Set<String> suspicious = new HashSet<>(Removals.suspicious(missing));
            changed.values().forEach(row -> suspicious.remove(removals.node(row)));
            suspicious.removeIf(node -> table.anySeen(row -> node.equals(removals.node(row))));
            return suspicious;
        }
    }

    private FieldSink sink(RowBuffer.Reader reader) {
        RowBuffer buffer = table.buffer(reader);
        return form.lacksKeys() ? new GivenFields(form, buffer) : buffer;
    }

    /** One id listed twice: a takeover under way, and the later connection is right (clusters.md, v5 (f)). */
    private Map<String, Object> newer(Map<String, Object> one, Map<String, Object> other) {
        int later = Times.compare(other.get("connected_at"), one.get("connected_at"));
        if (later != 0) {
            return later > 0 ? other : one;
        }
        // generation 4 has seconds only: the row on the other node than before is the new one
        Map<String, Object> before = table.get(one);
        boolean oneIsOld =
                before != null && one.get("node") != null && one.get("node").equals(before.get("node"));
        return oneIsOld ? other : one;
    }

    @Override
    void moveOn(WatchEvent event) {
        write(event.key(), event.row());
        moved.add(event);
    }

    @Override
    void settle() {
        for (WatchEvent event = moved.poll(); event != null; event = moved.poll()) {
            bring(event.fields(), event.row());
        }
    }

    /** In the order of keys, in which a store keeps them: each of its pages is written once. */
    private void writeAll() {
        if (!state.durable()) {
            return;
        }
        AtomicInteger written = new AtomicInteger();
        table.forEachInOrder(row -> {
            state.put(Section.ROWS, form.key(row), row);
            if (written.incrementAndGet() % COMMIT_EVERY == 0) {
                // without the note of a complete poll they count for nothing, but they need not wait in memory
                state.commit();
            }
        });
    }

    private void note(String key, Map<String, Object> fields, Map<String, Object> row) {
        write(key, row);
        bring(fields, row);
    }

    private void bring(Map<String, Object> fields, Map<String, Object> row) {
        if (row == null) {
            table.remove(fields);
        } else {
            table.put(row);
        }
    }

    private void write(String key, Map<String, Object> row) {
        if (!state.durable()) {
            return;
        }
        if (row == null) {
            state.remove(Section.ROWS, key);
        } else {
            state.put(Section.ROWS, key, row);
        }
    }

    /** What is known of a row, to compare with how it is seen now; null for a row that is new. */
    private Map<String, Object> known(String key, Map<String, Object> seen) {
        Map<String, Object> row = table.get(seen);
        if (row == null || !newFields.areDue(key)) {
            return row;
        }
        Map<String, Object> completed = newFields.completed(row, seen);
        note(key, completed, completed);
        return completed;
    }

    @Override
    boolean haveNewFields() {
        if (newFields.arePending()) {
            Set<String> there = new HashSet<>(outbox().keys());
            table.forEach(row -> there.add(form.key(row)));
            newFields.retain(there);
        }
        return !newFields.arePending();
    }
}
