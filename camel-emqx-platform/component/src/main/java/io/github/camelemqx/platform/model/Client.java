/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.time.Instant;
import java.util.Map;

/**
 * An MQTT client or its kept session, a row of {@code clients:list} and {@code clients:get} (recordings v5 35, v4 43).
 * Times of generation 4 have a resolution of a second, those of generation 5 of a millisecond.
 *
 * @param clientId the client's id
 * @param username null when the client gave none
 * @param connected false for a session kept without a connection
 * @param connectedAt when the latest connection began
 * @param disconnectedAt when it ended, null while connected
 * @param createdAt when the session began: a session that is kept has it from an earlier connection
 * @param ipAddress the peer's address
 * @param port the peer's port
 * @param node the node that holds the client
 * @param protoName MQTT, or MQIsdp for MQTT 3.1
 * @param protoVer 3, 4 (MQTT 3.1.1) or 5
 * @param keepalive in seconds, 0 for none
 * @param cleanStart whether the connection began with a new session
 * @param expiryInterval how long the session outlives its connection, in seconds; 4294967295 in MQTT 5 for ever
 * @param subscriptionsCnt number of subscriptions, up to 15 s old
 */
public record Client(
        String clientId,
        String username,
        Boolean connected,
        Instant connectedAt,
        Instant disconnectedAt,
        Instant createdAt,
        String ipAddress,
        Integer port,
        String node,
        String protoName,
        Integer protoVer,
        Integer keepalive,
        Boolean cleanStart,
        Long expiryInterval,
        Integer subscriptionsCnt)
        implements Row {

    /**
     * From a row; fields that are missing are null, fields that the record does not have are passed over.
     *
     * @throws IllegalArgumentException naming a field of another type
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Client of(Map<String, ?> fields) {
        FieldReader row = new FieldReader("Client", fields);
        return new Client(
                row.text("clientid"),
                row.text("username"),
                row.flag("connected"),
                row.instant("connected_at"),
                row.instant("disconnected_at"),
                row.instant("created_at"),
                row.text("ip_address"),
                row.integer("port"),
                row.text("node"),
                row.text("proto_name"),
                row.integer("proto_ver"),
                row.integer("keepalive"),
                row.flag("clean_start"),
                row.number("expiry_interval"),
                row.integer("subscriptions_cnt"));
    }

    @Override
    public Map<String, Object> toMap() {
        return new FieldWriter()
                .with("clientid", clientId)
                .with("username", username)
                .with("connected", connected)
                .with("connected_at", connectedAt)
                .with("disconnected_at", disconnectedAt)
                .with("created_at", createdAt)
                .with("ip_address", ipAddress)
                .with("port", port)
                .with("node", node)
                .with("proto_name", protoName)
                .with("proto_ver", protoVer)
                .with("keepalive", keepalive)
                .with("clean_start", cleanStart)
                .with("expiry_interval", expiryInterval)
                .with("subscriptions_cnt", subscriptionsCnt)
                .toMap();
    }
}
