/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks.calls;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;

/** A route that makes the call for each exchange. */
abstract class RoutePeer implements Peer {

    /** Where its route begins. */
    static final String ENTRY = "direct:call";

    private final CamelContext context = new DefaultCamelContext();
    private final ProducerTemplate template;
    private final Object body;

    RoutePeer(Call call, Target target) throws Exception {
        configure(context, call, target);
        context.start();
        template = context.createProducerTemplate();
        template.setDefaultEndpointUri(ENTRY);
        body = body(call);
    }

    /** Adds the route. */
    abstract void configure(CamelContext context, Call call, Target target) throws Exception;

    /** What an exchange comes with. */
    abstract Object body(Call call);

    @Override
    public Object call() throws Exception {
        Exchange exchange = template.send(message -> message.getMessage().setBody(body));
        if (exchange.getException() != null) {
            throw exchange.getException();
        }
        return exchange.getMessage().getBody();
    }

    @Override
    public void close() {
        context.stop();
    }
}
