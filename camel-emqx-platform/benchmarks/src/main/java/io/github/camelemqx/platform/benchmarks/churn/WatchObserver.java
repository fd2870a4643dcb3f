/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks.churn;

import io.github.camelemqx.platform.ChurnClock;
import io.github.camelemqx.platform.EmqxPlatformConstants;
import io.github.camelemqx.platform.benchmarks.ByHand;
import io.github.camelemqx.platform.model.ResourceChange;
import java.time.Instant;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** The component's watch in a route, polled by hand. */
final class WatchObserver extends Observer {

    private final CamelContext context = new DefaultCamelContext();
    private final ByHand scheduler = new ByHand();
    private final Steps steps;

    WatchObserver(Surroundings surroundings) throws Exception {
        this.steps = surroundings.steps();
        ChurnClock.set(context, surroundings.clock());
        context.getRegistry().bind("byHand", scheduler);
        // a poll follows another as fast as the machine goes; and what fails here fails as often as it is asked again
        String watch = "emqx-platform:clients?scheduler=#byHand&requestsPerSecond=0&maxRetries=0"
                + "&apiUrl=" + surroundings.emqx().apiUrl()
                + "&appId=" + surroundings.emqx().appId()
                + "&appSecret=" + surroundings.emqx().appSecret()
                + "&pageSize=" + surroundings.pageSize();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(watch).process(WatchObserver.this::tell);
            }
        });
        context.start();
    }

    private void tell(Exchange exchange) {
        ResourceChange change = exchange.getMessage().getBody(ResourceChange.class);
        Instant detected = exchange.getMessage().getHeader(EmqxPlatformConstants.DETECTED_AT, Instant.class);
        add(new Told(
                change.type(),
                change.key(),
                Told.connection(change.after() == null ? change.before() : change.after()),
                change.after() != null && !change.after().containsKey("reason"),
                steps.of(detected)));
    }

    @Override
    boolean poll() {
        return scheduler.tryPoll();
    }

    @Override
    public void close() {
        context.stop();
    }
}
