/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.model;

import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.time.Instant;
import java.util.Map;

/**
 * An MQTT client or its kept session, a row of {@code clients:list} and {@code clients:get} (recordings v5 35, v4 43).
 * Times of generation 4 have a resolution of a second.
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
 * @param protoName such as MQTT
 * @param protoVer 3, 4 (MQTT 3.1.1) or 5
 * @param keepalive in seconds, 0 for none
 * @param cleanStart whether the connection began with a new session
 * @param expiryInterval how long the session outlives its connection, in seconds
 * @param subscriptionsCnt number of subscriptions, up to 15 s old
 */
public record Client(
        String clientId,
        String username,
        Boolean connected,
        @JsonSerialize(using = ToStringSerializer.class) Instant connectedAt,
        @JsonSerialize(using = ToStringSerializer.class) Instant disconnectedAt,
        @JsonSerialize(using = ToStringSerializer.class) Instant createdAt,
        String ipAddress,
        Integer port,
        String node,
        String protoName,
        Integer protoVer,
        Integer keepalive,
        Boolean cleanStart,
        Integer expiryInterval,
        Integer subscriptionsCnt) {

    /** From a row; fields that are missing are null. */
    public static Client of(Map<String, ?> fields) {
        Row row = new Row(fields);
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
                row.integer("expiry_interval"),
                row.integer("subscriptions_cnt"));
    }
}
