/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.errorhandling;

import io.github.camelemqx.platform.exception.EmqxAccessDeniedException;
import org.apache.camel.builder.RouteBuilder;

/** The key is good for other calls: only this message is put aside, and an alert says what the key lacks. */
final class KeyMayNotDoThis extends RouteBuilder {

    @Override
    public void configure() {
        onException(EmqxAccessDeniedException.class)
                .handled(true)
                .useOriginalMessage()
                .to("direct:park")
                .setBody(simple("Give the key the role that it needs: ${exception.message}"))
                .to("direct:alert");

        from("direct:ban").routeId("ban").to("emqx-platform:banned?operation=create");
    }
}
