/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.v5;

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
import java.util.function.Predicate;
import java.util.stream.Stream;

/** /subscriptions and /topics. */
final class V5Subscriptions {

    private final Broker broker;

    V5Subscriptions(Broker broker) {
        this.broker = broker;
    }

    void addTo(Router router) {
        router.on("GET", "subscriptions", this::list)
                .on("GET", "topics", this::topics)
                .on("GET", "topics/{topic}", this::topic);
    }

    private Answer list(Call call) {
        Query query = call.query();
        V5Answers.Paging paging = V5Answers.Paging.of(call);
        Stream<SubscriptionOf> rows = SubscriptionOf.each(
                V5ClientLists.nodes(broker, query).stream().flatMap(node -> node.clients().stream()));
        Page<SubscriptionOf> page = Page.of(rows.filter(filter(query)), paging.skip(), paging.limit());
        return V5Answers.page(
                paging,
                page,
                query.has("match_topic") ? V5Answers.Meta.NO_COUNT : V5Answers.Meta.FULL,
                row -> V5Rows.subscription(row.client(), row.subscription()));
    }

    private static Predicate<SubscriptionOf> filter(Query query) {
        Predicate<SubscriptionOf> filter = row -> true;
        for (String wanted : query.all("clientid")) {
            filter = filter.and(row -> row.client().clientId().equals(wanted));
        }
        for (String wanted : query.all("qos")) {
            if (!wanted.matches("[012]")) {
                throw V5Answers.invalid(wanted, "Unable to parse string", "qos");
            }
            filter = filter.and(row -> row.subscription().qos() == Integer.parseInt(wanted));
        }
        for (String wanted : query.all("topic")) {
            filter = filter.and(row -> row.topic().equals(wanted));
        }
        for (String wanted : query.all("match_topic")) {
            filter = filter.and(row -> Topics.matches(wanted, Topics.route(row.topic())));
        }
        for (String wanted : query.all("share_group")) {
            filter = filter.and(
                    row -> Topics.shareGroup(row.topic()).filter(wanted::equals).isPresent());
        }
        for (String wanted : query.all("durable")) {
            filter = filter.and(row -> wanted.equals("false"));
        }
        return filter;
    }

    /** The broker crashes over a bad filter that somebody subscribed to (recordings v5 66, 80). */
    private Answer topics(Call call) {
        V5Answers.Paging paging = V5Answers.Paging.of(call);
        Query query = call.query();
        List<Route> routes = broker.routes()
                .all()
                .filter(route -> query.first("topic")
                        .filter(wanted -> !wanted.equals(route.topic()))
                        .isEmpty())
                .filter(route -> query.first("node")
                        .filter(wanted -> !wanted.equals(route.node()))
                        .isEmpty())
                .toList();
        if (routes.stream().anyMatch(route -> !Topics.isFilter(route.topic()))) {
            return V5Answers.internalError("'topic_invalid_#', []");
        }
        return V5Answers.page(
                paging, Page.of(List.of(routes), paging.skip(), paging.limit()), V5Answers.Meta.FULL, route -> route);
    }

    private Answer topic(Call call) {
        List<Route> routes = broker.routes().of(call.variable("topic"));
        return routes.isEmpty() ? V5Answers.failure(404, "TOPIC_NOT_FOUND", "Topic not found") : Answer.ok(routes);
    }
}
