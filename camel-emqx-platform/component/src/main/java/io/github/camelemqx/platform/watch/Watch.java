/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.watch;

import io.github.camelemqx.platform.client.Arguments;
import io.github.camelemqx.platform.client.Deployment;
import io.github.camelemqx.platform.client.PagingStyle;
import io.github.camelemqx.platform.exception.EmqxPlatformException;
import io.github.camelemqx.platform.watch.WatchState.Section;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
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
    private final WatchSettings settings;
    private final Notes notes;
    private final Commits commits;
    private final Outbox outbox;
    private final EventIds ids = new EventIds();
    private final Meaning meaning;
    private final Set<String> newFields;

    /** A route may be started again while a poll from before it was stopped goes on: one after the other. */
    private final ReentrantLock polling = new ReentrantLock();

    private final Clock clock;
    private volatile PollReport lastReport;
    private volatile boolean noted;
    private boolean retired;

    Watch(WatchSettings settings, Sources sources) {
        this.state = sources.state();
        this.clock = sources.clock();
        this.settings = settings;
        this.notes = new Notes(state);
        this.meaning = new Meaning(
                sources.address(),
                settings.resource().name(),
                new TreeMap<>(sources.filters().values()).toString(),
                settings.fields());
        this.newFields = meaning.recognise(notes);
        this.commits = new Commits(state);
        this.outbox = new Outbox(state, this::moveOn);
        if (!hasBaseline()) {
            forgetAll();
        }
    }

    /** What an unfinished first poll left behind says nothing. */
    private void forgetAll() {
        notes.clear();
        for (Section section : List.of(Section.ROWS, Section.EVENTS)) {
            List<String> keys = new ArrayList<>();
            state.read(section, (key, value) -> keys.add(key));
            keys.forEach(key -> state.remove(section, key));
        }
    }

    /**
     * The watch of a resource, going on where its state ends.
     *
     * @param cluster what tells how the cluster is
     * @throws IllegalStateException if the state is of another watch, saying of which
     */
    public static Watch of(WatchSettings settings, ClusterOperations cluster, Sources sources) {
        return switch (settings.watchable().kind()) {
            case CLIENTS, ROWS -> new RowWatch(settings, cluster, sources);
            case METRICS, GAUGES -> new MetricWatch(settings, sources);
        };
    }

    /**
     * Looks at the deployment once; what changed waits for {@link #deliveries()}. A watch that is retired does nothing.
     *
     * @throws EmqxPlatformException when a look was not complete: nothing of it counts
     */
    public void poll() throws EmqxPlatformException {
        polling.lock();
        try {
            if (!retired) {
                pollOnce();
            }
        } finally {
            polling.unlock();
        }
    }

    private void pollOnce() throws EmqxPlatformException {
        Progress progress = new Progress(settings.resource().name(), clock.instant());
        try {
            look(progress);
            progress.done();
        } catch (EmqxPlatformException e) {
            progress.failed(e);
            throw e;
        } finally {
            lastReport = progress.report();
        }
    }

    /** One poll, with no other at the same time. */
    abstract void look(Progress progress) throws EmqxPlatformException;

    /** What the last poll came to, empty before there was one. */
    public Optional<PollReport> lastReport() {
        return Optional.ofNullable(lastReport);
    }

    /** Whether a complete poll has been noted, by this watch or by one that it goes on from. */
    public boolean isComplete() {
        return noted;
    }

    /** How many rows, or numbers, are known; what a poll that goes on now has found may be counted or not. */
    public abstract int size();

    /** How many events are not delivered yet, those under way among them. */
    public int pending() {
        return outbox.pending();
    }

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
        // whoever asks how many rows are known need not wait for the next poll; that does it if one goes on already
        if (polling.tryLock()) {
            try {
                settle();
            } finally {
                polling.unlock();
            }
        }
    }

    /** No poll will follow; events that are under way may still arrive, and are committed one by one. */
    public void end() {
        commits.over();
    }

    /**
     * Another watch goes on with the state, and delivers what is under way here again. What this one has noted is
     * committed, also by a poll that is going on, and it notes nothing more.
     *
     * @throws StateStoreException when that failed: no other may go on yet
     */
    public void retire() {
        polling.lock();
        try {
            retired = true;
            outbox.close();
            commits.over();
        } finally {
            polling.unlock();
        }
    }

    /**
     * Whether another watch of the same state goes on where this one was. Otherwise this one is all there is, and goes on
     * itself.
     */
    public boolean isDurable() {
        return state.durable();
    }

    /** Brings what is in memory to where deliveries have brought the state; with no poll at the same time. */
    abstract void settle();

    /** Notes what a row has become with the delivery of an event; from any thread. */
    abstract void moveOn(WatchEvent event);

    /** Takes up the events that were not delivered when the watch ended; its rows must be there. */
    void restore() {
        outbox.restore(settings.events());
    }

    /** Whether a complete poll has been noted. */
    boolean hasBaseline() {
        return Meaning.isIn(notes);
    }

    /** A complete poll has been noted: from now on a missing row means something. */
    void baseline() {
        // before that the state says that there are rows without the new fields
        if (!noted && (!hasBaseline() || haveNewFields())) {
            meaning.noteIn(notes);
            noted = true;
        }
    }

    /** Whether all rows that were noted before have the fields that are new. */
    abstract boolean haveNewFields();

    /** The watched fields that rows noted before do not have. */
    Set<String> newFields() {
        return newFields;
    }

    Notes notes() {
        return notes;
    }

    Outbox outbox() {
        return outbox;
    }

    EventIds ids() {
        return ids;
    }
}
