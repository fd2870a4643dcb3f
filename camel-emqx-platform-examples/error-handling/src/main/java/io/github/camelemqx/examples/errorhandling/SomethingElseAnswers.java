/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.errorhandling;

import io.github.camelemqx.platform.exception.EmqxProtocolException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.builder.RouteBuilder;

/** A proxy or a portal has answered, or the address is another's: an alert, and the last good answer serves meanwhile. */
final class SomethingElseAnswers extends RouteBuilder {

    private final AtomicReference<Object> lastGood = new AtomicReference<>();

    @Override
    public void configure() {
        onException(EmqxProtocolException.class)
                .handled(true)
                .setBody(simple("Who answers at the address of the API? ${exception.message}"))
                .to("direct:alert")
                .setBody(exchange -> lastGood.get());

        from("direct:nodes")
                .routeId("nodes")
                .to("emqx-platform:nodes?operation=list")
                .process(exchange -> lastGood.set(exchange.getMessage().getBody()));
    }
}
