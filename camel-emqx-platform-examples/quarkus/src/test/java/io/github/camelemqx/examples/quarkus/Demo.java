/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.quarkus;

import io.github.camelemqx.platform.test.DevicesInTurn;
import io.github.camelemqx.platform.test.EmqxSimulator;
import io.github.camelemqx.platform.test.Generation;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Runs the application that Maven has built: against the deployment of EMQX_API_URL, EMQX_APP_ID and EMQX_APP_SECRET until it
 * is ended, or, without these, for a while against a simulated one whose devices come and go.
 */
public final class Demo {

    private static final Duration A_WHILE = Duration.ofSeconds(20);

    private Demo() {}

    /**
     * Runs it with the variables of the process.
     *
     * @param args the jar of the application
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path jar = Path.of(args[0]);
        if (System.getenv("EMQX_API_URL") == null) {
            Instant end = Instant.now().plus(A_WHILE);
            Generation generation = "v4".equals(System.getenv("EMQX_SIMULATOR")) ? Generation.V4 : Generation.V5;
            String summary = simulated(generation, jar, Map.of(), Redirect.INHERIT, () -> Instant.now()
                    .isAfter(end));
            System.out.println("After " + A_WHILE.toSeconds() + " s: " + summary);
        } else {
            started(jar, Map.of(), Redirect.INHERIT).waitFor();
        }
    }

    /** Plays until the end, and tells what became of it. */
    static String simulated(
            Generation generation, Path jar, Map<String, String> variables, Redirect output, BooleanSupplier end)
            throws IOException, InterruptedException {
        try (EmqxSimulator simulator = EmqxSimulator.start(generation)) {
            Map<String, String> all = new HashMap<>(variables);
            all.put("EMQX_API_URL", simulator.apiUrl());
            all.put("EMQX_APP_ID", simulator.appId());
            all.put("EMQX_APP_SECRET", simulator.appSecret());
            all.put("EMQX_ALLOW_WRITES", "true");
            DevicesInTurn devices = new DevicesInTurn(simulator);
            Process application = started(jar, all, output);
            try {
                while (!end.getAsBoolean()) {
                    if (application.waitFor(100, TimeUnit.MILLISECONDS)) {
                        throw new IllegalStateException("The application ended by itself: " + application.exitValue());
                    }
                }
            } finally {
                application.destroy();
                if (!application.waitFor(30, TimeUnit.SECONDS)) {
                    application.destroyForcibly();
                }
                devices.close();
            }
            return simulator.clients().size() + " clients are connected, "
                    + simulator.published().size() + " were greeted";
        }
    }

    private static Process started(Path jar, Map<String, String> variables, Redirect output) throws IOException {
        ProcessBuilder java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        jar.toString())
                .redirectErrorStream(true)
                .redirectOutput(output);
        java.environment().putAll(variables);
        return java.start();
    }
}
