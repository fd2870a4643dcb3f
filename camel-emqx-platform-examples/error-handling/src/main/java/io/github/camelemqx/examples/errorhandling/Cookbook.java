/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.errorhandling;

import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import io.github.camelemqx.platform.test.EmqxSimulator;
import io.github.camelemqx.platform.test.Generation;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.camel.builder.NotifyBuilder;
import org.apache.camel.main.Main;

/** Each exception happens to its recipe on a simulated deployment; what was called then, and what people were told, is printed. */
public final class Cookbook implements AutoCloseable {

    private final EmqxSimulator simulator;
    private final Desk desk = new Desk();
    private final Main camel = new Main();

    /**
     * All recipes in one application.
     *
     * @param outbox the folder of {@link BrokerIsDown}
     * @param recipes tells camel-main where they are
     */
    Cookbook(Generation generation, Path outbox, Consumer<Main> recipes) {
        simulator = EmqxSimulator.start(generation);
        camel.addOverrideProperty("camel.component.emqx-platform.api-url", simulator.apiUrl());
        camel.addOverrideProperty("camel.component.emqx-platform.app-id", simulator.appId());
        camel.addOverrideProperty("camel.component.emqx-platform.app-secret", simulator.appSecret());
        // what is called again here, a recipe calls
        camel.addOverrideProperty("camel.component.emqx-platform.max-retries", "0");
        camel.addOverrideProperty("cookbook.outbox", outbox.toString());
        camel.addOverrideProperty("cookbook.wait", "50");
        camel.addOverrideProperty("cookbook.pause", "300");
        camel.configure().addRoutesBuilder(desk);
        recipes.accept(camel);
        camel.start();
    }

    /** Those in Java. */
    static void recipes(Main camel) {
        Trouble.all().forEach(trouble -> camel.configure().addRoutesBuilder(trouble.recipe()));
    }

    /** Runs it on the generation that EMQX_SIMULATOR names, {@code v5} or {@code v4}; ends with 1 if a recipe does not end. */
    public static void main(String[] args) throws Exception {
        String name = System.getenv().getOrDefault("EMQX_SIMULATOR", "v5");
        Path outbox = Files.createTempDirectory("outbox");
        try (Cookbook cookbook =
                new Cookbook(Generation.valueOf(name.toUpperCase(Locale.ROOT)), outbox, Cookbook::recipes)) {
            if (!cookbook.run(System.out)) {
                System.exit(1);
            }
        }
    }

    /** Whether each recipe came to its end. */
    boolean run(PrintStream out) {
        for (Trouble trouble : Trouble.all()) {
            simulator.reset();
            desk.clear();
            boolean done = happens(trouble);
            out.println(trouble.exception().getSimpleName() + ": "
                    + trouble.recipe().getClass().getSimpleName());
            var calls = simulator.wireMock().getAllServeEvents();
            for (int latest = calls.size() - 1; latest >= 0; latest--) {
                out.println("  " + line(calls.get(latest)));
            }
            desk.notes().forEach(note -> out.println("  " + note));
            if (!done) {
                return false;
            }
        }
        return true;
    }

    /** Makes it happen; whether its recipe has come to its end. */
    boolean happens(Trouble trouble) {
        trouble.prepare(simulator);
        NotifyBuilder done = new NotifyBuilder(camel.getCamelContext())
                .fromRoute(trouble.route())
                .whenCompleted(1)
                .create();
        send(trouble);
        return done.matches(30, TimeUnit.SECONDS);
    }

    private void send(Trouble trouble) {
        Trouble.Call call = trouble.call();
        camel.getCamelContext()
                .createProducerTemplate()
                .sendBodyAndHeaders(call.endpoint(), call.body(), call.headers());
    }

    private static String line(ServeEvent call) {
        return call.getRequest().getMethod() + " "
                + call.getRequest().getUrl().replaceFirst("^/api/v\\d", "") + "  "
                + call.getResponse().getStatus();
    }

    EmqxSimulator simulator() {
        return simulator;
    }

    Desk desk() {
        return desk;
    }

    Main camel() {
        return camel;
    }

    @Override
    public void close() {
        camel.stop();
        simulator.close();
    }
}
