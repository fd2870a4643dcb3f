/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.v5;

import io.github.camelemqx.platform.test.SimulatedClient;
import io.github.camelemqx.platform.test.Subscription;
import io.github.camelemqx.platform.test.http.Templates;
import io.github.camelemqx.platform.test.state.BanTable.Ban;
import io.github.camelemqx.platform.test.state.Broker;
import io.github.camelemqx.platform.test.state.Node;
import io.github.camelemqx.platform.test.state.UserTable.User;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** How generation 5 writes things. */
final class V5Rows {

    private static final String DISCONNECTED_AT = "disconnected_at";
    private static final DateTimeFormatter MILLIS = utc("yyyy-MM-dd'T'HH:mm:ss.SSSxxx");
    private static final DateTimeFormatter SECONDS = utc("yyyy-MM-dd'T'HH:mm:ssxxx");

    private final Broker broker;
    private final Map<String, Object> client;
    private final Map<String, Object> node;
    private final Map<String, Object> stats;

    V5Rows(Broker broker, Templates templates) {
        this.broker = broker;
        this.client = Templates.row(templates.answer("/api/v5/clients/c1"));
        this.node = Templates.row(templates.answer("/api/v5/nodes").at("/0"));
        this.stats = Templates.row(templates.answer("/api/v5/stats?aggregate=true"));
    }

    private static DateTimeFormatter utc(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
    }

    static String millis(Instant time) {
        return MILLIS.format(time);
    }

    static String seconds(Instant time) {
        return SECONDS.format(time);
    }

    /** The names that {@code fields=} takes: the broker's schema lacks a few that its rows have. */
    Set<String> clientFields() {
        Set<String> names = new TreeSet<>(client.keySet());
        names.removeAll(List.of("auth_expire_at", "enable_authn", "is_persistent", "listener", "peersni"));
        names.add(DISCONNECTED_AT);
        return names;
    }

    /** A whole row. */
    Map<String, Object> client(SimulatedClient is) {
        Map<String, Object> row = new LinkedHashMap<>(client);
        row.replaceAll((name, recorded) -> value(name, is));
        if (!is.connected()) {
            row.put(DISCONNECTED_AT, value(DISCONNECTED_AT, is));
        }
        return row;
    }

    /** A row of some fields only: no other is even made. */
    Map<String, Object> client(SimulatedClient is, List<String> fields) {
        Map<String, Object> row = new LinkedHashMap<>();
        for (String name : fields) {
            if (!name.equals(DISCONNECTED_AT) || !is.connected()) {
                row.put(name, value(name, is));
            }
        }
        return row;
    }

    private Object value(String field, SimulatedClient is) {
        return switch (field) {
            case "clientid" -> is.clientId();
            case "username" -> is.username();
            case "connected" -> is.connected();
            case "created_at" -> MILLIS.format(is.createdAt());
            case "connected_at" -> MILLIS.format(is.connectedAt());
            case DISCONNECTED_AT -> MILLIS.format(is.disconnectedAt());
            case "ip_address" -> is.options().ipAddress();
            case "port" -> is.port();
            case "node" -> is.node();
            case "proto_name" -> is.options().protoVer() == 3 ? "MQIsdp" : "MQTT";
            case "proto_ver" -> is.options().protoVer();
            case "clean_start" -> is.options().cleanStart();
            case "expiry_interval" -> is.options().expiryInterval();
            case "is_persistent" -> is.options().expiryInterval() > 0;
            case "keepalive" -> is.options().keepalive();
            case "subscriptions_cnt" -> is.subscriptions().size();
            default -> client.get(field);
        };
    }

    /** A row of {@code /subscriptions}. */
    static Map<String, Object> subscription(SimulatedClient client, Subscription subscription) {
        Map<String, Object> row = newSubscription(client, subscription);
        row.put("durable", false);
        return row;
    }

    /** What subscribing answers: the same row without "durable" (recording v5 65). */
    static Map<String, Object> newSubscription(SimulatedClient client, Subscription subscription) {
        Map<String, Object> row = new TreeMap<>();
        row.put("clientid", client.clientId());
        row.put("topic", subscription.topic());
        row.put("qos", subscription.qos());
        row.put("nl", subscription.nl());
        row.put("rap", subscription.rap());
        row.put("rh", subscription.rh());
        row.put("node", client.node());
        return row;
    }

    static Map<String, Object> permission(Subscription allowed) {
        return Map.of(
                "access", Map.of("action_type", "subscribe", "qos", allowed.qos()),
                "result", "allow",
                "topic", allowed.topic(),
                "updated_time", allowed.since().toEpochMilli());
    }

    static Map<String, Object> user(User user) {
        return Map.of("user_id", user.id(), "is_superuser", user.superuser());
    }

    static Map<String, Object> ban(Ban ban) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("who", ban.who());
        row.put("until", ban.until() == null ? "infinity" : SECONDS.format((Instant) ban.until()));
        row.put("reason", ban.reason());
        row.put("by", ban.by());
        row.put("at", SECONDS.format((Instant) ban.at()));
        row.put("as", ban.as());
        return row;
    }

    /** A stopped node is three fields (clusters.md, v5 a). */
    Map<String, Object> stoppedNode(Node is) {
        return Map.of("node", is.name(), "node_status", "stopped", "role", node.get("role"));
    }

    Map<String, Object> node(Node is) {
        Map<String, Object> row = new LinkedHashMap<>(node);
        row.put("node", is.name());
        row.put(
                "uptime",
                Duration.between(is.startedAt(), broker.clock().instant()).toMillis());
        row.put("connections", is.clients().size());
        row.put("live_connections", is.clients().connected());
        row.put("cluster_sessions", sessions());
        return row;
    }

    private int sessions() {
        return broker.runningNodes().stream()
                .mapToInt(each -> each.clients().size())
                .sum();
    }

    Map<String, Object> stats(Node is) {
        Map<String, Object> row = new LinkedHashMap<>(stats);
        gauge(row, is, "connections", is.clients().size());
        gauge(row, is, "live_connections", is.clients().connected());
        gauge(row, is, "channels", is.clients().size());
        gauge(row, is, "sessions", is.clients().size());
        gauge(row, is, "cluster_sessions", sessions());
        gauge(row, is, "subscribers", is.clients().subscriptions());
        gauge(row, is, "subscriptions", is.clients().subscriptions());
        gauge(row, is, "suboptions", is.clients().subscriptions());
        gauge(
                row,
                is,
                "retained",
                ((Number) stats.get("retained.count")).longValue()
                        + broker.retained().size());
        gauge(row, is, "topics", broker.routes().count(is.name()));
        return row;
    }

    private static void gauge(Map<String, Object> row, Node is, String name, long value) {
        row.put(name + ".count", value);
        row.put(name + ".max", is.peak(name, value));
    }
}
