/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.errorhandling;

import io.github.camelemqx.platform.exception.EmqxServerException;
import org.apache.camel.builder.RouteBuilder;

/** Nobody knows what the broker has done: what only reads is done once more; then people must look at its log. */
final class BrokerFails extends RouteBuilder {

    @Override
    public void configure() {
        onException(EmqxServerException.class)
                .maximumRedeliveries(1)
                .redeliveryDelay("{{cookbook.wait}}")
                .handled(true)
                .setBody(exceptionMessage())
                .to("direct:alert");

        from("direct:stats").routeId("stats").to("emqx-platform:stats?operation=get");
    }
}
