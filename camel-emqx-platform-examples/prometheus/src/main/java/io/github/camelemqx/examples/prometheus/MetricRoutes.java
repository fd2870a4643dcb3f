/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.prometheus;

import io.github.camelemqx.platform.EmqxPlatformComponent;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.LoggingLevel;
import org.apache.camel.builder.RouteBuilder;

/** What the broker counts, what it has, and who comes and goes. */
final class MetricRoutes extends RouteBuilder {

    @Override
    public void configure() {
        BrokerMeters meters = meters(getContext());

        from("emqx-platform:metrics?metricNames={{counters}}&batch=true&initialDelay=0&delay={{metrics.delay}}")
                .routeId("metrics")
                .process()
                .body(List.class, meters::count);

        from("emqx-platform:stats?metricNames={{gauges}}&batch=true&emitInitial=true&initialDelay=0&delay={{stats.delay}}")
                .routeId("stats")
                .process()
                .body(List.class, meters::set);

        // the component counts events by their type; who it was is for the log, never for a label
        from("emqx-platform:clients?initialDelay=0&delay={{clients.delay}}")
                .routeId("clients")
                .log(LoggingLevel.DEBUG, "${header.CamelEmqxPlatformEventType} ${header.CamelEmqxPlatformClientId}");
    }

    /** The meters that the routes feed, and one for each route. */
    static BrokerMeters meters(CamelContext camel) {
        // the one that camel-micrometer-prometheus has made, and that the component's own meters are in
        MeterRegistry registry = camel.getRegistry().findSingleByType(MeterRegistry.class);
        List.of("metrics", "stats", "clients").forEach(route -> ready(camel, registry, route));
        return new BrokerMeters(registry, names(camel, "{{counters}}"), names(camel, "{{gauges}}"));
    }

    private static List<String> names(CamelContext camel, String property) {
        return List.of(camel.resolvePropertyPlaceholders(property).split(",", -1));
    }

    /** Whether the last poll saw everything: what an alert asks for first. */
    private static void ready(CamelContext camel, MeterRegistry registry, String route) {
        EmqxPlatformComponent emqx = camel.getComponent("emqx-platform", EmqxPlatformComponent.class);
        Gauge.builder("emqx.watch.ready", () -> emqx.watches().stream()
                        .filter(watch -> watch.route().equals(route) && watch.isReady())
                        .count())
                .description("1 if the last poll of the watch saw everything, else 0")
                .tag("routeId", route)
                .register(registry);
    }
}
