/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.state;

import io.github.camelemqx.platform.test.NodeCondition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A node of the cluster: its sessions live in its memory and are lost with it (clusters.md, v5 g2). */
public final class Node {

    private final String name;
    private final ClientTable clients = new ClientTable();
    private final Metrics metrics;
    private final Map<String, Long> peaks = new TreeMap<>();
    private Instant startedAt;
    private int kicked;
    private NodeCondition condition = NodeCondition.RUNNING;
    /** False once the others have put it out of the cluster for good: then it is not even listed as stopped. */
    private boolean member = true;
    /** Its process has not ended since it was up last: then its uptime goes on when it is up again. */
    private boolean processKept = true;
    /** True until somebody has looked at the list of nodes since it began to stop. */
    private boolean stopUnseen;
    /** Clients it had when it began to stop, until somebody has asked for one of them. */
    private Set<String> stoppedWith = Set.of();
    /** What happened to it while it was frozen, and takes effect when it goes on. */
    private final List<Runnable> whenThawed = new ArrayList<>();

    Node(String name, Set<String> metricNames, Instant startedAt) {
        this.name = name;
        this.metrics = new Metrics(metricNames);
        this.startedAt = startedAt;
    }

    /** Its name in the cluster, such as {@code emqx@127.0.0.1}. */
    public String name() {
        return name;
    }

    /** Who is connected to it, or left a session there. */
    public ClientTable clients() {
        return clients;
    }

    /** What it has counted since it was started. */
    public Metrics metrics() {
        return metrics;
    }

    /** When it was started last. */
    public Instant startedAt() {
        return startedAt;
    }

    /** How it really is, whatever other nodes know of it. */
    public NodeCondition condition() {
        return condition;
    }

    /** False if the others have put it out of the cluster. */
    public boolean member() {
        return member;
    }

    /** Clients connect and sessions live: it is up, if only for itself. */
    boolean alive() {
        return switch (condition) {
            case RUNNING, FROZEN, DROPPED, CUT_OFF, LEFT -> true;
            case BOOTING, STOPPING, STOPPED -> false;
        };
    }

    /** True for the first look at the list of nodes since it began to stop (clusters.md, v5 c). */
    public boolean stopUnseen() {
        boolean unseen = stopUnseen;
        stopUnseen = false;
        return unseen;
    }

    /** True for the first look at one of the clients that it had when it began to stop (clusters.md, v5 c). */
    public boolean stopCrashesOver(String clientId) {
        boolean crashes = stoppedWith.contains(clientId);
        if (crashes) {
            stoppedWith = Set.of();
        }
        return crashes;
    }

    /** How many clients were thrown out since it was started. */
    public int kicked() {
        return kicked;
    }

    void kick() {
        kicked++;
    }

    void become(NodeCondition next) {
        condition = next;
    }

    void beginStop() {
        condition = NodeCondition.STOPPING;
        stopUnseen = true;
        stoppedWith = clients.ids();
        clients.clear();
    }

    /** The process is gone, and with it whatever it had. */
    void stop() {
        condition = NodeCondition.STOPPED;
        processKept = false;
        stoppedWith = Set.of();
        whenThawed.clear();
        clients.clear();
    }

    /** Up again with nobody connected; the uptime begins anew only with a new process (clusters.md, v5 d and e). */
    void start(Instant now) {
        restartInside();
        if (!processKept) {
            startedAt = now;
        }
        processKept = true;
        condition = NodeCondition.RUNNING;
    }

    /** Clients are cut and counters are zero, as whenever EMQX restarts, with or without its process. */
    void restartInside() {
        stoppedWith = Set.of();
        whenThawed.clear();
        clients.clear();
        metrics.reset();
        peaks.clear();
        kicked = 0;
    }

    void exclude() {
        member = false;
    }

    void whenThawed(Runnable event) {
        whenThawed.add(event);
    }

    List<Runnable> takeEventsOfFreeze() {
        List<Runnable> events = List.copyOf(whenThawed);
        whenThawed.clear();
        return events;
    }

    /** The highest value that a gauge had whenever it was read, now included. */
    public long peak(String gauge, long value) {
        return peaks.merge(gauge, value, Math::max);
    }
}
