/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Puts recorded requests to a simulator, in order, after bringing it into the state in which the broker was recorded. */
final class Replay {

    /** On a page of several rows, the hash table of the broker decided which. */
    private static final Map<Generation, Set<Integer>> ORDER_DECIDES =
            Map.of(Generation.V4, Set.of(221, 256), Generation.V5, Set.of(108, 122));

    /** A row a second, since the broker was started. */
    private static final int MONITOR = 18;

    private final EmqxSimulator simulator;
    /** What brokers make up, cursors, ids and file names: recorded, and as the simulator has them. */
    private final Map<String, String> madeUp = new HashMap<>();

    private String section = "";

    Replay(EmqxSimulator simulator) {
        this.simulator = simulator;
    }

    /** Sends the request and returns what differs from the recorded answer. */
    List<String> send(RecordedExchange exchange) throws IOException {
        prepare(exchange);
        RawHttp.Reply reply = RawHttp.send(
                simulator, exchange.method(), asMadeUp(exchange.path()), headers(exchange), body(exchange));
        JsonNode json = json(reply);
        rememberMadeUp(exchange, json);
        return AnswerComparison.differences(exchange, reply, json, rows(exchange));
    }

    private AnswerComparison.Rows rows(RecordedExchange exchange) {
        if (ORDER_DECIDES.get(simulator.generation()).contains(exchange.number())) {
            return AnswerComparison.Rows.ANY_OF_THE_SAME_SHAPE;
        }
        boolean monitor = simulator.generation() == Generation.V5 && exchange.number() == MONITOR;
        return monitor ? AnswerComparison.Rows.ANY_NUMBER : AnswerComparison.Rows.EXACT;
    }

    private static JsonNode json(RawHttp.Reply reply) throws IOException {
        return "application/json".equals(reply.headers().get("content-type")) ? reply.json() : null;
    }

    /** The simulator's cursors, ids and file names are its own: a recorded one stands for the one that it gave. */
    private String asMadeUp(String recorded) {
        String own = recorded;
        for (Map.Entry<String, String> each : madeUp.entrySet()) {
            own = own.replace(each.getKey(), each.getValue());
        }
        return own;
    }

    private void rememberMadeUp(RecordedExchange exchange, JsonNode json) {
        for (String pointer : List.of("/meta/cursor", "/data/id", "/data/filename")) {
            if (exchange.json() != null && json != null && json.at(pointer).isTextual()) {
                madeUp.put(
                        exchange.json().at(pointer).asText(), json.at(pointer).asText());
            }
        }
    }

    private Map<String, String> headers(RecordedExchange exchange) {
        Map<String, String> headers = new LinkedHashMap<>();
        put(headers, "Authorization", exchange.authorization().orUsual(RawHttp.basic(simulator)));
        put(headers, "Accept", exchange.accept().orUsual("application/json"));
        if (exchange.requestBody() != null) {
            put(headers, "Content-Type", contentType(exchange));
        }
        return headers;
    }

    private static void put(Map<String, String> headers, String name, String value) {
        if (value != null) {
            headers.put(name, value);
        }
    }

    private static String contentType(RecordedExchange exchange) {
        if (exchange.requestContentType() != null) {
            return exchange.requestContentType();
        }
        return "Content-Type text/plain".equals(exchange.note()) ? "text/plain" : "application/json";
    }

    private byte[] body(RecordedExchange exchange) {
        if (exchange.requestBody() == null) {
            return null;
        }
        // a line of JSON cannot hold the byte that was sent
        return "invalid UTF-8".equals(exchange.note())
                ? exchange.requestBody().replace('\uFFFD', '\u00FF').getBytes(StandardCharsets.ISO_8859_1)
                : asMadeUp(exchange.requestBody()).getBytes(StandardCharsets.UTF_8);
    }

    private void prepare(RecordedExchange exchange) throws IOException {
        if (!exchange.section().equals(section)) {
            section = exchange.section();
            switch (section) {
                case "authentication users" -> addSuperuser();
                case "clients, three connected" -> connectThreeToV5();
                case "Clients (c1 MQTT 3.1.1 user alice, c2 MQTT 5, 'dev/ä b' user bob)" -> connectThreeToV4();
                default -> {}
            }
        }
        if (simulator.generation() == Generation.V4) {
            switch (exchange.number()) {
                case 457 -> simulator.raiseAlarm("probe_alarm", "Unknown alarm", Map.of("why", "test"));
                case 466 -> leaveSessionBehind();
                default -> {}
            }
        }
    }

    private void connectThreeToV5() {
        simulator.connect(ClientOptions.of("dev/ä b").username("mqtt"));
        simulator.subscribe("dev/ä b", "x/y", 0);
        simulator.connect(ClientOptions.of("c2").username("mqtt").protoVer(4));
        simulator.subscribe("c2", "t/+", 0);
        simulator.connect(ClientOptions.of("c1").username("mqtt"));
        simulator.subscribe("c1", "t/a", 0);
        simulator.subscribe("c1", "t/b", 0);
    }

    private void connectThreeToV4() {
        simulator.connect(ClientOptions.of("c1").username("alice").protoVer(4));
        simulator.subscribe("c1", "$share/g/s/#", 2);
        simulator.subscribe("c1", "t/1", 1);
        simulator.subscribe("c1", "t/+/x", 0);
        simulator.connect("c2");
        simulator.subscribe("c2", "t/1", 0);
        simulator.connect(ClientOptions.of("dev/ä b").username("bob").protoVer(4));
    }

    private void addSuperuser() throws IOException {
        RawHttp.call(
                simulator,
                "POST",
                "/authentication/password_based%3Abuilt_in_database/users",
                "{\"user_id\":\"mqtt\",\"password\":\"mqtt\",\"is_superuser\":true}");
    }

    /** A client of MQTT 3.1.1 that had subscribed, and whose session is kept. */
    private void leaveSessionBehind() {
        simulator.connect(ClientOptions.of("persist").protoVer(4).cleanStart(false));
        simulator.subscribe("persist", "p/1", 1);
        simulator.disconnect("persist");
    }
}
