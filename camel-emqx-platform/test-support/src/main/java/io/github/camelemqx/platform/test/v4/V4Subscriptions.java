/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.v4;

import static java.util.Map.entry;

import io.github.camelemqx.platform.test.SimulatedClient;
import io.github.camelemqx.platform.test.http.Answer;
import io.github.camelemqx.platform.test.http.Call;
import io.github.camelemqx.platform.test.http.Query;
import io.github.camelemqx.platform.test.http.Router;
import io.github.camelemqx.platform.test.state.Broker;
import io.github.camelemqx.platform.test.state.Page;
import io.github.camelemqx.platform.test.state.RouteTable.Route;
import io.github.camelemqx.platform.test.state.SubscriptionOf;
import io.github.camelemqx.platform.test.state.Topics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** /subscriptions, /nodes/X/subscriptions and /routes. */
final class V4Subscriptions {

    private static final Map<String, Function<String, Predicate<SubscriptionOf>>> CONDITIONS = Map.ofEntries(
            entry("clientid", wanted -> row -> row.client().clientId().equals(wanted)),
            entry(
                    "qos",
                    wanted -> row ->
                            wanted.equals(String.valueOf(row.subscription().qos()))),
            entry(
                    "share",
                    wanted -> row -> Topics.shareGroup(row.topic())
                            .filter(wanted::equals)
                            .isPresent()),
            entry("_match_topic", wanted -> row -> Topics.matches(wanted, Topics.route(row.topic()))));

    private final Broker broker;

    V4Subscriptions(Broker broker) {
        this.broker = broker;
    }

    void addTo(Router router) {
        router.on("GET", "subscriptions", call -> list(call, broker.clients()))
                .on("GET", "subscriptions/{clientid}", call -> ofClient(call, broker.clients()))
                .on("GET", "nodes/{node}/subscriptions", call -> onNode(call, clients -> list(call, clients)))
                .on(
                        "GET",
                        "nodes/{node}/subscriptions/{clientid}",
                        call -> onNode(call, clients -> ofClient(call, clients)))
                .on("GET", "routes", this::routes)
                .on(
                        "GET",
                        "routes/{topic}",
                        call -> V4Answers.data(broker.routes().of(call.variable("topic"))));
    }

    private Answer onNode(Call call, Function<Stream<SimulatedClient>, Answer> answer) {
        return V4Nodes.running(broker, call)
                .map(node -> answer.apply(node.clients().stream()))
                .orElseGet(() -> V4Answers.failure(V4Answers.NODE_DOWN, "nodedown"));
    }

    private static Answer list(Call call, Stream<SimulatedClient> clients) {
        V4Answers.Paging paging = V4Answers.Paging.of(call);
        Query query = call.query();
        Optional<String> topic = query.first("topic");
        Optional<Predicate<SubscriptionOf>> filter = CONDITIONS.entrySet().stream()
                .filter(condition -> query.has(condition.getKey()))
                .map(condition -> condition
                        .getValue()
                        .apply(query.first(condition.getKey()).orElseThrow()))
                .reduce(Predicate::and);
        Page<SubscriptionOf> page = Page.of(
                SubscriptionOf.each(clients)
                        .filter(row -> topic.isEmpty() || row.topic().equals(topic.get()))
                        .filter(filter.orElse(row -> true)),
                paging.skip(),
                paging.limit());
        // the topic is looked up, not filtered by: such a listing is counted (recording v4 85)
        return filter.isPresent() && topic.isEmpty()
                ? V4Answers.filteredPage(paging, page, V4Subscriptions::row)
                : V4Answers.page(paging, page, V4Subscriptions::row);
    }

    private static Answer ofClient(Call call, Stream<SimulatedClient> clients) {
        String clientId = call.variable("clientid");
        return V4Answers.data(
                SubscriptionOf.each(clients.filter(client -> client.clientId().equals(clientId)))
                        .map(V4Subscriptions::row)
                        .toList());
    }

    private static Map<String, Object> row(SubscriptionOf row) {
        return V4Rows.subscription(row.client(), row.subscription());
    }

    private Answer routes(Call call) {
        V4Answers.Paging paging = V4Answers.Paging.of(call);
        List<Route> all = broker.routes().all().toList();
        return V4Answers.pageWithoutNext(paging, Page.of(List.of(all), paging.skip(), paging.limit()), route -> route);
    }
}
