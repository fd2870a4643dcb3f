/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.errorhandling;

import io.github.camelemqx.platform.exception.EmqxPlatformException;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/** For a route without a recipe of its own: what may pass is tried again, everything else goes to the dead letters at once. */
final class AnythingElse extends RouteBuilder {

    private static final int MOST_CALLS = 3;

    @Override
    public void configure() {
        onException(EmqxPlatformException.class)
                .retryWhile(call -> call.getProperty(Exchange.EXCEPTION_CAUGHT, EmqxPlatformException.class)
                                .retryable()
                        && call.getMessage().getHeader(Exchange.REDELIVERY_COUNTER, 0, int.class) < MOST_CALLS)
                .redeliveryDelay("{{cookbook.wait}}")
                .backOffMultiplier(2)
                .useExponentialBackOff()
                .handled(true)
                .useOriginalMessage()
                .setHeader("reason", exceptionMessage())
                .to("direct:dead-letter");

        // a state that is retained may be published twice
        from("direct:state")
                .routeId("state")
                .to("emqx-platform:messages?operation=publish&topic=plant/state&param.qos=1&param.retain=true");
    }
}
