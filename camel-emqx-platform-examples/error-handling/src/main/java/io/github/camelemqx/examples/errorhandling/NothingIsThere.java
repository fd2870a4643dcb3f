/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.errorhandling;

import io.github.camelemqx.platform.exception.EmqxNotFoundException;
import org.apache.camel.builder.RouteBuilder;

/** A new password for a user; one that is not there is created with it. */
final class NothingIsThere extends RouteBuilder {

    @Override
    public void configure() {
        onException(EmqxNotFoundException.class).handled(true).to("emqx-platform:users?operation=create");

        from("direct:new-password").routeId("new-password").to("emqx-platform:users?operation=update");
    }
}
