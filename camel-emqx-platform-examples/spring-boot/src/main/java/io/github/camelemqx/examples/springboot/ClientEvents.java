/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.springboot;

import io.github.camelemqx.platform.model.ResourceChange;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;

/** Watches clients: every one that comes, goes or comes back is a line, is noted, and is passed on to whoever acts on it. */
@Component
class ClientEvents extends RouteBuilder {

    private final Presence presence;

    ClientEvents(Presence presence) {
        this.presence = presence;
    }

    @Override
    public void configure() {
        from("emqx-platform:clients?emitInitial=true&delay={{clients.delay:1000}}")
                .routeId("clients")
                .process()
                .body(ResourceChange.class, this::tell)
                // without the doorman nobody listens there
                .to("direct:client-events?failIfNoConsumers=false&block=false");
    }

    private void tell(ResourceChange change) {
        presence.changed(change);
        log.info("{} {}", change.key(), change.type());
    }
}
