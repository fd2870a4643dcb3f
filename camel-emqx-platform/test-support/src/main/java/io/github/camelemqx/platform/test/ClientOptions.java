/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test;

import java.util.Objects;

/**
 * How an MQTT client connects, {@code ClientOptions.of("c1").username("u").cleanStart(false).expiryInterval(300)}; immutable.
 *
 * @param username null for none
 * @param expiryInterval seconds for which the session outlives the connection; by default 0, and 7200 for a client of MQTT 3
 *     without clean start, as recorded ("v4 466")
 * @param protoVer 3, 4 (MQTT 3.1.1) or 5 (default)
 * @param keepalive seconds, 60 by default
 * @param node the cluster node to connect to, or null for the first one that runs
 */
public record ClientOptions(
        String clientId,
        String username,
        boolean cleanStart,
        int expiryInterval,
        int protoVer,
        int keepalive,
        String ipAddress,
        String node) {

    private static final int BY_PROTOCOL = -1;
    private static final int MQTT_3_SESSION_SECONDS = 7200;

    /** Checks that there are a client id and an address. */
    public ClientOptions {
        Objects.requireNonNull(clientId, "clientId");
        Objects.requireNonNull(ipAddress, "ipAddress");
    }

    /** A client of MQTT 5 that starts clean, without a user name. */
    public static ClientOptions of(String clientId) {
        return new ClientOptions(clientId, null, true, BY_PROTOCOL, 5, 60, "127.0.0.1", null);
    }

    @Override
    public int expiryInterval() {
        if (expiryInterval != BY_PROTOCOL) {
            return expiryInterval;
        }
        return protoVer < 5 && !cleanStart ? MQTT_3_SESSION_SECONDS : 0;
    }

    /** These options with a user name, null for none. */
    public ClientOptions username(String value) {
        return new ClientOptions(clientId, value, cleanStart, expiryInterval, protoVer, keepalive, ipAddress, node);
    }

    /** These options, asking for a new session (true) or for the one that was left behind (false). */
    public ClientOptions cleanStart(boolean value) {
        return new ClientOptions(clientId, username, value, expiryInterval, protoVer, keepalive, ipAddress, node);
    }

    /** These options with a session that outlives the connection by so many seconds. */
    public ClientOptions expiryInterval(int seconds) {
        return new ClientOptions(clientId, username, cleanStart, seconds, protoVer, keepalive, ipAddress, node);
    }

    /** These options with a protocol version: 3, 4 or 5. */
    public ClientOptions protoVer(int value) {
        return new ClientOptions(clientId, username, cleanStart, expiryInterval, value, keepalive, ipAddress, node);
    }

    /** These options with a keep-alive interval in seconds. */
    public ClientOptions keepalive(int seconds) {
        return new ClientOptions(clientId, username, cleanStart, expiryInterval, protoVer, seconds, ipAddress, node);
    }

    /** These options with the address that the client comes from. */
    public ClientOptions ipAddress(String value) {
        return new ClientOptions(clientId, username, cleanStart, expiryInterval, protoVer, keepalive, value, node);
    }

    /** These options with the node to connect to; null for the first one that runs. */
    public ClientOptions node(String value) {
        return new ClientOptions(clientId, username, cleanStart, expiryInterval, protoVer, keepalive, ipAddress, value);
    }
}
