/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks;

import io.github.camelemqx.platform.benchmarks.naive.NaiveChange;
import io.github.camelemqx.platform.benchmarks.naive.NaiveListing;
import io.github.camelemqx.platform.benchmarks.naive.NaiveRoute;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;

/** A fleet that is polled by the route that one writes without the component. */
final class NaiveFleet extends PolledFleet {

    private final ProducerTemplate template = context().createProducerTemplate();

    /** Starts it; nothing is polled yet. */
    NaiveFleet(Plan plan) throws Exception {
        super(plan);
        context()
                .addRoutes(new NaiveRoute(new NaiveListing(
                        plan.server() + plan.format().api(),
                        "benchmark",
                        "none",
                        plan.format() != RowFormat.V4_WIDE,
                        plan.pageSize())));
        context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(NaiveRoute.CHANGES).process(NaiveFleet.this::count);
            }
        });
        context().start();
    }

    private void count(Exchange exchange) {
        NaiveChange change = exchange.getIn().getBody(NaiveChange.class);
        count(change.type(), change.clientid());
    }

    @Override
    void poll() throws Exception {
        Exchange poll = template.send(NaiveRoute.POLL, exchange -> {});
        if (poll.getException() != null) {
            throw poll.getException();
        }
    }
}
