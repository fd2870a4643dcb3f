/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks.churn;

import io.github.camelemqx.platform.benchmarks.naive.NaiveChange;
import io.github.camelemqx.platform.benchmarks.naive.NaiveListing;
import io.github.camelemqx.platform.benchmarks.naive.NaiveRoute;
import io.github.camelemqx.platform.benchmarks.naive.NoPage;
import io.github.camelemqx.platform.test.EmqxSimulator;
import io.github.camelemqx.platform.test.Generation;
import java.io.IOException;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.camel.impl.DefaultCamelContext;

/** The naive route, polled by hand. */
final class NaiveObserver extends Observer {

    private final CamelContext context = new DefaultCamelContext();
    private final ProducerTemplate template = context.createProducerTemplate();
    private final Steps steps;

    NaiveObserver(Surroundings surroundings) throws Exception {
        this.steps = surroundings.steps();
        EmqxSimulator emqx = surroundings.emqx();
        context.addRoutes(new NaiveRoute(new NaiveListing(
                emqx.apiUrl(),
                emqx.appId(),
                emqx.appSecret(),
                emqx.generation() == Generation.V5,
                surroundings.pageSize())));
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(NaiveRoute.CHANGES).process(NaiveObserver.this::tell);
            }
        });
        context.start();
    }

    private void tell(Exchange exchange) {
        NaiveChange change = exchange.getMessage().getBody(NaiveChange.class);
        add(new Told(change.type(), change.clientid(), Told.connection(change.row()), change.listed(), steps.last()));
    }

    /**
     * A poll that failed is one that saw nothing, as the route has it.
     *
     * @throws IllegalStateException if it did not fail for what the broker answered
     */
    @Override
    boolean poll() {
        Exception failure = template.send(NaiveRoute.POLL, exchange -> {}).getException();
        if (failure == null
                || failure instanceof HttpOperationFailedException
                || failure instanceof IOException
                || failure instanceof NoPage) {
            return failure == null;
        }
        throw new IllegalStateException("The naive route has failed", failure);
    }

    @Override
    public void close() {
        context.stop();
    }
}
