/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.presence;

import io.github.camelemqx.platform.EmqxPlatformConstants;
import io.github.camelemqx.platform.model.ResourceChange;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/**
 * Each change of a client becomes its row. One member of the cluster watches at a time; what it has seen and not yet written is in
 * the state store, so that the next one goes on from there.
 */
final class PresenceRoutes extends RouteBuilder {

    private final String member;

    /** @param member the name that is written beside each row */
    PresenceRoutes(String member) {
        this.member = member;
    }

    @Override
    public void configure() {
        from("master:presence:emqx-platform:clients?emitInitial=true&initialDelay=0&delay={{clients.delay:500}}"
                        + "&stateStore=#state&stateKey=presence")
                .routeId("presence")
                .to("direct:presence-row");

        // an exchange that fails, because the database is away, is delivered again after the next poll
        from("direct:presence-row")
                .routeId("presence-row")
                .process(this::row)
                .to("sql:classpath:sql/upsert.sql?dataSource=#database");
    }

    /** The row as the statement names its parts. */
    private void row(Exchange exchange) {
        ResourceChange change = exchange.getMessage().getBody(ResourceChange.class);
        Map<String, Object> client = change.after() == null ? change.before() : change.after();
        Map<String, Object> row = new HashMap<>();
        row.put("client_id", text(change.key()));
        row.put(
                "state",
                switch (change.type()) {
                    case "disconnected", "deleted" -> "offline";
                    case "unreachable" -> "unreachable";
                    default -> "online";
                });
        row.put("username", text(client.get("username")));
        row.put("ip_address", text(client.get("ip_address")));
        row.put("node", text(client.get("node")));
        row.put("since", text(client.get("connected_at")));
        row.put("event_id", exchange.getMessage().getHeader(EmqxPlatformConstants.EVENT_ID, String.class));
        row.put("event_at", change.detectedAt().toString());
        row.put("told_by", member);
        exchange.getMessage().setBody(row);
    }

    /** PostgreSQL has no character 0 in its texts; a client that has one in its id must not hold the others up. */
    private static String text(Object value) {
        return value == null ? null : value.toString().replace('\0', '\uFFFD');
    }
}
