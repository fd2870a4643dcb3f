/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.errorhandling;

import io.github.camelemqx.platform.exception.EmqxInvalidRequestException;
import org.apache.camel.builder.RouteBuilder;

/** It is wrong today and will be tomorrow: to the dead letters, as it came, with the reason. */
final class RequestIsWrong extends RouteBuilder {

    @Override
    public void configure() {
        onException(EmqxInvalidRequestException.class)
                .handled(true)
                .useOriginalMessage()
                .setHeader("reason", exceptionMessage())
                .to("direct:dead-letter");

        // the topic is the header CamelEmqxPlatformTopic
        from("direct:publish").routeId("publish").to("emqx-platform:messages?operation=publish");
    }
}
