/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Simulated devices for demonstrations: every second one of them, in turn, connects, or leaves if it is connected. */
public final class DevicesInTurn implements AutoCloseable {

    private static final List<String> NAMES = List.of("truck-1", "gate-1", "truck-2", "test-1", "meter-1");

    private final EmqxSimulator simulator;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final ScheduledFuture<?> play;
    private int turns;

    /** Begins, one second from now. */
    public DevicesInTurn(EmqxSimulator simulator) {
        this.simulator = simulator;
        play = timer.scheduleAtFixedRate(this::turn, 1, 1, TimeUnit.SECONDS);
    }

    private void turn() {
        String device = NAMES.get(turns++ % NAMES.size());
        if (simulator.client(device).isPresent()) {
            simulator.disconnect(device);
        } else {
            simulator.connect(device);
        }
    }

    /**
     * Ends.
     *
     * @throws IllegalStateException when a turn has failed, after which there was none
     */
    @Override
    public void close() {
        play.cancel(false);
        timer.shutdownNow();
        try {
            play.get();
        } catch (CancellationException ended) {
            // as it should
        } catch (ExecutionException e) {
            throw new IllegalStateException("The devices have stopped", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
