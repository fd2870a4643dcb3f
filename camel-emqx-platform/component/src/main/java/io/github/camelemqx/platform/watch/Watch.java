/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.watch;

import io.github.camelemqx.platform.catalog.Operation;
import io.github.camelemqx.platform.client.Arguments;
import io.github.camelemqx.platform.client.Deployment;
import io.github.camelemqx.platform.client.PagingStyle;
import io.github.camelemqx.platform.exception.EmqxPlatformException;
import java.time.Clock;
import java.util.Iterator;
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
     * @param filters of the listing
     * @param style of pages
     * @param pageSize the most rows of a page
     * @param state what it has seen
     * @param clock tells when
     */
    public record Sources(
            Supplier<Deployment> deployment,
            Arguments filters,
            PagingStyle style,
            int pageSize,
            WatchState state,
            Clock clock) {}

    private final Outbox outbox;
    private final EventIds ids = new EventIds();

    Watch(WatchState state) {
        this.outbox = new Outbox(state);
    }

    /**
     * The watch of a resource.
     *
     * @param nodes the operation that lists the nodes of a cluster
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

    /** The event has arrived and will not be delivered again. */
    public void delivered(WatchEvent event) {
        outbox.delivered(event);
    }

    /** The event has not arrived and will be delivered again after the next poll. */
    public void failed(WatchEvent event) {
        outbox.failed(event);
    }

    Outbox outbox() {
        return outbox;
    }

    EventIds ids() {
        return ids;
    }
}
