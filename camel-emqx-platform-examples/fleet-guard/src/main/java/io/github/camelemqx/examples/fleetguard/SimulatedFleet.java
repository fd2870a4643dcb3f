/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.fleetguard;

import io.github.camelemqx.platform.test.EmqxSimulator;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Simulated devices that connect by a script, a line for each look of the guard: a watch sees states, so a line waits until the
 * one before has been seen.
 */
final class SimulatedFleet {

    /** Trucks connect as devices do, the others three times within a moment. */
    private static final List<List<String>> SCRIPT = List.of(
            List.of("truck-1", "truck-2", "flappy", "hasty", "known"),
            List.of("truck-1", "flappy", "hasty", "known"),
            List.of("flappy", "hasty", "known"));

    private static final int MOST_LOOKS = 200;

    private final EmqxSimulator simulator;
    private final Iterator<List<String>> script = SCRIPT.iterator();
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private int looks;

    SimulatedFleet(EmqxSimulator simulator) {
        this.simulator = simulator;
        // somebody has banned it before, and it was connected still
        simulator.ban("clientid", "known", null);
    }

    /** Begins with the first look; done when the guard has told of three devices, or should have long ago. */
    CompletableFuture<Void> play() {
        simulator.afterPages(1, this::next);
        return end;
    }

    private void next() {
        if (script.hasNext()) {
            script.next().forEach(simulator::connect);
            simulator.afterPages(1, script.hasNext() ? this::next : this::leave);
        } else if (simulator.published().size() == 3 || ++looks == MOST_LOOKS) {
            end.complete(null);
        } else {
            simulator.afterPages(1, this::next);
        }
    }

    /** The guard has just seen it for the third time, and cannot kick it any more. */
    private void leave() {
        simulator.disconnect("hasty");
        simulator.afterPages(1, this::next);
    }
}
