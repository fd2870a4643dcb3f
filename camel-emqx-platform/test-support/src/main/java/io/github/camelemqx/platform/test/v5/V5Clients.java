/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.v5;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelemqx.platform.test.NodeCondition;
import io.github.camelemqx.platform.test.SimulatedClient;
import io.github.camelemqx.platform.test.Subscription;
import io.github.camelemqx.platform.test.http.Answer;
import io.github.camelemqx.platform.test.http.Call;
import io.github.camelemqx.platform.test.http.Router;
import io.github.camelemqx.platform.test.state.Broker;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/** /clients/X and what can be done with one client. */
final class V5Clients {

    private static final Map<String, Object> NO_MESSAGES =
            Map.of("data", List.of(), "meta", Map.of("start", "none", "position", "none"));

    private final Broker broker;
    private final V5Rows rows;

    V5Clients(Broker broker, V5Rows rows) {
        this.broker = broker;
        this.rows = rows;
    }

    void addTo(Router router) {
        router.on("POST", "clients/kickout/bulk", this::kickMany)
                .on("GET", "clients/{clientid}", this::get)
                .on("DELETE", "clients/{clientid}", this::kick)
                .on("GET", "clients/{clientid}/subscriptions", call -> with(call, this::subscriptions))
                .on("GET", "clients/{clientid}/authorization/cache", call -> with(call, this::permissions))
                .on("DELETE", "clients/{clientid}/authorization/cache", call -> with(call, this::forgetPermissions))
                .on("GET", "clients/{clientid}/mqueue_messages", call -> with(call, client -> Answer.ok(NO_MESSAGES)))
                .on("GET", "clients/{clientid}/inflight_messages", call -> with(call, client -> Answer.ok(NO_MESSAGES)))
                .on("PUT", "clients/{clientid}/keepalive", this::keepalive)
                .on("POST", "clients/{clientid}/subscribe", call -> withBody(call, this::subscribe))
                .on("POST", "clients/{clientid}/subscribe/bulk", call -> withBody(call, this::subscribeMany))
                .on("POST", "clients/{clientid}/unsubscribe", call -> withBody(call, this::unsubscribe))
                .on("POST", "clients/{clientid}/unsubscribe/bulk", call -> withBody(call, this::unsubscribeMany));
    }

    private Answer get(Call call) {
        String clientId = call.variable("clientid");
        if (broker.artefacts().missed(clientId)) {
            return V5Answers.clientNotFound();
        }
        boolean crashed =
                broker.cluster().seen(NodeCondition.STOPPING).stream().anyMatch(node -> node.stopCrashesOver(clientId));
        return crashed
                ? V5Answers.internalError("badarg, [{erlang,hd,[{error,{'EXIT',{badarg,[]}}}]}]")
                : with(call, client -> Answer.ok(rows.client(client)));
    }

    private Answer with(Call call, Function<SimulatedClient, Answer> answer) {
        return broker.client(call.variable("clientid")).map(answer).orElseGet(V5Answers::clientNotFound);
    }

    private Answer withBody(Call call, BiFunction<SimulatedClient, V5Body, Answer> answer) {
        V5Body body = V5Body.of(call);
        return with(call, client -> answer.apply(client, body));
    }

    private Answer kick(Call call) {
        return broker.kick(call.variable("clientid")) ? V5Answers.noContent() : V5Answers.clientNotFound();
    }

    /** Unknown ids are no failure (recording v5 30). */
    private Answer kickMany(Call call) {
        V5Body.of(call).items().stream().map(V5Body::json).map(JsonNode::asText).forEach(broker::kick);
        return V5Answers.noContent();
    }

    private Answer subscriptions(SimulatedClient client) {
        return Answer.ok(client.subscriptions().values().stream()
                .map(subscription -> V5Rows.subscription(client, subscription))
                .toList());
    }

    private Answer permissions(SimulatedClient client) {
        return Answer.ok(
                client.authorizationCache().stream().map(V5Rows::permission).toList());
    }

    private Answer forgetPermissions(SimulatedClient client) {
        broker.replace(client.authorizationForgotten());
        return V5Answers.noContent();
    }

    private Answer keepalive(Call call) {
        JsonNode interval = V5Body.of(call).json().path("interval");
        if (interval.isMissingNode()) {
            throw V5Answers.missing("root.interval");
        }
        if (!interval.isInt() || interval.intValue() < 0 || interval.intValue() > 65_535) {
            throw V5Answers.invalid(interval, Map.of("expected", "0..65535"), "root.interval");
        }
        return with(call, client -> Answer.ok(rows.client(broker.replace(client.keepalive(interval.intValue())))));
    }

    /** Bad filters are taken (recording v5 66). */
    private Answer subscribe(SimulatedClient client, V5Body body) {
        Checked checked = Checked.of(body);
        return Answer.ok(V5Rows.newSubscription(client, checked.make(broker, client)));
    }

    private Answer subscribeMany(SimulatedClient client, V5Body body) {
        List<Checked> all = body.items().stream().map(Checked::of).toList();
        return Answer.ok(all.stream()
                .map(each -> V5Rows.newSubscription(client, each.make(broker, client)))
                .toList());
    }

    /** A subscription asked for, its values in order: a bulk call is checked whole before anything is done. */
    private record Checked(String topic, int qos, V5Body body) {

        static Checked of(V5Body body) {
            return new Checked(body.text("topic"), body.qos(), body);
        }

        Subscription make(Broker broker, SimulatedClient client) {
            return broker.subscribe(
                    client.clientId(), topic, qos, body.small("nl"), body.small("rap"), body.small("rh"));
        }
    }

    /** What was never subscribed to is no failure (recording v5 72). */
    private Answer unsubscribe(SimulatedClient client, V5Body body) {
        broker.unsubscribe(client.clientId(), body.text("topic"));
        return V5Answers.noContent();
    }

    private Answer unsubscribeMany(SimulatedClient client, V5Body body) {
        List<String> topics =
                body.items().stream().map(item -> item.text("topic")).toList();
        topics.forEach(topic -> broker.unsubscribe(client.clientId(), topic));
        return V5Answers.noContent();
    }
}
