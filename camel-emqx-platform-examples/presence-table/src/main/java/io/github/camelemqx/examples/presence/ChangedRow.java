/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.presence;

import io.github.camelemqx.platform.EmqxPlatformConstants;
import io.github.camelemqx.platform.model.ResourceChange;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** The row that a change of a client becomes, as the statement names its parts. */
public final class ChangedRow implements Processor {

    private final String member;

    /** @param member the name that is written beside each row */
    public ChangedRow(String member) {
        this.member = member;
    }

    @Override
    public void process(Exchange exchange) {
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
