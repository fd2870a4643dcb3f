/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.watch;

import io.github.camelemqx.platform.catalog.Operation;
import io.github.camelemqx.platform.client.Arguments;
import io.github.camelemqx.platform.client.Deployment;
import io.github.camelemqx.platform.client.PagingStyle;
import io.github.camelemqx.platform.exception.EmqxPlatformException;
import io.github.camelemqx.platform.watch.WatchState.Section;
import java.time.Clock;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * A watch of one resource: polls, and keeps the events until they are delivered. One thread polls; events may be
 * completed by any.
 */
public abstract sealed class Watch permits MetricWatch, RowWatch {

    /**
     * What a watch works with.
     *
     * @param deployment where it looks
     * @param address of the API there, which a state is bound to
     * @param filters of the listing
     * @param style of pages
     * @param pageSize the most rows of a page
     * @param state what it has seen
     * @param clock tells when
     */
    public record Sources(
            Supplier<Deployment> deployment,
            String address,
            Arguments filters,
            PagingStyle style,
            int pageSize,
            WatchState state,
            Clock clock) {}

    private final WatchState state;
    private final Commits commits;
    private final Outbox outbox;
    private final EventIds ids = new EventIds();
    private final Meaning meaning;
    /** The watched fields that rows stored before do not have. */
    private final Set<String> newFields;
    /** The keys of rows that may lack them. */
    private final Set<String> lacking = new HashSet<>();

    private boolean noted;

    Watch(WatchSettings settings, Sources sources) {
        this.state = sources.state();
        this.meaning = new Meaning(
                sources.address(),
                settings.resource().name(),
                new TreeMap<>(sources.filters().values()).toString(),
                settings.fields());
        this.newFields = meaning.recognise(state);
        this.commits = new Commits(state);
        this.outbox = new Outbox(state);
        outbox.restore(settings.events());
        if (!newFields.isEmpty()) {
            lacking.addAll(state.keys(Section.ROWS));
            lacking.addAll(state.keys(Section.EVENTS));
        }
    }

    /**
     * The watch of a resource, going on where its state ends.
     *
     * @param nodes the operation that lists the nodes of a cluster
     * @throws IllegalStateException if the state is of another watch, saying of which
     */
    public static Watch of(WatchSettings settings, Operation nodes, Sources sources) {
        return switch (settings.watchable().kind()) {
            case CLIENTS, ROWS -> new RowWatch(settings, nodes, sources);
            case METRICS, GAUGES -> new MetricWatch(settings, sources);
        };
    }

    /**
     * Looks at the deployment once; what changed waits for {@link #deliveries()}.
     *
     * @throws EmqxPlatformException when a look was not complete: nothing of it counts
     */
    public abstract void poll() throws EmqxPlatformException;

    /** How many events can be delivered now. */
    public int waiting() {
        return outbox.size();
    }

    /**
     * The events to deliver now, each once; one that follows another of the same key comes only when that has been
     * delivered.
     */
    public Iterator<WatchEvent> deliveries() {
        return outbox.round();
    }

    /**
     * The event has arrived and will not be delivered again, unless the process dies before that is committed: then once
     * more, with the same id.
     */
    public void delivered(WatchEvent event) {
        outbox.delivered(event);
        commits.delivered();
    }

    /** The event has not arrived and will be delivered again after the next poll. */
    public void failed(WatchEvent event) {
        outbox.failed(event);
    }

    /**
     * Commits what was seen, before any of it is delivered, and what was delivered, after that.
     *
     * @throws StateStoreException when the store fails: nothing that was not committed must be delivered
     */
    public void commit() {
        commits.now();
    }

    /** No poll will follow; events that are under way may still arrive, and are committed one by one. */
    public void end() {
        commits.over();
    }

    /** Another watch goes on with the state, and delivers what is under way here again. */
    public void retire() {
        outbox.close();
    }

    /** Whether a complete poll has been noted. */
    boolean hasBaseline() {
        return Meaning.isNotedIn(state);
    }

    /** A complete poll has been noted: from now on a missing row means something. */
    void baseline() {
        if (!lacking.isEmpty()) {
            lacking.removeIf(key -> state.row(key) == null && !outbox.holds(key));
        }
        // before that the state says that there are rows without the new fields
        boolean ready = lacking.isEmpty() || !hasBaseline();
        if (!noted && ready) {
            meaning.noteIn(state);
            noted = true;
        }
    }

    /**
     * What is known of a row, to compare with how it is seen now. A field that was not watched before is taken from there:
     * nobody can say that it has changed.
     *
     * @return null for a row that is new
     */
    Map<String, Object> known(String key, Map<String, Object> seen) {
        Map<String, Object> row = state.row(key);
        if (!lacking.remove(key) || row == null) {
            return row;
        }
        Map<String, Object> filled = new TreeMap<>(row);
        newFields.stream()
                .filter(field -> seen.containsKey(field) && !row.containsKey(field))
                .forEach(field -> filled.put(field, seen.get(field)));
        state.put(key, filled);
        return filled;
    }

    Outbox outbox() {
        return outbox;
    }

    EventIds ids() {
        return ids;
    }
}
