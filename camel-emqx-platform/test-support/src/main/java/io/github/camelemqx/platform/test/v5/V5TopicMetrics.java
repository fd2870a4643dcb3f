/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.v5;

import io.github.camelemqx.platform.test.http.Answer;
import io.github.camelemqx.platform.test.http.Call;
import io.github.camelemqx.platform.test.http.Refusal;
import io.github.camelemqx.platform.test.http.Router;
import io.github.camelemqx.platform.test.state.Broker;
import io.github.camelemqx.platform.test.state.TopicMetrics;
import io.github.camelemqx.platform.test.state.TopicMetrics.Counted;
import io.github.camelemqx.platform.test.state.Topics;
import java.util.Map;

/** /mqtt/topic_metrics. Of its failures, only that of a topic known already was recorded; the others are as in the broker's source. */
final class V5TopicMetrics {

    private static final String PATH = "mqtt/topic_metrics";

    private final TopicMetrics topics;

    V5TopicMetrics(Broker broker) {
        this.topics = broker.topicMetrics();
    }

    void addTo(Router router) {
        router.on(
                        "GET",
                        PATH,
                        call -> Answer.ok(topics.all().map(V5TopicMetrics::row).toList()))
                .on("POST", PATH, this::register)
                .on("PUT", PATH, this::reset)
                .on("GET", PATH + "/{topic}", call -> topics.find(call.variable("topic"))
                        .map(counted -> Answer.ok(row(counted)))
                        .orElseGet(V5TopicMetrics::unknown))
                .on(
                        "DELETE",
                        PATH + "/{topic}",
                        call -> topics.remove(call.variable("topic")) ? V5Answers.noContent() : unknown());
    }

    private static Map<String, Object> row(Counted counted) {
        return Map.of(
                "topic", counted.topic(),
                "create_time", V5Rows.seconds(counted.since()),
                "metrics", counted.metrics(0.0));
    }

    private static Answer unknown() {
        return V5Answers.failure(404, "TOPIC_NOT_FOUND", "Topic not found");
    }

    private Answer register(Call call) {
        String topic = V5Body.of(call).text("topic");
        if (!Topics.isName(topic)) {
            throw new Refusal(badTopic("Bad Topic, topic cannot have wildcard"));
        }
        return topics.register(topic)
                ? Answer.ok(topics.find(topic).map(V5TopicMetrics::row).orElseThrow())
                : badTopic("Topic already registered");
    }

    private static Answer badTopic(String message) {
        return V5Answers.failure(400, "BAD_TOPIC", message);
    }

    /** One topic, or all of them. */
    private Answer reset(Call call) {
        V5Body body = V5Body.of(call);
        if (!body.text("action").equals("reset")) {
            throw V5Answers.notEnumerated(body.text("action"), "root.action");
        }
        if (body.has("topic")) {
            return topics.reset(body.text("topic")) ? V5Answers.noContent() : unknown();
        }
        topics.all().map(Counted::topic).toList().forEach(topics::reset);
        return V5Answers.noContent();
    }
}
