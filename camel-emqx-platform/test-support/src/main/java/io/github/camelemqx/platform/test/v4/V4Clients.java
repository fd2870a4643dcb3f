/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.v4;

import io.github.camelemqx.platform.test.SimulatedClient;
import io.github.camelemqx.platform.test.http.Answer;
import io.github.camelemqx.platform.test.http.Call;
import io.github.camelemqx.platform.test.http.Router;
import io.github.camelemqx.platform.test.state.Broker;
import io.github.camelemqx.platform.test.state.ClientTable;
import io.github.camelemqx.platform.test.state.Node;
import io.github.camelemqx.platform.test.state.Page;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** /clients and /nodes/X/clients. */
final class V4Clients {

    private static final Pattern RATE = Pattern.compile("\\d+,\\d+[smhd]?");

    private final Broker broker;
    private final V4Rows rows;

    V4Clients(Broker broker, V4Rows rows) {
        this.broker = broker;
        this.rows = rows;
    }

    void addTo(Router router) {
        router.on("GET", "clients", call -> list(call, broker.clientTables()))
                .on("GET", "clients/username/{username}", call -> ofUser(call, broker.clientTables()))
                .on("GET", "clients/{clientid}", call -> ofId(call, broker.clientTables()))
                .on("DELETE", "clients/{clientid}", this::kick)
                .on("GET", "clients/{clientid}/acl_cache", call -> with(call, this::aclCache))
                .on("DELETE", "clients/{clientid}/acl_cache", call -> with(call, this::forgetAcl))
                .on("PUT", "clients/{clientid}/keepalive", this::keepalive)
                .on("POST", "clients/{clientid}/ratelimit", call -> with(call, client -> limit(call)))
                .on("DELETE", "clients/{clientid}/ratelimit", call -> with(call, client -> V4Answers.ok()))
                .on("POST", "clients/{clientid}/quota", call -> with(call, client -> limit(call)))
                .on("DELETE", "clients/{clientid}/quota", call -> with(call, client -> V4Answers.ok()))
                .on("GET", "nodes/{node}/clients", call -> onNode(call, down(), tables -> list(call, tables)))
                .on(
                        "GET",
                        "nodes/{node}/clients/username/{username}",
                        call -> onNode(call, Answer.empty(204), tables -> ofUser(call, tables)))
                .on(
                        "GET",
                        "nodes/{node}/clients/{clientid}",
                        call -> onNode(call, Answer.empty(204), tables -> ofId(call, tables)));
    }

    /** What /nodes/X/clients says of a node that is down; for a single client it is an empty 204 (clusters.md, v4 a). */
    private static Answer down() {
        return V4Answers.failure(V4Answers.NODE_DOWN, "nodedown");
    }

    private Answer onNode(Call call, Answer down, Function<List<ClientTable>, Answer> answer) {
        Optional<Node> node = V4Nodes.running(broker, call);
        return node.map(running -> answer.apply(List.of(running.clients()))).orElse(down);
    }

    private Answer list(Call call, List<ClientTable> tables) {
        V4Answers.Paging paging = V4Answers.Paging.of(call);
        Optional<Predicate<SimulatedClient>> filter = V4ClientFilter.of(call.query());
        Page<SimulatedClient> page = filter.isEmpty()
                ? Page.of(tables, paging.skip(), paging.limit())
                : Page.of(tables.stream().flatMap(List::stream).filter(filter.get()), paging.skip(), paging.limit());
        Page<SimulatedClient> shown = page.with(broker.artefacts().listed(page.rows()));
        Answer answer = filter.isEmpty()
                ? V4Answers.page(paging, shown, rows::client)
                : V4Answers.filteredPage(paging, shown, rows::client);
        broker.artefacts().pageAnswered();
        return answer;
    }

    /** One client, or none, as a list; two while it moves (clusters.md, v4 f). */
    private Answer ofId(Call call, List<ClientTable> tables) {
        String clientId = call.variable("clientid");
        if (broker.artefacts().missed(clientId)) {
            return V4Answers.data(List.of());
        }
        List<SimulatedClient> found =
                tables.stream().flatMap(table -> table.find(clientId).stream()).toList();
        return V4Answers.data(
                broker.artefacts().lookedUp(found).stream().map(rows::client).toList());
    }

    private Answer ofUser(Call call, List<ClientTable> tables) {
        String username = call.variable("username");
        return V4Answers.data(tables.stream()
                .flatMap(List::stream)
                .filter(client -> username.equals(client.username()))
                .map(rows::client)
                .toList());
    }

    /** A success even if there is no such client (recordings v4 34, 155). */
    private Answer kick(Call call) {
        broker.kick(call.variable("clientid"));
        return V4Answers.ok();
    }

    private Answer with(Call call, Function<SimulatedClient, Answer> answer) {
        return broker.client(call.variable("clientid")).map(answer).orElseGet(V4Answers::clientNotFound);
    }

    private Answer aclCache(SimulatedClient client) {
        return V4Answers.data(
                client.authorizationCache().stream().map(V4Rows::permission).toList());
    }

    private Answer forgetAcl(SimulatedClient client) {
        broker.replace(client.authorizationForgotten());
        return V4Answers.ok();
    }

    private Answer keepalive(Call call) {
        V4Params params = V4Params.of(call);
        if (!params.has("interval")) {
            return V4Answers.failure(V4Answers.MISSING_PARAMETER, "params_not_found");
        }
        int seconds = params.get("interval").asInt(-1);
        if (seconds < 0) {
            throw V4Answers.internalError();
        }
        return with(call, client -> {
            broker.replace(client.keepalive(seconds));
            return V4Answers.ok();
        });
    }

    /** Limits are checked and forgotten: the simulator has no traffic to limit. */
    private static Answer limit(Call call) {
        boolean understood = V4Params.of(call).values().values().stream()
                .allMatch(rate -> RATE.matcher(rate.asText()).matches());
        if (!understood) {
            throw V4Answers.internalError();
        }
        return V4Answers.ok();
    }
}
