/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.errorhandling;

import io.github.camelemqx.platform.exception.EmqxUnavailableException;
import java.util.List;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.throttling.ThrottlingExceptionRoutePolicy;

/**
 * A broker that is down is down for the next message, too: the route pauses, and tries with one when the pause is over. What
 * was not published stays in its folder. A message whose answer was lost is published twice: devices must bear that.
 */
final class BrokerIsDown extends RouteBuilder {

    @Override
    public void configure() {
        long pause = Long.parseLong(getContext().resolvePropertyPlaceholders("{{cookbook.pause}}"));

        from("file:{{cookbook.outbox}}?initialDelay=0&delay=100&move=.sent")
                .routeId("outbox")
                .routePolicy(
                        new ThrottlingExceptionRoutePolicy(1, pause, pause, List.of(EmqxUnavailableException.class)))
                .convertBodyTo(String.class)
                .to("emqx-platform:messages?operation=publish&topic=devices/all&param.qos=1");
    }
}
