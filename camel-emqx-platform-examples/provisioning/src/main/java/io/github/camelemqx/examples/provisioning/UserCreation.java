/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.provisioning;

import java.util.List;
import org.apache.camel.builder.RouteBuilder;

/**
 * A list of devices becomes users of the broker, and a list of outcomes, in the same order. A user that is there already is
 * left as it is, so that the same list may come again at any time. Fails when nothing could be done for now.
 */
final class UserCreation extends RouteBuilder {

    private final DeviceLists lists = new DeviceLists();

    @Override
    public void configure() {
        from("direct:create-users")
                .routeId("create-users")
                .setProperty(DeviceLists.DEVICES, body())
                .setBody(lists::users)
                .filter()
                .body(List.class, users -> !users.isEmpty())
                // generation 4 takes 1000 at once, generation 5 one by one: each gives an outcome for each
                .to("emqx-platform:users?operation=create-bulk&failOnPartialFailure=false")
                .end()
                .setBody(lists::outcomes);
    }
}
