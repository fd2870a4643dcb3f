/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.state;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A node of the cluster: its sessions live in its memory and are lost with it (clusters.md, v5 g2). */
public final class Node {

    /** A frozen node would be a third state. */
    public enum State {
        RUNNING,
        STOPPED
    }

    private final String name;
    private final ClientTable clients = new ClientTable();
    private final Metrics metrics;
    private final Map<String, Long> peaks = new TreeMap<>();
    private Instant startedAt;
    private int kicked;
    private State state = State.RUNNING;

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

    /** Whether it is up. */
    public boolean running() {
        return state == State.RUNNING;
    }

    /** How many clients were thrown out since it was started. */
    public int kicked() {
        return kicked;
    }

    void kick() {
        kicked++;
    }

    void stop() {
        state = State.STOPPED;
        clients.clear();
    }

    void start(Instant now) {
        clients.clear();
        metrics.reset();
        peaks.clear();
        kicked = 0;
        startedAt = now;
        state = State.RUNNING;
    }

    /** The highest value that a gauge had whenever it was read, now included. */
    public long peak(String gauge, long value) {
        return peaks.merge(gauge, value, Math::max);
    }
}
