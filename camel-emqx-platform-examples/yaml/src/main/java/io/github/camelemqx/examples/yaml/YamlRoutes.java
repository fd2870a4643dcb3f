/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.yaml;

import io.github.camelemqx.platform.test.EmqxSimulator;
import io.github.camelemqx.platform.test.Generation;
import java.io.PrintStream;
import java.time.Duration;
import org.apache.camel.main.Main;

/**
 * Runs the routes of all YAML files, with what application.properties says, while devices of a simulated deployment come
 * and go; then tells what became of it. EMQX_SIMULATOR says the generation, v5 or v4.
 */
public final class YamlRoutes {

    private YamlRoutes() {}

    /** Runs it for a quarter of a minute; ends the process with 1 if the routes did not do what they are for. */
    public static void main(String[] args) throws Exception {
        Generation generation = "v4".equals(System.getenv("EMQX_SIMULATOR")) ? Generation.V4 : Generation.V5;
        if (!run(generation, Duration.ofSeconds(1), System.out)) {
            System.exit(1);
        }
    }

    /** Whether the routes did what they are for. */
    static boolean run(Generation generation, Duration pace, PrintStream out) throws Exception {
        try (EmqxSimulator simulator = EmqxSimulator.start(generation);
                Fleet fleet = new Fleet(simulator, pace)) {
            Main camel = new Main();
            camel.configure().withRoutesIncludePattern("classpath:camel/*.camel.yaml");
            // these go before those of the file
            camel.addOverrideProperty("emqx.apiUrl", simulator.apiUrl());
            camel.addOverrideProperty("emqx.appId", simulator.appId());
            camel.addOverrideProperty("emqx.appSecret", simulator.appSecret());
            camel.addOverrideProperty("clients.delay", String.valueOf(pace.toMillis() / 5));
            camel.start();
            try {
                fleet.play().get();
            } finally {
                camel.stop();
            }
            out.println("banned:    " + fleet.banned());
            out.println("users:     " + simulator.users());
            out.println("refused:   " + fleet.refused());
            out.println("connected: " + fleet.connected());
            return fleet.isAsItShouldBe();
        }
    }
}
