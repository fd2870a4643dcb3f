/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.tracing;

import io.github.camelemqx.platform.EmqxPlatformConstants;
import io.github.camelemqx.platform.test.ClientOptions;
import io.github.camelemqx.platform.test.EmqxSimulator;
import io.github.camelemqx.platform.test.Generation;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.camel.main.Main;
import org.apache.camel.opentelemetry2.OpenTelemetryTracer;

/**
 * A device that nobody knows connects to a simulated deployment and is kicked; another is asked for and is not there. What was
 * done, how long it took and what the API said of it is printed as traces.
 */
public final class Tracing {

    private static final int SECONDS = 30;

    private final Generation generation;
    private final Consumer<Main> routes;
    private final PrintStream out;

    /** @param routes tells camel-main where the routes are */
    Tracing(Generation generation, Consumer<Main> routes, PrintStream out) {
        this.generation = generation;
        this.routes = routes;
        this.out = out;
    }

    /** Runs it on the generation that EMQX_SIMULATOR names: {@code v5}, or {@code v4}. */
    public static void main(String[] args) throws Exception {
        String name = System.getenv().getOrDefault("EMQX_SIMULATOR", "v5");
        Tracing tracing = new Tracing(
                Generation.valueOf(name.toUpperCase(Locale.ROOT)),
                camel -> camel.configure().addRoutesBuilder(new Doorkeeper()),
                System.out);
        if (!tracing.run()) {
            System.exit(1);
        }
    }

    /** Whether all of it was seen. */
    boolean run() throws Exception {
        PrintedTraces traces = new PrintedTraces(out);
        Main camel = new Main();
        try (EmqxSimulator simulator = EmqxSimulator.start(generation);
                // an application of yours has the exporter of its collector here, or the agent of OpenTelemetry and no
                // code at all
                SdkTracerProvider tracing = SdkTracerProvider.builder()
                        .addSpanProcessor(SimpleSpanProcessor.create(traces))
                        .build()) {
            camel.addInitialProperty("camel.component.emqx-platform.apiUrl", simulator.apiUrl());
            camel.addInitialProperty("camel.component.emqx-platform.appId", simulator.appId());
            camel.addInitialProperty("camel.component.emqx-platform.appSecret", simulator.appSecret());
            routes.accept(camel);
            camel.init();
            camel.getCamelContext().getRegistry().bind("tracer", Tracer.class, tracing.get("camel"));
            new OpenTelemetryTracer().init(camel.getCamelContext());
            try {
                camel.start();
                simulator.connect(ClientOptions.of("pump-1").username("plant"));
                simulator.connect(ClientOptions.of("stranger-1"));
                camel.getCamelTemplate()
                        .sendBodyAndHeader("direct:whereabouts", null, EmqxPlatformConstants.CLIENT_ID, "nobody");
                return traces.await("clients kick", SECONDS, TimeUnit.SECONDS)
                        && traces.await("clients get", SECONDS, TimeUnit.SECONDS);
            } finally {
                camel.stop();
            }
        }
    }
}
