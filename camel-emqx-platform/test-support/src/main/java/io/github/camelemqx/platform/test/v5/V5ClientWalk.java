/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.v5;

import io.github.camelemqx.platform.test.SimulatedClient;
import io.github.camelemqx.platform.test.http.Answer;
import io.github.camelemqx.platform.test.http.Call;
import io.github.camelemqx.platform.test.http.Refusal;
import io.github.camelemqx.platform.test.http.Router;
import io.github.camelemqx.platform.test.state.Broker;
import io.github.camelemqx.platform.test.state.ClientTable;
import io.github.camelemqx.platform.test.state.Node;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * /clients_v2: node after node, by cursor. It takes the filters of /clients but for {@code node}, and no {@code fields}; as all
 * that the broker does not know, they are ignored.
 */
final class V5ClientWalk {

    /** Below the API's base. */
    static final String PATH = "clients_v2";

    private final Broker broker;
    private final V5Rows rows;

    V5ClientWalk(Broker broker, V5Rows rows) {
        this.broker = broker;
        this.rows = rows;
    }

    void addTo(Router router) {
        router.on("GET", PATH, this::next);
    }

    /**
     * A full page has a cursor even if nothing follows; the end is a page without one (README, recordings v5 55, 56). The last
     * node of a page gives as many rows as the page may have, whatever the nodes before it gave: a page can be longer than its
     * limit (recording v5 cluster 21, 670 rows in three pages of 200).
     */
    private Answer next(Call call) {
        int limit = V5Answers.Paging.limit(call);
        List<Node> running = broker.runningNodes();
        List<SimulatedClient> found = new ArrayList<>();
        Cursor last = null;
        for (Part part : parts(broker, call)) {
            found.addAll(part.rows());
            if (!part.rows().isEmpty()) {
                last = new Cursor(running.indexOf(part.node()) + 1, part.node().name(), part.lastNumber());
            }
        }
        List<Map<String, Object>> data =
                broker.artefacts().listed(found).stream().map(rows::client).toList();
        Map<String, Object> meta = new LinkedHashMap<>();
        meta.put("count", data.size());
        if (found.size() >= limit) {
            meta.put("cursor", last.text());
        }
        broker.artefacts().pageAnswered();
        return Answer.ok(Map.of("data", data, "meta", meta));
    }

    /** Whether a node has to be asked for a page. */
    static boolean reaches(Broker broker, Call call, Predicate<Node> wanted) {
        return parts(broker, call).stream().map(Part::node).anyMatch(wanted);
    }

    /** What a node gives to a page. */
    private record Part(Node node, List<SimulatedClient> rows, long lastNumber) {}

    /** The nodes that are asked for a page, until it is full. */
    private static List<Part> parts(Broker broker, Call call) {
        int limit = V5Answers.Paging.limit(call);
        V5ClientFilter filter = V5ClientFilter.of(call.query());
        Optional<Cursor> from = call.query().first("cursor").map(text -> Cursor.parse(text, broker));
        List<Part> parts = new ArrayList<>();
        int found = 0;
        for (Node node : remaining(broker.runningNodes(), from)) {
            if (found < limit) {
                Part part = part(node, limit, filter, after(from, node));
                parts.add(part);
                found += part.rows().size();
            }
        }
        return parts;
    }

    private static Part part(Node node, int limit, V5ClientFilter filter, long after) {
        ClientTable table = node.clients();
        List<SimulatedClient> rows = new ArrayList<>();
        long last = after;
        for (int i = table.indexAfter(after); i < table.size() && rows.size() < limit; i++) {
            if (filter.test(table.get(i))) {
                rows.add(table.get(i));
                last = table.numberAt(i);
            }
        }
        return new Part(node, rows, last);
    }

    private static long after(Optional<Cursor> from, Node node) {
        return from.filter(cursor -> cursor.node().equals(node.name()))
                .map(Cursor::number)
                .orElse(0L);
    }

    /** The nodes from the cursor's on; none if that one is down, which looks like the end (clusters.md, v5 a2). */
    private static List<Node> remaining(List<Node> nodes, Optional<Cursor> from) {
        return nodes.stream()
                .dropWhile(node -> from.filter(cursor -> !cursor.node().equals(node.name()))
                        .isPresent())
                .toList();
    }

    /** The last row that was given out: its node, which one of those running that was, and the row's number there. */
    private record Cursor(int place, String node, long number) {

        private static final Pattern TEXT = Pattern.compile("(\\d{1,9}) (\\d{1,18}) (.+)");

        static Cursor parse(String encoded, Broker broker) {
            Matcher text = TEXT.matcher(decoded(encoded));
            if (!text.matches()) {
                throw badCursor();
            }
            Cursor cursor = new Cursor(Integer.parseInt(text.group(1)), text.group(3), Long.parseLong(text.group(2)));
            // fewer nodes than that (clusters.md, v5 a2)
            if (cursor.place() > broker.runningNodes().size()) {
                throw badCursor();
            }
            return cursor;
        }

        private static String decoded(String encoded) {
            try {
                return new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.UTF_8);
            } catch (IllegalArgumentException noBase64) {
                throw badCursor();
            }
        }

        private static Refusal badCursor() {
            return new Refusal(V5Answers.badRequest("bad cursor"));
        }

        String text() {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString((place + " " + number + " " + node).getBytes(StandardCharsets.UTF_8));
        }
    }
}
