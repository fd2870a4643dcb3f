/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.yaml;

import io.github.camelemqx.platform.test.BanRow;
import io.github.camelemqx.platform.test.EmqxSimulator;
import io.github.camelemqx.platform.test.PublishedMessage;
import io.github.camelemqx.platform.test.SimulatedClient;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Simulated devices that come and go by a script, until what the routes are for has happened, or much too long. */
final class Fleet implements AutoCloseable {

    /** Connects again at each step until it is kicked. A watch sees states: it may miss one. */
    private static final String FLAPPY = "flappy";

    private static final int LONGEST = 60;

    private final EmqxSimulator simulator;
    private final Duration pace;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final Iterator<Runnable> steps;
    private int age;

    /** @param pace the time between two steps, at least several times that between two looks of the routes */
    Fleet(EmqxSimulator simulator, Duration pace) {
        this.simulator = simulator;
        this.pace = pace;
        steps = List.<Runnable>of(
                        () -> connect("truck-1", "truck-2", FLAPPY),
                        () -> connect("truck-3"),
                        () -> connect("sensor-1", "test-1"),
                        () -> simulator.disconnect("truck-2"))
                .iterator();
    }

    /** Begins; done when the script is over and the routes have done what they are for, or should have long ago. */
    CompletableFuture<Void> play() {
        CompletableFuture<Void> end = new CompletableFuture<>();
        // the routes note what is there before anything happens
        ScheduledFuture<?> ticks = timer.scheduleWithFixedDelay(
                () -> tick(end), pace.toMillis() * 2, pace.toMillis(), TimeUnit.MILLISECONDS);
        return end.whenComplete((done, failure) -> ticks.cancel(false));
    }

    private void tick(CompletableFuture<Void> end) {
        try {
            age++;
            if (simulator.client(FLAPPY).isPresent()) {
                connect(FLAPPY);
            }
            if (steps.hasNext()) {
                steps.next().run();
                simulator.count("messages.received", simulator.clients().size());
            } else if (isAsItShouldBe() || age > LONGEST) {
                end.complete(null);
            }
        } catch (RuntimeException e) {
            end.completeExceptionally(e);
        }
    }

    private void connect(String... devices) {
        for (String device : devices) {
            simulator.connect(device);
        }
    }

    /** The clients that are banned. */
    Set<String> banned() {
        return simulator.bans().stream().map(BanRow::who).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The topics of what was told by MQTT. */
    Set<String> refused() {
        return simulator.published().stream()
                .map(PublishedMessage::topic)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The clients that are connected. */
    Set<String> connected() {
        return simulator.clients().stream()
                .map(SimulatedClient::clientId)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whether the guard, the provisioning and the Kamelets have done their work. */
    boolean isAsItShouldBe() {
        return banned().equals(Set.of(FLAPPY))
                && simulator.users().equals(Set.of("pump-1", "pump-2", "valve-1", "valve-3"))
                && refused().equals(Set.of("fleet/refused"))
                && connected().containsAll(Set.of("truck-1", "truck-3", "sensor-1"))
                && !connected().contains("test-1");
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
