/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.quickstart;

import io.github.camelemqx.platform.model.MetricChange;
import org.apache.camel.builder.RouteBuilder;

/** Route 2: what the broker counts, as what was added since the last look and as a rate. */
final class MetricWatch extends RouteBuilder {

    private final Console console;
    private final Tally tally;

    MetricWatch(Console console, Tally tally) {
        this.console = console;
        this.tally = tally;
    }

    @Override
    public void configure() {
        from("emqx-platform:metrics?metricNames=client.connected,messages.*&delay={{metrics.delay:2000}}")
                .routeId("metrics")
                .process()
                .body(MetricChange.class, this::tell);
    }

    private void tell(MetricChange change) {
        tally.add(change.name(), change.delta());
        console.event("  %s +%d (%.1f/s)", change.name(), change.delta(), change.ratePerSecond());
    }
}
