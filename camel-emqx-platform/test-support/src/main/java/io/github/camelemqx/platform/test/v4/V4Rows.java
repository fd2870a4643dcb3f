/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.v4;

import io.github.camelemqx.platform.test.NodeCondition;
import io.github.camelemqx.platform.test.SimulatedClient;
import io.github.camelemqx.platform.test.Subscription;
import io.github.camelemqx.platform.test.http.Templates;
import io.github.camelemqx.platform.test.state.BanTable.Ban;
import io.github.camelemqx.platform.test.state.Broker;
import io.github.camelemqx.platform.test.state.Node;
import io.github.camelemqx.platform.test.state.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** How generation 4 writes things. */
final class V4Rows {

    private final Broker broker;
    private final DateTimeFormatter localTime;
    private final Map<String, Object> client;
    private final Map<String, Object> node;
    private final Map<String, Object> brokerRow;
    private final Map<String, Object> stats;

    V4Rows(Broker broker, Templates templates) {
        this.broker = broker;
        this.localTime = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT)
                .withZone(broker.clock().getZone());
        this.client = Templates.row(templates.answer("/api/v4/clients/c1").at("/data/0"));
        this.node = Templates.row(templates.answer("/api/v4/nodes").at("/data/0"));
        this.brokerRow = Templates.row(templates.answer("/api/v4/brokers").at("/data/0"));
        this.stats = Templates.row(templates.answer("/api/v4/stats").at("/data/0/stats"));
    }

    String localTime(Instant time) {
        return localTime.format(time);
    }

    Map<String, Object> client(SimulatedClient is) {
        Map<String, Object> row = new LinkedHashMap<>(client);
        row.put("clientid", is.clientId());
        row.put("username", is.username() == null ? "undefined" : is.username());
        row.put("connected", is.connected());
        row.put("created_at", localTime.format(is.createdAt()));
        row.put("connected_at", localTime.format(is.connectedAt()));
        if (!is.connected()) {
            row.put("disconnected_at", localTime.format(is.disconnectedAt()));
        }
        row.put("ip_address", is.options().ipAddress());
        row.put("port", is.port());
        row.put("node", is.node());
        row.put("proto_name", protocol(is));
        row.put("proto_ver", is.options().protoVer());
        row.put("clean_start", is.options().cleanStart());
        row.put("expiry_interval", is.options().expiryInterval());
        row.put("keepalive", is.options().keepalive());
        row.put("subscriptions_cnt", is.subscriptions().size());
        return row;
    }

    static String protocol(SimulatedClient client) {
        return client.options().protoVer() == 3 ? "MQIsdp" : "MQTT";
    }

    static Map<String, Object> subscription(SimulatedClient client, Subscription subscription) {
        return Map.of(
                "clientid", client.clientId(),
                "topic", subscription.topic(),
                "qos", subscription.qos(),
                "node", client.node());
    }

    static Map<String, Object> permission(Subscription allowed) {
        return Map.of(
                "access",
                "subscribe",
                "result",
                "allow",
                "topic",
                Topics.route(allowed.topic()),
                "updated_time",
                allowed.since().toEpochMilli());
    }

    static Map<String, Object> ban(Ban ban) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("who", ban.who());
        row.put("until", seconds(ban.until()));
        row.put("reason", ban.reason());
        row.put("by", ban.by());
        row.put("at", seconds(ban.at()));
        row.put("as", ban.as());
        return row;
    }

    private static Object seconds(Object time) {
        return time instanceof Instant instant ? instant.getEpochSecond() : time;
    }

    Map<String, Object> node(Node is) {
        Map<String, Object> row = new LinkedHashMap<>(node);
        row.put("node", is.name());
        row.put("uptime", uptime(is));
        // the table of clients of a node that stops is gone (recording v4 cluster 68)
        row.put("connections", stops(is) ? "undefined" : (Object) is.clients().size());
        row.put("live_connections", is.clients().connected());
        return row;
    }

    private boolean stops(Node is) {
        return broker.cluster().seen(is) == NodeCondition.STOPPING;
    }

    Map<String, Object> broker(Node is) {
        Map<String, Object> row = new LinkedHashMap<>(brokerRow);
        row.put("node", is.name());
        row.put("uptime", uptime(is));
        row.put("datetime", localTime.format(broker.clock().instant()));
        return row;
    }

    /** "3 minutes, 6 seconds", or nothing while it boots (recording v4 cluster 93). */
    private String uptime(Node is) {
        if (broker.cluster().seen(is) == NodeCondition.BOOTING) {
            return "";
        }
        Duration up = Duration.between(is.startedAt(), broker.clock().instant());
        return part(up.toDays(), "days, ")
                + part(up.toHoursPart(), "hours, ")
                + part(up.toMinutesPart(), "minutes, ")
                + up.toSecondsPart()
                + " seconds";
    }

    private static String part(long value, String unit) {
        return value == 0 ? "" : value + " " + unit;
    }

    /** A node that stops has no numbers any more (recording v4 cluster 75). */
    Map<String, Object> stats(Node is) {
        if (stops(is)) {
            return Map.of();
        }
        Map<String, Object> row = new LinkedHashMap<>(stats);
        gauge(row, is, "connections", is.clients().size());
        gauge(row, is, "live_connections", is.clients().connected());
        gauge(row, is, "channels", is.clients().size());
        gauge(row, is, "sessions", is.clients().size());
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
        gauge(row, is, "routes", broker.routes().count(is.name()));
        return row;
    }

    private static void gauge(Map<String, Object> row, Node is, String name, long value) {
        row.put(name + ".count", value);
        row.put(name + ".max", is.peak(name, value));
    }
}
