/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.provisioning;

import io.github.camelemqx.platform.model.BulkOutcome;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/**
 * A list of devices becomes users of the broker, and a list of outcomes, in the same order. A user that is there already is
 * left as it is, so that the same list may come again at any time. Fails when nothing could be done for now.
 */
final class UserCreation extends RouteBuilder {

    private static final String DEVICES = "devices";

    @Override
    public void configure() {
        from("direct:create-users")
                .routeId("create-users")
                .setProperty(DEVICES, body())
                .setBody(exchange -> users(devices(exchange)))
                .filter()
                .body(List.class, users -> !users.isEmpty())
                // generation 4 takes 1000 at once, generation 5 one by one: each gives an outcome for each
                .to("emqx-platform:users?operation=create-bulk&failOnPartialFailure=false")
                .end()
                .setBody(exchange -> outcomes(
                        devices(exchange),
                        exchange.getMessage().getBody(List.class).iterator()));
    }

    @SuppressWarnings("unchecked")
    private static List<Device> devices(Exchange exchange) {
        return exchange.getProperty(DEVICES, List.class);
    }

    private static List<Map<String, Object>> users(List<Device> devices) {
        return devices.stream()
                .filter(device -> device.fault().isEmpty())
                .map(Device::user)
                .toList();
    }

    @SuppressWarnings("unchecked")
    private static List<Outcome> outcomes(List<Device> devices, Iterator<?> told) {
        List<Outcome> outcomes = new ArrayList<>();
        for (Device device : devices) {
            outcomes.add(device.fault()
                    .map(fault -> Outcome.refused(device, fault))
                    .orElseGet(() -> Outcome.of(device, BulkOutcome.of((Map<String, Object>) told.next()))));
        }
        return outcomes;
    }
}
