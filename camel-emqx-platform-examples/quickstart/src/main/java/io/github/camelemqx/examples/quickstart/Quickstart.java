/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.quickstart;

import io.github.camelemqx.examples.quickstart.Settings.Deployment;
import io.github.camelemqx.platform.exception.EmqxPlatformException;
import io.github.camelemqx.platform.test.EmqxSimulator;
import io.github.camelemqx.platform.test.Generation;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Four routes for half a minute: clients and metrics watched, flapping clients kicked and banned, lines of a CSV file
 * made users; against a simulated deployment, or with EMQX_API_URL, EMQX_APP_ID and EMQX_APP_SECRET against a real one.
 */
public final class Quickstart {

    private final Map<String, String> environment;
    private final Console console;
    private final Tally tally = new Tally();

    Quickstart(Map<String, String> environment, PrintStream out) {
        this.environment = environment;
        this.console = new Console(out);
    }

    /** Runs it with the variables of the process; ends the process if it fails. */
    public static void main(String[] args) throws Exception {
        int exitCode = new Quickstart(System.getenv(), System.out).run();
        if (exitCode != 0) {
            System.exit(exitCode);
        }
    }

    /** 0 if all went well and the summary adds up, else 1. */
    int run() throws Exception {
        try {
            Settings settings = Settings.of(environment);
            return settings.deployment() == null ? simulated(settings) : real(settings);
        } catch (EmqxPlatformException | IllegalArgumentException e) {
            console.line("Cannot run: " + e.getMessage());
            return 1;
        }
    }

    private int simulated(Settings settings) throws Exception {
        // the rest of the half minute is Camel's start and the last looks at the metrics
        Duration play = settings.length().multipliedBy(3).dividedBy(4);
        try (EmqxSimulator simulator = EmqxSimulator.start(settings.generation());
                Devices devices = new Devices(simulator, play, console)) {
            console.line(
                    "A simulated deployment of generation " + simulator.generation() + " at " + simulator.apiUrl());
            Deployment deployment = new Deployment(simulator.apiUrl(), simulator.appId(), simulator.appSecret());
            try (Routes routes = new Routes(settings, deployment, console, tally)) {
                routes.bind("hasty", new HastyDevice(simulator, Devices.HASTY, console));
                routes.start();
                // should the routes have stopped looking, the summary tells what they missed
                devices.play()
                        .completeOnTimeout(null, play.toMinutes() + 2, TimeUnit.MINUTES)
                        .get();
            }
            Summary summary = Summary.of(devices, simulator, tally);
            console.line(String.format("%n  %-36s %9s %9s", "Summary", "simulator", "routes"));
            summary.lines().forEach(line -> console.line(line.toString()));
            if (simulator.generation() == Generation.V4) {
                console.line("  (generation 4 answers success for clients that are offline, too)");
            }
            console.line(summary.addsUp() ? "The summary adds up." : "The summary does not add up.");
            return summary.addsUp() ? 0 : 1;
        }
    }

    private int real(Settings settings) throws Exception {
        try (Routes routes = new Routes(settings, settings.deployment(), console, tally)) {
            routes.start();
            new CompletableFuture<Void>()
                    .completeOnTimeout(null, settings.length().toMillis(), TimeUnit.MILLISECONDS)
                    .get();
        }
        console.line(String.format("%n  Summary"));
        new TreeMap<>(tally.all()).forEach((what, times) -> console.line(String.format("  %-36s %9d", what, times)));
        return 0;
    }
}
