/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.tracing;

import io.github.camelemqx.platform.EmqxPlatformConstants;
import io.github.camelemqx.platform.exception.EmqxClientOfflineException;
import org.apache.camel.builder.RouteBuilder;

/** Kicks clients whose id begins as none of ours does, and tells where a client is. */
final class Doorkeeper extends RouteBuilder {

    @Override
    public void configure() {
        from("emqx-platform:clients?delay=300&initialDelay=0&emitInitial=true&events=connected")
                .routeId("doorkeeper")
                .filter(header(EmqxPlatformConstants.CLIENT_ID).startsWith("stranger-"))
                .to("emqx-platform:clients?operation=kick");

        from("direct:whereabouts")
                .routeId("whereabouts")
                .onException(EmqxClientOfflineException.class)
                .handled(true)
                .end()
                .to("emqx-platform:clients?operation=get");
    }
}
