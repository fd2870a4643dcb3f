/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What counts of an answer, recorded or simulated, as a text that is equal for equal ones: rows a node, counts, who is in which
 * state. Times, measurements and the broker's stack traces do not count; nor do gauges, which lag by up to 7 s (clusters.md).
 */
final class ClusterSummary {

    static final List<String> COUNTERS = List.of(
            "client.connected", "client.disconnected", "session.created", "session.terminated", "session.discarded");

    /** Runs in which counters are compared: in the others clients came and went while nobody recorded how. */
    private static final Set<String> COUNTED = Set.of("abc", "fg");

    /** No answer, or nobody who would take the call. */
    static final String CLOSED = "closed";

    private ClusterSummary() {}

    /** A recorded answer; the recorder has summed it up. */
    static String recorded(ClusterRecording line) {
        if (line.status() == 0) {
            return CLOSED;
        }
        if (line.body() == null) {
            return line.status() + " " + line.text();
        }
        return line.status() + " " + form(line, line.body(), true);
    }

    /** A simulated answer. */
    static String simulated(ClusterRecording line, RawHttp.Reply reply) throws IOException {
        boolean json = reply.text().startsWith("{") || reply.text().startsWith("[");
        return reply.status() + " " + (json ? form(line, reply.json(), false) : reply.text());
    }

    private static String form(ClusterRecording line, JsonNode body, boolean recorded) {
        boolean counters = line.path().contains("metrics") && COUNTED.contains(line.run());
        if (body.has("pages")) {
            return walk(body);
        }
        if (body.has("message")) {
            return failure(body);
        }
        String bare = line.path().replaceFirst("\\?.*", "");
        if (bare.matches("/clients(_v2)?|/subscriptions|/nodes/[^/]+/clients")) {
            return listing(line, body, recorded);
        }
        if (bare.matches(".*/clients/[^/]+")) {
            return line.body() != null && line.body().has("rows") ? clients(body) : client(body);
        }
        JsonNode data = body.has("code") && body.has("data") ? body.get("data") : body;
        if (bare.matches("/nodes|/brokers|/metrics|/stats") && data.isArray()) {
            Set<String> rows = new TreeSet<>();
            data.forEach(row -> rows.add(ofNode(row, counters)));
            return rows.toString();
        }
        return ofNode(data, counters);
    }

    /** The rows of an answer of counters; the sum of all is one of no node. */
    static ArrayNode rows(JsonNode answer) {
        JsonNode data = answer.path("data").isArray() ? answer.get("data") : answer;
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        if (data.isArray()) {
            data.forEach(rows::add);
        } else {
            rows.add(data);
        }
        return rows;
    }

    static long counter(JsonNode row, String name) {
        return (row.has("metrics") ? row.get("metrics") : row).path(name).asLong();
    }

    private static String walk(JsonNode body) {
        return "pages " + body.get("pages") + " " + body.get("statuses") + " rows " + body.get("rows") + " unique "
                + body.get("unique") + " " + body.path("countAndHasnextPerPage") + failureOf(body);
    }

    private static String failureOf(JsonNode walk) {
        if (!walk.has("error")) {
            return "";
        }
        return walk.get("error").isTextual() ? walk.get("error").asText() : failure(walk.get("error"));
    }

    /** The message counts but for the stack of the broker's own code. */
    static String failure(JsonNode body) {
        String message = body.path("message").asText();
        boolean crash = "INTERNAL_ERROR".equals(body.path("code").asText());
        int stack = message.indexOf(message.startsWith("{'EXIT'") ? ",[" : ", [");
        return body.path("code").asText() + " "
                + (stack > 0 && (crash || message.startsWith("{'EXIT'")) ? message.substring(0, stack) : message)
                        .replaceAll("\\{'EXIT',\\{badarg,.*", "EXIT badarg");
    }

    private static String listing(ClusterRecording line, JsonNode body, boolean recorded) {
        // of a few listings the recorder did not look at the rows
        boolean nodes = line.body() == null || line.body().has("perNode");
        Map<String, Object> summary = new TreeMap<>();
        if (recorded) {
            summary.put("rows", body.get("rows").intValue());
            Map<String, Integer> perNode = new TreeMap<>();
            body.path("perNode")
                    .properties()
                    .forEach(each -> perNode.put(each.getKey(), each.getValue().intValue()));
            summary.put("perNode", nodes ? perNode : "?");
            summary.put("offline", body.path("connectedFalse").asInt(0));
        } else {
            Map<String, Integer> perNode = new TreeMap<>();
            body.get("data").forEach(row -> perNode.merge(row.path("node").asText(), 1, Integer::sum));
            summary.put("rows", body.get("data").size());
            summary.put("perNode", nodes ? perNode : "?");
            int offline = 0;
            for (JsonNode row : body.get("data")) {
                offline += row.path("connected").asBoolean(true) ? 0 : 1;
            }
            summary.put("offline", offline);
        }
        JsonNode meta = body.path("meta");
        summary.put("count", meta.path("count").toString());
        summary.put("hasnext", meta.path("hasnext").toString());
        summary.put("page", meta.path("page").toString());
        summary.put("cursor", meta.has("cursor"));
        return summary.toString();
    }

    private static String clients(JsonNode body) {
        return (body.has("rows")
                        ? body.get("rows").intValue()
                        : body.get("data").size()) + " clients";
    }

    /** One client, in v4 in a list. */
    private static String client(JsonNode body) {
        if (!body.has("data")) {
            return body.has("clientid") ? clientRow(body) : body.toString();
        }
        List<String> rows = new ArrayList<>();
        body.get("data").forEach(row -> rows.add(clientRow(row)));
        return rows.toString();
    }

    private static String clientRow(JsonNode row) {
        return row.path("clientid") + " " + row.path("node") + " " + row.path("connected") + " gone "
                + row.has("disconnected_at")
                + (row.has("expiry_interval") ? " " + row.path("expiry_interval") + " " + row.path("clean_start") : "");
    }

    /** A row of a node; how many fields it has counts where the recorder did not take it apart itself. */
    private static String ofNode(JsonNode row, boolean counters) {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("node", row.path("node").asText());
        summary.put("status", row.path("node_status").asText());
        summary.put("connections", row.path("connections").toString());
        if (counters) {
            JsonNode values = row.has("metrics") ? row.get("metrics") : row;
            COUNTERS.forEach(name -> summary.put(name, values.path(name).asLong()));
        }
        return summary.toString();
    }

    /** Walks a listing page by page as the recorder did; the status is that of the last page. */
    static String walk(EmqxSimulator simulator, String path) throws IOException {
        JsonNode walk = walked(simulator, path);
        JsonNode statuses = walk.get("statuses");
        return statuses.get(statuses.size() - 1) + " " + walk(walk);
    }

    private static JsonNode walked(EmqxSimulator simulator, String path) throws IOException {
        boolean byCursor = path.contains("cursor");
        String base = path.replace(" (walk)", "").replaceAll("&_?page=1\\.\\.|&cursor=…", "");
        String page = simulator.generation() == Generation.V5 ? "&page=" : "&_page=";
        ObjectNode summary = JsonNodeFactory.instance.objectNode();
        ArrayNode statuses = summary.putArray("statuses");
        ArrayNode counts = JsonNodeFactory.instance.arrayNode();
        Set<String> unique = new HashSet<>();
        int rows = 0;
        String more = byCursor ? "" : page + 1;
        boolean ended = false;
        while (!ended) {
            RawHttp.Reply reply = RawHttp.call(simulator, "GET", base + more, null);
            statuses.add(reply.status());
            ended = true;
            if (reply.status() == 200) {
                JsonNode body = reply.json();
                rows += body.get("data").size();
                body.get("data").forEach(row -> unique.add(row.get("clientid").asText()));
                JsonNode meta = body.get("meta");
                if (byCursor) {
                    ended = !meta.has("cursor");
                    more = "&cursor=" + meta.path("cursor").asText();
                } else {
                    counts.addArray().add(meta.get("count")).add(meta.get("hasnext"));
                    ended = !meta.get("hasnext").booleanValue();
                    more = page + (statuses.size() + 1);
                }
            } else if (reply.text().startsWith("{")) {
                summary.set("error", reply.json());
            } else {
                summary.put("error", reply.text());
            }
        }
        summary.put("pages", statuses.size()).put("rows", rows).put("unique", unique.size());
        if (!byCursor) {
            summary.set("countAndHasnextPerPage", counts);
        }
        return summary;
    }
}
