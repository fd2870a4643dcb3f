/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.errorhandling;

import io.github.camelemqx.platform.exception.EmqxAuthenticationException;
import org.apache.camel.builder.RouteBuilder;

/** Nothing will succeed until somebody has seen to the key: an alert, the message is kept, and the route takes no more. */
final class KeyIsRefused extends RouteBuilder {

    @Override
    public void configure() {
        onException(EmqxAuthenticationException.class)
                .handled(true)
                .useOriginalMessage()
                .to("direct:park")
                .setBody(exceptionMessage())
                .to("direct:alert")
                .to("controlbus:route?routeId=commands&action=suspend&async=true");

        from("seda:commands")
                .routeId("commands")
                .to("emqx-platform:messages?operation=publish&topic=devices/all&param.qos=1");
    }
}
