/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.fleetguard;

import io.github.camelemqx.platform.EmqxPlatformConstants;
import io.github.camelemqx.platform.exception.EmqxClientOfflineException;
import io.github.camelemqx.platform.exception.EmqxConflictException;
import io.github.camelemqx.platform.model.Ban;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/**
 * A client that connects too often within a time is banned for a while, kicked, and told of on a topic for operations. Limits
 * are properties. All of it may be done twice: when a step fails for good, the watch delivers the event again.
 */
final class FleetGuard extends RouteBuilder {

    private static final String BANNED = "banned";
    private static final String KICKED = "kicked";

    @Override
    public void configure() {
        ConnectWindow window = new ConnectWindow(
                property("guard.connects", int.class),
                property("guard.window", Duration.class),
                property("guard.clients", int.class));
        Duration banTime = property("guard.ban", Duration.class);

        // who has left by himself need not be kicked, who is banned need not be banned: the route goes on
        onException(EmqxClientOfflineException.class).continued(true).setProperty(KICKED, constant(false));
        onException(EmqxConflictException.class).continued(true).setProperty(BANNED, constant(false));

        from("emqx-platform:clients?events=connected,reconnected&delay={{guard.delay}}")
                .routeId("fleet-guard")
                .filter(window)
                .setProperty(KICKED, constant(true))
                .setProperty(BANNED, constant(true))
                // banned before it is kicked, or it would be back in between
                .setBody(event -> ban(event, banTime))
                .to("emqx-platform:banned?operation=create")
                // whom to kick, the event's header CamelEmqxPlatformClientId says
                .to("emqx-platform:clients?operation=kick")
                .setBody(FleetGuard::notice)
                .marshal()
                .json()
                // text as the payload: bytes would travel in Base64
                .convertBodyTo(String.class)
                .to("emqx-platform:messages?operation=publish&topic={{guard.topic}}&param.qos=1")
                .process(window::forget);
    }

    private <T> T property(String name, Class<T> type) {
        return getContext()
                .getTypeConverter()
                .convertTo(type, getContext().resolvePropertyPlaceholders("{{" + name + "}}"));
    }

    private static Ban ban(Exchange event, Duration time) {
        Instant until = Instant.now().plus(time).truncatedTo(ChronoUnit.SECONDS);
        return new Ban("clientid", clientId(event), "connects too often", "fleet-guard", null, until);
    }

    private static Map<String, Object> notice(Exchange event) {
        Map<String, Object> notice = new LinkedHashMap<>();
        notice.put("clientid", clientId(event));
        notice.put(KICKED, event.getProperty(KICKED));
        notice.put(BANNED, event.getProperty(BANNED));
        return notice;
    }

    private static String clientId(Exchange event) {
        return event.getMessage().getHeader(EmqxPlatformConstants.CLIENT_ID, String.class);
    }
}
