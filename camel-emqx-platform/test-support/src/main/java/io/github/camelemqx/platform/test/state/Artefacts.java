/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.state;

import io.github.camelemqx.platform.test.SimulatedClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What listings and look-ups get wrong once while a client moves between nodes (clusters.md, v5 f and v4 f), and what is to
 * happen between two pages of a walk.
 */
public final class Artefacts {

    private static final Duration OLDER = Duration.ofMillis(200);

    private final Set<String> hidden = new HashSet<>();
    private final Set<String> missed = new HashSet<>();
    /** Nodes on which the row of an id is listed that it no longer has. */
    private final Map<String, Node> twice = new HashMap<>();

    private final List<Countdown> countdowns = new ArrayList<>();

    private static final class Countdown {
        private int pages;
        private final Runnable event;

        private Countdown(int pages, Runnable event) {
            this.pages = pages;
            this.event = event;
        }
    }

    void hide(String clientId) {
        hidden.add(clientId);
    }

    void miss(String clientId) {
        missed.add(clientId);
    }

    void showTwice(SimulatedClient client, Node other) {
        if (other.name().equals(client.node())) {
            throw new IllegalArgumentException(client.clientId() + " is on " + other.name());
        }
        other.clients().put(client.seenOn(other.name(), client.connectedAt().minus(OLDER)));
        twice.put(client.clientId(), other);
    }

    /** The row that was too much is gone. */
    void forget(String clientId) {
        Node other = twice.remove(clientId);
        if (other != null) {
            other.clients().remove(clientId);
        }
    }

    void afterPages(int pages, Runnable event) {
        countdowns.add(new Countdown(pages, event));
    }

    /** True once for an id that is to be missed. */
    public boolean missed(String clientId) {
        return missed.remove(clientId);
    }

    /** The rows of a listing as they are given out: without those that are to be hidden, and the last time with what is listed twice. */
    public List<SimulatedClient> listed(List<SimulatedClient> rows) {
        if (hidden.isEmpty() && twice.isEmpty()) {
            return rows;
        }
        List<SimulatedClient> shown = new ArrayList<>(rows.size());
        for (SimulatedClient row : rows) {
            if (!hidden.remove(row.clientId())) {
                shown.add(row);
            }
        }
        return lookedUp(shown);
    }

    /** Rows of one client, the last time with the one that is too much. */
    public List<SimulatedClient> lookedUp(List<SimulatedClient> rows) {
        for (SimulatedClient row : rows) {
            Node other = twice.get(row.clientId());
            if (other != null && other.name().equals(row.node())) {
                forget(row.clientId());
            }
        }
        return rows;
    }

    /** A page of clients has been made: what is to happen after it happens now. */
    public void pageAnswered() {
        List<Countdown> due = new ArrayList<>();
        countdowns.forEach(countdown -> {
            if (--countdown.pages == 0) {
                due.add(countdown);
            }
        });
        countdowns.removeAll(due);
        due.forEach(countdown -> countdown.event.run());
    }
}
