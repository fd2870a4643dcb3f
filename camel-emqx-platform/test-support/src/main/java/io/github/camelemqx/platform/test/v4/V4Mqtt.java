/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.v4;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelemqx.platform.test.http.Answer;
import io.github.camelemqx.platform.test.http.Call;
import io.github.camelemqx.platform.test.http.Refusal;
import io.github.camelemqx.platform.test.http.Router;
import io.github.camelemqx.platform.test.state.Broker;
import io.github.camelemqx.platform.test.state.Topics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** /mqtt/subscribe and /mqtt/unsubscribe, one or many at once. */
final class V4Mqtt {

    private final Broker broker;

    V4Mqtt(Broker broker) {
        this.broker = broker;
    }

    void addTo(Router router) {
        router.on("POST", "mqtt/subscribe", call -> subscribe(V4Params.of(call)))
                .on("POST", "mqtt/unsubscribe", call -> unsubscribe(V4Params.of(call)))
                .on("POST", "mqtt/subscribe_batch", call -> batch(call, this::subscribe))
                .on("POST", "mqtt/unsubscribe_batch", call -> batch(call, this::unsubscribe));
    }

    private Answer subscribe(V4Params params) {
        String clientId = clientId(params);
        List<String> filters = topics(params, Topics::isFilter);
        JsonNode qos = params.get("qos");
        if (params.has("qos") && !(qos.isInt() && qos.intValue() >= 0 && qos.intValue() <= 2)) {
            return V4Answers.failure(V4Answers.BAD_QOS, "bad_qos");
        }
        return withChannel(
                clientId, () -> filters.forEach(filter -> broker.subscribe(clientId, filter, qos.asInt(0), 0, 0, 0)));
    }

    private Answer unsubscribe(V4Params params) {
        String clientId = clientId(params);
        List<String> filters = topics(params, Topics::isFilter);
        return withChannel(clientId, () -> filters.forEach(filter -> broker.unsubscribe(clientId, filter)));
    }

    private Answer withChannel(String clientId, Runnable action) {
        if (broker.client(clientId).isEmpty()) {
            return V4Answers.failure(V4Answers.CLIENT_NOT_FOUND, "channel_not_found");
        }
        action.run();
        return V4Answers.ok();
    }

    private static String clientId(V4Params params) {
        if (!params.get("clientid").isTextual()) {
            throw new Refusal(V4Answers.failure(V4Answers.BAD_PARAMETER, "bad clientid: must be string"));
        }
        return params.get("clientid").textValue();
    }

    /** The topics of "topic" or, separated by commas, of "topics"; bad_topic if there are none, or if one is bad. */
    static List<String> topics(V4Params params, Predicate<String> good) {
        if (params.has("topic") && !params.get("topic").isTextual()) {
            throw V4Answers.internalError();
        }
        List<String> topics = new ArrayList<>();
        params.text("topic").ifPresent(topics::add);
        params.text("topics").ifPresent(list -> topics.addAll(List.of(list.split(","))));
        if (topics.isEmpty() || !topics.stream().allMatch(good)) {
            throw new Refusal(V4Answers.failure(V4Answers.BAD_TOPIC, "bad_topic"));
        }
        return topics;
    }

    /** A code for each item, under an envelope that always says 0 (recording v4 110). */
    private static Answer batch(Call call, Function<V4Params, Answer> one) {
        JsonNode items = V4Params.body(call).filter(JsonNode::isArray).orElseThrow(V4Answers::internalError);
        List<Map<String, Object>> outcomes = new ArrayList<>();
        for (JsonNode item : items) {
            Map<String, Object> outcome = new LinkedHashMap<>();
            outcome.put("topic", item.path("topic"));
            outcome.put("code", code(() -> one.apply(V4Params.of(item))));
            outcome.put("clientid", item.path("clientid"));
            outcomes.add(outcome);
        }
        return V4Answers.data(outcomes);
    }

    /** The code that an item of a batch would have got on its own; one that crashes the broker spoils the whole batch. */
    static Object code(Supplier<Answer> one) {
        Answer answer;
        try {
            answer = one.get();
        } catch (Refusal refusal) {
            if (refusal.answer().status() != 200) {
                throw refusal;
            }
            answer = refusal.answer();
        }
        return ((Map<?, ?>) answer.body()).get("code");
    }
}
