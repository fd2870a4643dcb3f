/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.errorhandling;

import io.github.camelemqx.platform.exception.EmqxClientOfflineException;
import org.apache.camel.builder.RouteBuilder;

/** Clients come and go: one that has left meanwhile is no failure. */
final class ClientHasLeft extends RouteBuilder {

    @Override
    public void configure() {
        onException(EmqxClientOfflineException.class)
                .handled(true)
                .log("${header.CamelEmqxPlatformClientId} has left: nothing to subscribe");

        // the client is the header CamelEmqxPlatformClientId
        from("direct:subscribe")
                .routeId("subscribe")
                .to("emqx-platform:clients?operation=subscribe&topic=firmware/news&param.qos=1");
    }
}
