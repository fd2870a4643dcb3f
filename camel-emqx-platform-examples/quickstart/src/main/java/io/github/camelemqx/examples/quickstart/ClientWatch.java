/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.quickstart;

import io.github.camelemqx.platform.model.Client;
import io.github.camelemqx.platform.model.ResourceChange;
import org.apache.camel.builder.RouteBuilder;

/** Route 1: every client that comes, goes or comes back is a line, and is passed on to whoever wants to act on it. */
final class ClientWatch extends RouteBuilder {

    private final Console console;
    private final Tally tally;

    ClientWatch(Console console, Tally tally) {
        this.console = console;
        this.tally = tally;
    }

    @Override
    public void configure() {
        from("emqx-platform:clients?delay={{clients.delay:500}}&emitInitial=true")
                .routeId("clients")
                .process()
                .body(ResourceChange.class, this::tell)
                // in a read-only run nobody listens there
                .to("direct:client-events?failIfNoConsumers=false&block=false");
    }

    private void tell(ResourceChange change) {
        tally.add(change.type());
        console.event(
                "%s",
                switch (change.type()) {
                    case "connected" -> "+ " + change.key() + " connected " + origin(change);
                    case "reconnected" -> "~ " + change.key() + " reconnected " + origin(change);
                    case "disconnected" -> "- " + change.key() + " disconnected";
                    default -> "* " + change.key() + " " + change.type();
                });
    }

    private static String origin(ResourceChange change) {
        Client client = Client.of(change.after());
        return "from " + client.ipAddress() + (client.username() == null ? "" : " (user " + client.username() + ")");
    }
}
