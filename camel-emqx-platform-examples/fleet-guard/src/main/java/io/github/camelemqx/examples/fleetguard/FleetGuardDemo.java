/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.fleetguard;

import io.github.camelemqx.platform.test.BanRow;
import io.github.camelemqx.platform.test.EmqxSimulator;
import io.github.camelemqx.platform.test.Generation;
import io.github.camelemqx.platform.test.SimulatedClient;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.camel.main.Main;

/**
 * The guard watches a simulated deployment: of five devices three connect too often, of which one is gone before it is kicked
 * and one is banned already. What became of them is printed.
 */
public final class FleetGuardDemo {

    private FleetGuardDemo() {}

    /** Runs it on the generation that EMQX_SIMULATOR names, {@code v5} or {@code v4}; ends with 1 if the guard did not do its work. */
    public static void main(String[] args) throws Exception {
        String name = System.getenv().getOrDefault("EMQX_SIMULATOR", "v5");
        if (!run(
                Generation.valueOf(name.toUpperCase(Locale.ROOT)),
                500,
                camel -> camel.configure().addRoutesBuilder(new FleetGuard()),
                System.out)) {
            System.exit(1);
        }
    }

    /**
     * Whether the guard did its work.
     *
     * @param delay between two looks, in milliseconds
     * @param routes tells camel-main where the guard's route is
     */
    static boolean run(Generation generation, int delay, Consumer<Main> routes, PrintStream out) throws Exception {
        Main camel = new Main();
        try (EmqxSimulator simulator = EmqxSimulator.start(generation)) {
            camel.addOverrideProperty("camel.component.emqx-platform.api-url", simulator.apiUrl());
            camel.addOverrideProperty("camel.component.emqx-platform.app-id", simulator.appId());
            camel.addOverrideProperty("camel.component.emqx-platform.app-secret", simulator.appSecret());
            camel.addOverrideProperty("guard.connects", "3");
            camel.addOverrideProperty("guard.delay", String.valueOf(delay));
            routes.accept(camel);
            SimulatedFleet fleet = new SimulatedFleet(simulator);
            camel.start();
            try {
                fleet.play().get(2, TimeUnit.MINUTES);
            } finally {
                camel.stop();
            }
            List<BanRow> bans = simulator.bans();
            simulator.published().forEach(notice -> out.println(notice.topic() + "  " + notice.text()));
            bans.forEach(ban -> out.println(
                    "banned     " + ban.who() + (ban.until() == null ? " for ever" : " until " + ban.until())));
            Set<String> connected = simulator.clients().stream()
                    .map(SimulatedClient::clientId)
                    .collect(Collectors.toCollection(TreeSet::new));
            out.println("connected  " + connected);
            return bans.size() == 3 && connected.equals(Set.of("truck-1", "truck-2"));
        }
    }
}
