/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.errorhandling;

import io.github.camelemqx.platform.exception.EmqxPartialFailureException;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/** Those that succeeded are done: each that failed is dealt with by itself, with its code and message. */
final class SomeItemsFail extends RouteBuilder {

    @Override
    public void configure() {
        onException(EmqxPartialFailureException.class)
                .handled(true)
                .setBody(exchange -> exchange.getProperty(Exchange.EXCEPTION_CAUGHT, EmqxPartialFailureException.class)
                        .failures())
                .split(body())
                .to("direct:dead-letter");

        // a list of rows with clientid and topic
        from("direct:subscribe-all").routeId("subscribe-all").to("emqx-platform:clients?operation=subscribe-bulk");
    }
}
