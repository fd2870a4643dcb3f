/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.v4;

import io.github.camelemqx.platform.test.http.Answer;
import io.github.camelemqx.platform.test.http.Call;
import io.github.camelemqx.platform.test.http.Router;
import io.github.camelemqx.platform.test.state.Broker;
import io.github.camelemqx.platform.test.state.TopicMetrics;
import io.github.camelemqx.platform.test.state.TopicMetrics.Counted;
import io.github.camelemqx.platform.test.state.Topics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** /topic-metrics, with slow subscriptions the other statistics that a module makes; in the simulator, nobody is slow. */
final class V4TopicMetrics {

    private static final String PATH = "topic-metrics";
    private static final String SLOW = "slow_subscriptions";

    private final TopicMetrics topics;
    private final V4Extensions modules;

    V4TopicMetrics(Broker broker, V4Extensions modules) {
        this.topics = broker.topicMetrics();
        this.modules = modules;
        modules.onUnload(V4Extensions.TOPIC_METRICS, topics::clear);
    }

    void addTo(Router router) {
        router.on("GET", PATH, ifLoaded(call -> list()))
                .on("POST", PATH, ifLoaded(this::register))
                .on("DELETE", PATH, ifLoaded(call -> {
                    topics.clear();
                    return V4Answers.ok();
                }))
                .on("GET", PATH + "/{topic}", ifLoaded(this::get))
                .on("DELETE", PATH + "/{topic}", ifLoaded(this::delete))
                .on("GET", SLOW, modules.requiring(V4Extensions.SLOW_SUBSCRIPTIONS, call -> V4Answers.data(List.of())))
                .on("DELETE", SLOW, call -> clearSlow());
    }

    private Function<Call, Answer> ifLoaded(Function<Call, Answer> handler) {
        return modules.requiring(V4Extensions.TOPIC_METRICS, handler);
    }

    private Answer list() {
        return V4Answers.data(topics.all()
                .map(counted -> Map.of("topic", counted.topic(), "metrics", counted.metrics(0)))
                .toList());
    }

    /** A success for a topic known already (recording v4 413). */
    private Answer register(Call call) {
        Optional<String> topic = V4Params.of(call).text("topic");
        if (topic.isEmpty()) {
            return V4Answers.failure("missing_required_params");
        }
        if (!Topics.isName(topic.get())) {
            return V4Answers.failure("invalid_topic_name");
        }
        topics.register(topic.get());
        return V4Answers.ok();
    }

    /** Of an unknown topic, an object without fields (recording v4 418). */
    private Answer get(Call call) {
        Optional<Counted> counted = topics.find(call.variable("topic"));
        return V4Answers.data(counted.map(of -> of.metrics(0)).orElse(Map.of()));
    }

    private Answer delete(Call call) {
        topics.remove(call.variable("topic"));
        return V4Answers.ok();
    }

    /** Without the module, the broker crashes over it (recording v4 424). */
    private Answer clearSlow() {
        if (!modules.active(V4Extensions.SLOW_SUBSCRIPTIONS)) {
            throw V4Answers.internalError();
        }
        return V4Answers.ok();
    }
}
