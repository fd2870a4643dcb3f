/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks.calls;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One call, by one peer, from as many threads as the runner says. */
@State(Scope.Benchmark)
@OutputTimeUnit(TimeUnit.SECONDS)
public class CallBenchmark {

    /** The most connections that any peer opens. */
    private static final int CONNECTIONS = 256;

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

    /** Starts the peer. */
    @Setup
    public void start() throws Exception {
        caller = Peer.start(peer, call, new Peer.Target(port, "key", "word", CONNECTIONS));
    }

    /** Makes the call. */
    @Benchmark
    public Object call() throws Exception {
        return caller.call();
    }

    /** Ends the peer. */
    @TearDown
    public void stop() throws Exception {
        caller.close();
    }
}
