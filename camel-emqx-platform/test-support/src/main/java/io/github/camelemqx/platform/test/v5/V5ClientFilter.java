/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.v5;

import static java.util.Map.entry;

import io.github.camelemqx.platform.test.SimulatedClient;
import io.github.camelemqx.platform.test.http.IpAddress;
import io.github.camelemqx.platform.test.http.Query;
import io.github.camelemqx.platform.test.http.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What /clients is asked for besides the page; unknown parameters are ignored.
 *
 * @param clientIds the only ids wanted, empty for any
 * @param conditions what else a row must be; null for nothing
 * @param fuzzy true with a {@code like_} condition: such a listing is not counted
 */
record V5ClientFilter(Set<String> clientIds, Predicate<SimulatedClient> conditions, boolean fuzzy) {

    private static final Map<String, Function<List<String>, Predicate<SimulatedClient>>> CONDITIONS = Map.ofEntries(
            entry("username", wanted -> client -> wanted.contains(client.username())),
            entry("ip_address", wanted -> address(wanted.get(0))),
            entry("conn_state", wanted -> state(wanted.get(0))),
            entry("clean_start", wanted -> cleanStart(wanted.get(0))),
            entry(
                    "proto_ver",
                    wanted -> client ->
                            wanted.get(0).equals(String.valueOf(client.options().protoVer()))),
            entry("like_clientid", wanted -> client -> client.clientId().contains(wanted.get(0))),
            entry(
                    "like_username",
                    wanted -> client ->
                            client.username() != null && client.username().contains(wanted.get(0))),
            entry("gte_created_at", wanted -> notBefore(SimulatedClient::createdAt, time(wanted, "gte_created_at"))),
            entry("lte_created_at", wanted -> notAfter(SimulatedClient::createdAt, time(wanted, "lte_created_at"))),
            entry(
                    "gte_connected_at",
                    wanted -> notBefore(SimulatedClient::connectedAt, time(wanted, "gte_connected_at"))),
            entry(
                    "lte_connected_at",
                    wanted -> notAfter(SimulatedClient::connectedAt, time(wanted, "lte_connected_at"))));

    static V5ClientFilter of(Query query) {
        Predicate<SimulatedClient> conditions = CONDITIONS.entrySet().stream()
                .filter(condition -> query.has(condition.getKey()))
                .map(condition -> condition.getValue().apply(query.all(condition.getKey())))
                .reduce(Predicate::and)
                .orElse(null);
        boolean fuzzy = query.has("like_clientid") || query.has("like_username");
        return new V5ClientFilter(Set.copyOf(query.all("clientid")), conditions, fuzzy);
    }

    /** True if every client is wanted. */
    boolean everything() {
        return clientIds.isEmpty() && conditions == null;
    }

    boolean test(SimulatedClient client) {
        return (clientIds.isEmpty() || clientIds.contains(client.clientId()))
                && (conditions == null || conditions.test(client));
    }

    private static Predicate<SimulatedClient> address(String wanted) {
        if (!IpAddress.valid(wanted)) {
            throw new Refusal(V5Answers.failure(
                    400,
                    "INVALID_PARAMETER",
                    "the ip_address parameter expected type is ip, but the value is " + wanted));
        }
        return client -> client.options().ipAddress().equals(wanted);
    }

    private static Predicate<SimulatedClient> state(String wanted) {
        return switch (wanted) {
            case "connected" -> SimulatedClient::connected;
            case "disconnected" -> client -> !client.connected();
            case "idle" -> client -> false;
            default -> throw V5Answers.notEnumerated(wanted, "conn_state");
        };
    }

    private static Predicate<SimulatedClient> cleanStart(String wanted) {
        return switch (wanted) {
            case "true" -> client -> client.options().cleanStart();
            case "false" -> client -> !client.options().cleanStart();
            default -> throw V5Answers.invalid(wanted, Map.of("expected", "boolean()"), "clean_start");
        };
    }

    /** Milliseconds or RFC 3339. */
    private static Instant time(List<String> wanted, String path) {
        String value = wanted.get(0);
        return value.matches("\\d{1,18}") ? Instant.ofEpochMilli(Long.parseLong(value)) : V5Body.rfc3339(value, path);
    }

    private static Predicate<SimulatedClient> notBefore(Function<SimulatedClient, Instant> column, Instant limit) {
        return client -> !column.apply(client).isBefore(limit);
    }

    private static Predicate<SimulatedClient> notAfter(Function<SimulatedClient, Instant> column, Instant limit) {
        return client -> !column.apply(client).isAfter(limit);
    }
}
