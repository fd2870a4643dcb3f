/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.v4;

import static java.util.Map.entry;

import io.github.camelemqx.platform.test.SimulatedClient;
import io.github.camelemqx.platform.test.http.IpAddress;
import io.github.camelemqx.platform.test.http.Query;
import io.github.camelemqx.platform.test.http.Refusal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;

/** The parameters that /clients filters by; others are ignored (recording v4 61), senseless values find nothing (v4 59, 60). */
final class V4ClientFilter {

    private static final Map<String, Function<String, Predicate<SimulatedClient>>> CONDITIONS = Map.ofEntries(
            entry("clientid", wanted -> client -> client.clientId().equals(wanted)),
            entry("username", wanted -> client -> wanted.equals(client.username())),
            entry("zone", wanted -> client -> wanted.equals("external")),
            entry("ip_address", V4ClientFilter::address),
            entry("conn_state", wanted -> client -> wanted.equals(client.connected() ? "connected" : "disconnected")),
            entry(
                    "clean_start",
                    wanted -> client ->
                            wanted.equals(String.valueOf(client.options().cleanStart()))),
            entry("proto_name", wanted -> client -> wanted.equals(V4Rows.protocol(client))),
            entry(
                    "proto_ver",
                    wanted -> client ->
                            wanted.equals(String.valueOf(client.options().protoVer()))),
            entry("_like_clientid", wanted -> client -> client.clientId().contains(wanted)),
            entry(
                    "_like_username",
                    wanted -> client ->
                            client.username() != null && client.username().contains(wanted)),
            entry("_gte_created_at", wanted -> time(SimulatedClient::createdAt, wanted, V4ClientFilter::notBefore)),
            entry("_lte_created_at", wanted -> time(SimulatedClient::createdAt, wanted, V4ClientFilter::notAfter)),
            entry("_gte_connected_at", wanted -> time(SimulatedClient::connectedAt, wanted, V4ClientFilter::notBefore)),
            entry("_lte_connected_at", wanted -> time(SimulatedClient::connectedAt, wanted, V4ClientFilter::notAfter)));

    private V4ClientFilter() {}

    /** What the query asks for; empty if it asks for everything. */
    static Optional<Predicate<SimulatedClient>> of(Query query) {
        return CONDITIONS.entrySet().stream()
                .filter(condition -> query.has(condition.getKey()))
                .map(condition -> condition
                        .getValue()
                        .apply(query.first(condition.getKey()).orElseThrow()))
                .reduce(Predicate::and);
    }

    private static Predicate<SimulatedClient> address(String wanted) {
        if (!IpAddress.valid(wanted)) {
            throw new Refusal(
                    V4Answers.failure(V4Answers.BAD_PARAMETER, "Can't convert <<\"" + wanted + "\">> to ip type"));
        }
        return client -> client.options().ipAddress().equals(wanted);
    }

    /** Times are compared in whole seconds. */
    private static Predicate<SimulatedClient> time(
            Function<SimulatedClient, Instant> column, String wanted, BiPredicate<Long, Long> order) {
        try {
            long seconds = Long.parseLong(wanted);
            return client -> order.test(column.apply(client).getEpochSecond(), seconds);
        } catch (NumberFormatException crash) {
            throw V4Answers.internalError();
        }
    }

    private static boolean notBefore(long time, long limit) {
        return time >= limit;
    }

    private static boolean notAfter(long time, long limit) {
        return time <= limit;
    }
}
