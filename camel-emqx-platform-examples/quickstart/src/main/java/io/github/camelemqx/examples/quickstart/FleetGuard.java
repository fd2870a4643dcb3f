/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.quickstart;

import io.github.camelemqx.platform.EmqxPlatformConstants;
import io.github.camelemqx.platform.exception.EmqxClientOfflineException;
import io.github.camelemqx.platform.exception.EmqxConflictException;
import io.github.camelemqx.platform.model.Ban;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/**
 * Route 3: a client that reconnects for the third time is kicked, and banned for ten minutes. One that is gone before
 * the kick is banned all the same, or it would be back at once.
 */
final class FleetGuard extends RouteBuilder {

    private final Console console;
    private final Tally tally;

    FleetGuard(Console console, Tally tally) {
        this.console = console;
        this.tally = tally;
    }

    @Override
    public void configure() {
        onException(EmqxClientOfflineException.class)
                .handled(true)
                .process(
                        event -> tell(event, "offline", "was offline when it was to be kicked: handled, banned anyway"))
                .to("direct:ban");
        onException(EmqxConflictException.class)
                .handled(true)
                .process(event -> tell(event, "banned before", "is banned already: handled"));

        from("direct:client-events")
                .routeId("fleet-guard")
                .filter(new Flapping(3))
                // whom to kick, the event's header CamelEmqxPlatformClientId says
                .to("emqx-platform:clients?operation=kick")
                .process(event -> tell(event, "kicked", "reconnected 3 times: kicked"))
                .to("direct:ban");

        from("direct:ban")
                .routeId("ban")
                .setBody(FleetGuard::ban)
                .to("emqx-platform:banned?operation=create")
                .process(event -> tell(
                        event,
                        "banned",
                        "banned until " + event.getMessage().getBody(Ban.class).until()));
    }

    private static Map<String, Object> ban(Exchange event) {
        return Map.of(
                "as",
                "clientid",
                "who",
                clientId(event),
                "reason",
                "reconnected 3 times",
                "until",
                Instant.now()
                        .plus(10, ChronoUnit.MINUTES)
                        .truncatedTo(ChronoUnit.SECONDS)
                        .toString());
    }

    private void tell(Exchange event, String what, String line) {
        tally.add(what);
        console.event("! %s %s", clientId(event), line);
    }

    private static String clientId(Exchange event) {
        return event.getMessage().getHeader(EmqxPlatformConstants.CLIENT_ID, String.class);
    }
}
