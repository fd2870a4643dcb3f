/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.fleetguard;

import io.github.camelemqx.platform.EmqxPlatformConstants;
import io.github.camelemqx.platform.model.Client;
import io.github.camelemqx.platform.model.ResourceChange;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.camel.Exchange;
import org.apache.camel.Predicate;

/**
 * Whether a client has connected so many times within a time, by the broker's own times. It knows the latest connections of
 * the clients that connected last, and no more of either than it is allowed to. An event that is delivered again, because its
 * exchange failed, has the same id and counts once.
 */
public final class ConnectWindow implements Predicate {

    private final int limit;
    private final Duration window;
    private final int clients;
    private final ReentrantLock lock = new ReentrantLock();
    /** By client, the one that connected longest ago first; of each the times of its connections by the ids of their events. */
    private final Map<String, Map<String, Instant>> connections = new LinkedHashMap<>();

    /**
     * @param limit how many connections are too many
     * @param window within which time
     * @param clients how many are remembered at most
     */
    public ConnectWindow(int limit, Duration window, int clients) {
        this.limit = limit;
        this.window = window;
        this.clients = clients;
    }

    /** Whether there are too many, with this one. */
    @Override
    public boolean matches(Exchange event) {
        ResourceChange change = event.getMessage().getBody(ResourceChange.class);
        Instant connectedAt = Client.of(change.after()).connectedAt();
        String eventId = event.getMessage().getHeader(EmqxPlatformConstants.EVENT_ID, String.class);
        lock.lock();
        try {
            Map<String, Instant> times = connections.remove(change.key());
            times = times == null ? new LinkedHashMap<>() : times;
            times.put(eventId, connectedAt);
            times.values().removeIf(time -> time.isBefore(connectedAt.minus(window)));
            keep(times, limit);
            connections.put(change.key(), times);
            keep(connections, clients);
            return times.size() >= limit;
        } finally {
            lock.unlock();
        }
    }

    /** What has been dealt with begins at zero. */
    public void forget(Exchange event) {
        lock.lock();
        try {
            connections.remove(event.getMessage().getHeader(EmqxPlatformConstants.CLIENT_ID, String.class));
        } finally {
            lock.unlock();
        }
    }

    /** How many clients are remembered. */
    int size() {
        lock.lock();
        try {
            return connections.size();
        } finally {
            lock.unlock();
        }
    }

    private static void keep(Map<?, ?> entries, int most) {
        Iterator<?> oldest = entries.keySet().iterator();
        while (entries.size() > most) {
            oldest.next();
            oldest.remove();
        }
    }
}
