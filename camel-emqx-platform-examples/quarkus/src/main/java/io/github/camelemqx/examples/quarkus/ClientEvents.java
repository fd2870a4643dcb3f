/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.quarkus;

import io.github.camelemqx.platform.model.ResourceChange;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.apache.camel.builder.RouteBuilder;

/** Watches clients: every one that comes, goes or comes back is a line, is noted, and is passed on to whoever acts on it. */
@ApplicationScoped
public class ClientEvents extends RouteBuilder {

    @Inject
    Presence presence;

    @Override
    public void configure() {
        from("emqx-platform:clients?emitInitial=true&delay={{clients.delay}}")
                .routeId("clients")
                .process()
                .body(ResourceChange.class, this::tell)
                // where the doorman may not act, nobody listens there
                .to("direct:client-events?failIfNoConsumers=false&block=false");
    }

    private void tell(ResourceChange change) {
        presence.changed(change);
        log.info("{} {}", change.key(), change.type());
    }
}
