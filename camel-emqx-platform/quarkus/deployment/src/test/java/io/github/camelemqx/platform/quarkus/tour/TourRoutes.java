/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.quarkus.tour;

import io.github.camelemqx.platform.exception.EmqxClientOfflineException;
import io.github.camelemqx.platform.model.Client;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.dataformat.JsonLibrary;

/** Routes of the recorded run: what users do with the component, by name and by type. */
public class TourRoutes extends RouteBuilder {

    @Override
    public void configure() {
        onException(EmqxClientOfflineException.class)
                .handled(true)
                .setBody(simple("${exception.operation} ${exception.resultCode} ${exception.httpStatus}"));

        from("emqx-platform:clients?delay=200&initialDelay=0&emitInitial=true&stateStore=#state&stateKey=clients")
                .routeId("clients")
                .setProperty("seen", simple("${body.type} ${body.key}"))
                .marshal()
                .json(JsonLibrary.Jackson)
                .bean("seen", "add");

        from("emqx-platform:metrics?delay=200&initialDelay=0")
                .routeId("metrics")
                .setProperty("seen", simple("${body.name} ${body.delta}"))
                .marshal()
                .json(JsonLibrary.Jackson)
                .bean("seen", "add");

        from("direct:read-client").unmarshal().json(JsonLibrary.Jackson, Client.class);
        from("direct:write-json").marshal().json(JsonLibrary.Jackson);

        from("direct:kick").toD("emqx-platform:clients?operation=kick&clientId=${body}");
    }
}
