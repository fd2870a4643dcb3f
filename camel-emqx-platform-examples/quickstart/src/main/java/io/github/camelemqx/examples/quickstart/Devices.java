/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.quickstart;

import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;

import io.github.camelemqx.platform.test.ClientOptions;
import io.github.camelemqx.platform.test.EmqxSimulator;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * The simulated devices: they come and go by a script. A watch sees states, not instants, so a step waits until the
 * watch had time to see the one before; each device present publishes three messages a step.
 */
final class Devices implements AutoCloseable {

    /** Leaves just before it is kicked. */
    static final String HASTY = "hasty";

    /** Here before anybody watches. */
    private static final String PRESENT = "+gate-1 +gate-2 +meter-1 +meter-2";

    /** A line a step: + comes, - leaves, ~ connects again. No device is in two lines that follow each other. */
    private static final String SCRIPT = """
            +truck-1 +truck-2
            +sensor-1 +sensor-2 +flappy
            +truck-3 ~truck-1
            ~flappy +hasty
            -sensor-1 +sensor-3
            ~flappy ~hasty
            +sensor-1
            ~flappy
            ~hasty -truck-2
            +flappy
            ~meter-1 +sensor-4
            ~hasty
            -sensor-2 +truck-4
            +hasty
            ~truck-3 -gate-2
            +truck-2
            -sensor-3 +gate-2
            -truck-1 ~meter-2
            -truck-4
            -sensor-4
            """;

    private static final int MESSAGES = 3;

    private final EmqxSimulator simulator;
    private final Console console;
    private final Duration pace;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final Iterator<String> steps = SCRIPT.lines().iterator();
    private final Map<String, ClientOptions> known = new LinkedHashMap<>();
    private Looks looksAtStep;
    private long timeOfStep;
    private long connected;
    private long reconnected;
    private long published;

    /** @param length of the whole play, about */
    Devices(EmqxSimulator simulator, Duration length, Console console) {
        this.simulator = simulator;
        this.console = console;
        this.pace = length.dividedBy(SCRIPT.lines().count());
        perform(PRESENT);
    }

    /** Begins; done when the script is over and all of it could be seen. */
    CompletableFuture<Void> play() {
        looksAtStep = Looks.at(simulator);
        timeOfStep = System.nanoTime();
        ScheduledFuture<?> ticks =
                timer.scheduleWithFixedDelay(this::tick, 0, pace.toMillis() / 10 + 1, TimeUnit.MILLISECONDS);
        return end.whenComplete((done, failure) -> ticks.cancel(false));
    }

    private void tick() {
        try {
            Looks looks = Looks.at(simulator);
            boolean soon = System.nanoTime() - timeOfStep < pace.toNanos();
            // a listing that is on its way may be older than the step: the second one is not
            if (soon || looks.metrics() == 0 || looks.clients() < looksAtStep.clients() + 2) {
                return;
            }
            if (steps.hasNext()) {
                perform(steps.next());
                publish();
                looksAtStep = Looks.at(simulator);
                timeOfStep = System.nanoTime();
            } else if (looks.clients() > looksAtStep.clients() + 2 && looks.metrics() > looksAtStep.metrics() + 2) {
                // a third look shows that what the second saw has been dealt with
                end.complete(null);
            }
        } catch (RuntimeException e) {
            end.completeExceptionally(e);
        }
    }

    private void perform(String step) {
        for (String action : step.split(" ", -1)) {
            String device = action.substring(1);
            switch (action.charAt(0)) {
                case '+' -> come(device);
                case '~' -> {
                    simulator.connect(options(device));
                    reconnected++;
                }
                case '-' -> simulator.disconnect(device);
                default -> throw new IllegalStateException("The script says " + action);
            }
        }
    }

    private void come(String device) {
        if (simulator.bans().stream().anyMatch(ban -> ban.who().equals(device))) {
            console.event("x %s is refused by the broker: banned", device);
        } else {
            simulator.connect(options(device));
            connected++;
        }
    }

    private void publish() {
        long messages = (long) MESSAGES * simulator.clients().size();
        simulator.count("messages.received", messages);
        published += messages;
    }

    /** Each device its own address, and one user name for those of a kind. */
    private ClientOptions options(String device) {
        return known.computeIfAbsent(device, name -> ClientOptions.of(name)
                .username(name.replaceAll("-\\d+$", ""))
                .ipAddress("10.0.0." + (known.size() + 1)));
    }

    /** How often a device came that was not there, those of the beginning included. */
    long connected() {
        return connected;
    }

    /** How often a device connected again while it was connected. */
    long reconnected() {
        return reconnected;
    }

    /** All of them came, and those that are not here any more have left. */
    long disconnected() {
        return connected - simulator.clients().size();
    }

    /** Connections since somebody watches. */
    long connections() {
        return connected + reconnected - PRESENT.split(" ", -1).length;
    }

    /** Messages that the devices published. */
    long published() {
        return published;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    /** How often the routes have listed clients and metrics. */
    private record Looks(int clients, int metrics) {

        static Looks at(EmqxSimulator simulator) {
            return new Looks(count(simulator, ".*/clients"), count(simulator, ".*/metrics"));
        }

        private static int count(EmqxSimulator simulator, String path) {
            return simulator
                    .wireMock()
                    .countRequestsMatching(
                            getRequestedFor(urlPathMatching(path)).build())
                    .getCount();
        }
    }
}
