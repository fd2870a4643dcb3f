/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.prometheus;

import io.github.camelemqx.platform.test.EmqxSimulator;
import io.github.camelemqx.platform.test.Generation;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;

/**
 * Metrics for Prometheus, of a simulated deployment, or with EMQX_API_URL, EMQX_APP_ID and EMQX_APP_SECRET of a real one, which
 * is only read.
 */
public final class PrometheusMetrics implements AutoCloseable {

    private final Main camel = new Main();
    /** Null for those in Java. */
    private String routes;

    PrometheusMetrics(String apiUrl, String appId, String appSecret) {
        set("camel.component.emqx-platform.apiUrl", apiUrl);
        set("camel.component.emqx-platform.appId", appId);
        set("camel.component.emqx-platform.appSecret", appSecret);
    }

    /** Serves them until the process ends. */
    public static void main(String[] args) throws Exception {
        Map<String, String> environment = System.getenv();
        String apiUrl = environment.get("EMQX_API_URL");
        if (apiUrl != null) {
            try (PrometheusMetrics metrics =
                    new PrometheusMetrics(apiUrl, environment.get("EMQX_APP_ID"), environment.get("EMQX_APP_SECRET"))) {
                metrics.serve();
            }
            return;
        }
        String generation = environment.getOrDefault("EMQX_SIMULATOR", "v5").toUpperCase(Locale.ROOT);
        ScheduledExecutorService fleet = Executors.newSingleThreadScheduledExecutor();
        try (EmqxSimulator simulator = EmqxSimulator.start(Generation.valueOf(generation));
                PrometheusMetrics metrics = of(simulator)) {
            Future<?> life = fleet.scheduleAtFixedRate(() -> live(simulator), 0, 500, TimeUnit.MILLISECONDS);
            metrics.serve();
            life.cancel(false);
        } finally {
            fleet.shutdownNow();
        }
    }

    /** A moment in the life of simulated devices. */
    private static void live(EmqxSimulator simulator) {
        for (String device : List.of("truck-1", "truck-2", "gate-1", "meter-1")) {
            if (Math.random() < 0.2 && simulator.client(device).isPresent()) {
                simulator.disconnect(device);
            } else if (simulator.client(device).isEmpty()) {
                simulator.connect(device);
                simulator.subscribe(device, "commands/" + device, 1);
            }
            simulator.count("messages.received", 3);
            simulator.count("messages.sent", 5);
        }
    }

    private void serve() throws InterruptedException {
        start();
        System.out.println(camel.getCamelContext()
                .resolvePropertyPlaceholders(
                        "http://{{camel.management.host}}:{{camel.management.port}}/observe/metrics"
                                + " is there to be scraped; Ctrl-C ends it."));
        new CountDownLatch(1).await();
    }

    /** The metrics of a simulated deployment. */
    static PrometheusMetrics of(EmqxSimulator simulator) {
        return new PrometheusMetrics(simulator.apiUrl(), simulator.appId(), simulator.appSecret());
    }

    /** Sets a property that goes before the one of the file, before the start. */
    PrometheusMetrics set(String property, String value) {
        camel.addOverrideProperty(property, value);
        return this;
    }

    /** The routes of a file in place of those in Java, before the start; they have the bean {@code meters}. */
    PrometheusMetrics routes(String file) {
        routes = file;
        return this;
    }

    PrometheusMetrics start() {
        if (routes == null) {
            camel.configure().addRoutesBuilder(new MetricRoutes());
        } else {
            camel.configure().withRoutesIncludePattern(routes);
            // not before: the registry of the meters is made then
            camel.init();
            CamelContext context = camel.getCamelContext();
            context.getRegistry().bind("meters", MetricRoutes.meters(context));
        }
        camel.start();
        return this;
    }

    @Override
    public void close() {
        camel.stop();
    }
}
