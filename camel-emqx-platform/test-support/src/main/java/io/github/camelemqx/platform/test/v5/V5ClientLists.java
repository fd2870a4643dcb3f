/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.v5;

import io.github.camelemqx.platform.test.SimulatedClient;
import io.github.camelemqx.platform.test.http.Answer;
import io.github.camelemqx.platform.test.http.Call;
import io.github.camelemqx.platform.test.http.Json;
import io.github.camelemqx.platform.test.http.Query;
import io.github.camelemqx.platform.test.http.Refusal;
import io.github.camelemqx.platform.test.http.Router;
import io.github.camelemqx.platform.test.state.Broker;
import io.github.camelemqx.platform.test.state.ClientTable;
import io.github.camelemqx.platform.test.state.Node;
import io.github.camelemqx.platform.test.state.Page;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** /clients in pages, and /sessions_count. */
final class V5ClientLists {

    private final Broker broker;
    private final V5Rows rows;

    V5ClientLists(Broker broker, V5Rows rows) {
        this.broker = broker;
        this.rows = rows;
    }

    void addTo(Router router) {
        router.on("GET", "clients", this::list).on("GET", "sessions_count", this::sessionsCount);
    }

    private Answer list(Call call) {
        V5Answers.Paging paging = V5Answers.Paging.of(call);
        V5ClientFilter filter = V5ClientFilter.of(call.query());
        Function<SimulatedClient, Map<String, Object>> row = fields(call.query());
        List<ClientTable> tables =
                nodes(broker, call.query()).stream().map(Node::clients).toList();
        Page<SimulatedClient> page = filter.everything()
                ? Page.of(tables, paging.skip(), paging.limit())
                : Page.of(candidates(tables, filter).filter(filter::test), paging.skip(), paging.limit());
        Page<SimulatedClient> shown = page.with(broker.artefacts().listed(page.rows()));
        Answer answer =
                V5Answers.page(paging, shown, filter.fuzzy() ? V5Answers.Meta.NO_COUNT : V5Answers.Meta.FULL, row);
        broker.artefacts().pageAnswered();
        return answer;
    }

    /** Ids are looked up, not searched for. */
    private static Stream<SimulatedClient> candidates(List<ClientTable> tables, V5ClientFilter filter) {
        return filter.clientIds().isEmpty()
                ? tables.stream().flatMap(List::stream)
                : tables.stream().flatMap(table -> filter.clientIds().stream().flatMap(id -> table.find(id).stream()));
    }

    /** The nodes asked for; one that is down or unknown fails the call, one that left or is cut off does not (clusters.md, v5 d and e). */
    static List<Node> nodes(Broker broker, Query query) {
        Optional<String> name = query.first("node");
        if (name.isEmpty()) {
            return broker.runningNodes();
        }
        Node node = broker.findNode(name.get())
                .orElseThrow(() -> nodeDown("bad rpc call <<\"" + name.get() + "\">>, Reason <<\"invalid node\">>"));
        return switch (broker.cluster().seen(node)) {
            case RUNNING, FROZEN, BOOTING, STOPPING, CUT_OFF, LEFT -> List.of(node);
            case STOPPED, DROPPED -> throw new Refusal(V5Answers.nodeDown(node.name(), "nodedown"));
        };
    }

    private static Refusal nodeDown(String message) {
        return new Refusal(V5Answers.failure(500, V5Answers.NODE_DOWN, message));
    }

    private Function<SimulatedClient, Map<String, Object>> fields(Query query) {
        List<String> given = query.all("fields");
        if (given.size() > 1) {
            // the broker's schema reads one value with commas; not recorded, but no other form is accepted by it
            throw new Refusal(V5Answers.badRequest("fields must be given once"));
        }
        List<String> wanted =
                given.stream().flatMap(names -> Stream.of(names.split(","))).toList();
        if (wanted.isEmpty() || wanted.equals(List.of("all"))) {
            return rows::client;
        }
        Set<String> known = rows.clientFields();
        for (int i = 0; i < wanted.size(); i++) {
            if (!known.contains(wanted.get(i))) {
                throw unknownField(wanted, i);
            }
        }
        return client -> rows.client(client, wanted);
    }

    private static Refusal unknownField(List<String> wanted, int index) {
        Map<String, Object> mismatches = new LinkedHashMap<>();
        mismatches.put(
                "array", V5Answers.validationError(wanted.get(index), V5Answers.NO_SYMBOL, "fields." + (index + 1)));
        mismatches.put("all", V5Answers.validationError(wanted, Map.of("expected", "all"), "fields"));
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("reason", "matched_no_union_member");
        error.put("path", "fields");
        error.put("mismatches", mismatches);
        error.put("kind", "validation_error");
        return new Refusal(V5Answers.badRequest(Json.text(error)));
    }

    /** A bare number: sessions that are connected, or were since a time in seconds (recording v5 64). */
    private Answer sessionsCount(Call call) {
        Instant since = Instant.ofEpochSecond(call.query()
                .first("since")
                .filter(text -> text.matches("\\d{1,11}"))
                .map(Long::valueOf)
                .orElse(0L));
        return Answer.ok(broker.clients()
                .filter(client -> client.connected() || !client.disconnectedAt().isBefore(since))
                .count());
    }
}
