/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.board;

import io.github.camelemqx.platform.test.ClientOptions;
import io.github.camelemqx.platform.test.EmqxSimulator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Simulated devices, always in the same order: they come, go and connect again, and publish. Now and then a node of the cluster
 * freezes or dies, and comes back.
 */
final class Devices implements AutoCloseable {

    private static final List<String> KINDS = List.of("truck", "gate", "meter", "pump", "sensor");
    private static final String SECOND_NODE = "emqx@node2";
    private static final int DEVICES = 40;
    private static final int STEP_MILLIS = 700;
    /** Steps between two outages of the second node, and how long one lasts. */
    private static final int OUTAGE_EVERY = 60;

    private static final int OUTAGE = 20;

    private final EmqxSimulator simulator;
    private final Random random = new Random(5);
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private int steps;
    private Future<?> life;

    Devices(EmqxSimulator simulator) {
        this.simulator = simulator;
        simulator.addNode(SECOND_NODE);
        for (int device = 0; device < DEVICES / 2; device++) {
            connect(device);
        }
    }

    void begin() {
        life = timer.scheduleAtFixedRate(this::step, STEP_MILLIS, STEP_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** One moment of a fleet's life. */
    void step() {
        steps++;
        if (steps % OUTAGE_EVERY == OUTAGE) {
            simulator.killNode(SECOND_NODE);
        } else if (steps % OUTAGE_EVERY == 2 * OUTAGE) {
            simulator.startNode(SECOND_NODE);
        }
        int device = random.nextInt(DEVICES);
        if (simulator.client(name(device)).isPresent() && random.nextInt(3) > 0) {
            simulator.disconnect(name(device));
        } else {
            connect(device);
        }
        long messages = 20 + simulator.clients().size() * (1L + random.nextInt(4));
        simulator.count("messages.received", messages);
        simulator.count("messages.sent", messages * 2 + random.nextInt(30));
        simulator.count("messages.dropped", random.nextInt(6) == 0 ? random.nextInt(12) : 0);
    }

    private void connect(int device) {
        boolean second = device % 3 == 0 && steps % OUTAGE_EVERY < OUTAGE;
        simulator.connect(ClientOptions.of(name(device))
                .username(KINDS.get(device % KINDS.size()))
                .ipAddress("10.0.0." + (device + 1))
                .node(second ? SECOND_NODE : null));
    }

    private static String name(int device) {
        return KINDS.get(device % KINDS.size()) + "-" + (device / KINDS.size() + 1);
    }

    @Override
    public void close() {
        if (life != null) {
            life.cancel(false);
        }
        timer.shutdownNow();
    }
}
