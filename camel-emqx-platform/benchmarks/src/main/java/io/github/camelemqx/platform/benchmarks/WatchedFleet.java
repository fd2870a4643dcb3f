/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks;

import io.github.camelemqx.platform.EmqxPlatformConstants;
import io.github.camelemqx.platform.watch.StateStore;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/** A fleet that is watched by the component. */
final class WatchedFleet extends PolledFleet {

    private final ByHand scheduler = new ByHand();

    /**
     * Starts it; nothing is polled yet.
     *
     * @param store null for none
     */
    WatchedFleet(Plan plan, StateStore store) throws Exception {
        super(plan);
        context().getRegistry().bind("byHand", scheduler);
        String uri =
                "emqx-platform:clients?scheduler=#byHand&requestsPerSecond=0&appId=benchmark&appSecret=none&pageSize="
                        + plan.pageSize() + "&apiUrl=" + plan.server()
                        + plan.format().api();
        if (store != null) {
            context().getRegistry().bind("store", store);
        }
        String watch = store == null ? uri : uri + "&stateStore=#store&stateKey=benchmark";
        context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(watch).to("direct:changes");
                from("direct:changes").process(WatchedFleet.this::count);
            }
        });
        context().start();
    }

    private void count(Exchange exchange) {
        count(
                exchange.getIn().getHeader(EmqxPlatformConstants.EVENT_TYPE, String.class),
                exchange.getIn().getHeader(EmqxPlatformConstants.KEY, String.class));
    }

    @Override
    void poll() {
        scheduler.poll();
    }
}
