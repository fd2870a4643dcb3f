/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks.calls;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * One call, by one peer that all threads share. For a state that they share, JMH makes threads wait for each other in sleeps of up to a
 * second, which is as long as they have their turn.
 */
@State(Scope.Thread)
@OutputTimeUnit(TimeUnit.SECONDS)
public class CallBenchmark {

    /** The most connections that any peer opens. */
    private static final int CONNECTIONS = 256;

    /**
     * Those that this process has started, which live as long as it does: JMH makes this object anew for each turn, and with a peer that is
     * new too, what was compiled for the one before is compiled again.
     */
    private static final Map<Peer.Kind, Peer> STARTED = new ConcurrentHashMap<>();

    /** The port of {@link CallServer}. */
    @Param("0")
    public int port;

    /** Who calls. */
    @Param
    public Peer.Kind peer;

    /** What is called. */
    @Param
    public Call call;

    private Peer caller;

    /** The first of all threads starts the peer. */
    @Setup
    public void start() {
        caller = STARTED.computeIfAbsent(peer, this::started);
    }

    private Peer started(Peer.Kind kind) {
        try {
            return Peer.start(kind, call, new Peer.Target(port, "key", "word", CONNECTIONS));
        } catch (Exception e) {
            throw new IllegalStateException("The peer " + kind + " does not start", e);
        }
    }

    /** Makes the call. */
    @Benchmark
    public Object call() throws Exception {
        return caller.call();
    }
}
