/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.springboot;

import io.github.camelemqx.platform.EmqxPlatformConstants;
import io.github.camelemqx.platform.exception.EmqxClientOfflineException;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/** Kicks clients whose ids begin with test-, and greets the others with an MQTT message. */
@Component
@ConditionalOnProperty("doorman.enabled")
class Doorman extends RouteBuilder {

    @Override
    public void configure() {
        onException(EmqxClientOfflineException.class)
                .handled(true)
                .log("${header.CamelEmqxPlatformKey} has left already");

        from("direct:client-events")
                .routeId("doorman")
                .filter(header(EmqxPlatformConstants.EVENT_TYPE).isEqualTo("connected"))
                .choice()
                .when(header(EmqxPlatformConstants.CLIENT_ID).startsWith("test-"))
                // whom to kick, the event's header CamelEmqxPlatformClientId says
                .to("emqx-platform:clients?operation=kick")
                .process(event -> log.info("{} kicked", event.getMessage().getHeader(EmqxPlatformConstants.CLIENT_ID)))
                .otherwise()
                // the name is a device's own choice: in the message, where it steers nothing, not in the topic
                .setBody(simple("Welcome, ${header.CamelEmqxPlatformClientId}"))
                .to("emqx-platform:messages?operation=publish&topic=fleet/welcome");
    }
}
