/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.quarkus;

import io.github.camelemqx.platform.EmqxPlatformConstants;
import io.github.camelemqx.platform.exception.EmqxClientOfflineException;
import org.apache.camel.builder.RouteBuilder;

/** Kicks clients whose ids begin with test-, and greets the others with an MQTT message. */
public class Doorman extends RouteBuilder {

    @Override
    public void configure() {
        onException(EmqxClientOfflineException.class)
                .handled(true)
                .process(event ->
                        log.info("{} has left already", event.getMessage().getHeader(EmqxPlatformConstants.CLIENT_ID)));

        from("direct:client-events")
                .routeId("doorman")
                .autoStartup("{{doorman.enabled}}")
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
