/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.errorhandling;

import io.github.camelemqx.platform.exception.EmqxConflictException;
import org.apache.camel.builder.RouteBuilder;

/** To create what is there is to update it: the same row may come any number of times. */
final class ItExistsAlready extends RouteBuilder {

    @Override
    public void configure() {
        onException(EmqxConflictException.class).handled(true).to("emqx-platform:users?operation=update");

        from("direct:new-user").routeId("new-user").to("emqx-platform:users?operation=create");
    }
}
