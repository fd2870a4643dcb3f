/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.state;

import io.github.camelemqx.platform.test.PublishedMessage;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The topics whose messages are counted one by one. */
public final class TopicMetrics {

    private static final List<String> NAMES =
            List.of("dropped", "in", "out", "qos0.in", "qos0.out", "qos1.in", "qos1.out", "qos2.in", "qos2.out");

    /** What was counted of a topic since a moment; names such as {@code qos1.in}. */
    public record Counted(String topic, Instant since, Map<String, Long> counters) {

        private Counted(String topic, Instant since) {
            this(topic, since, new TreeMap<>());
            NAMES.forEach(name -> counters.put(name, 0L));
        }

        private void add(String name, long more) {
            counters.merge(name, more, Long::sum);
        }

        /** The counters as both generations write them, each with a rate, which in the simulator is always 0. */
        public Map<String, Object> metrics(Number zero) {
            Map<String, Object> metrics = new TreeMap<>();
            counters.forEach((name, count) -> {
                metrics.put("messages." + name + ".count", count);
                metrics.put("messages." + name + ".rate", zero);
            });
            return metrics;
        }
    }

    private final Clock clock;
    private final Map<String, Counted> topics = new LinkedHashMap<>();

    TopicMetrics(Clock clock) {
        this.clock = clock;
    }

    void count(PublishedMessage message, int deliveries) {
        find(message.topic()).ifPresent(counted -> {
            counted.add("in", 1);
            counted.add("qos" + message.qos() + ".in", 1);
            counted.add("out", deliveries);
            counted.add("qos" + message.qos() + ".out", deliveries);
            counted.add("dropped", deliveries == 0 ? 1 : 0);
        });
    }

    /** All topics in the order in which they were registered. */
    public Stream<Counted> all() {
        return topics.values().stream();
    }

    /** What was counted of a topic. */
    public Optional<Counted> find(String topic) {
        return Optional.ofNullable(topics.get(topic));
    }

    /** Begins to count; false if the topic is counted already. */
    public boolean register(String topic) {
        return topics.putIfAbsent(topic, new Counted(topic, clock.instant())) == null;
    }

    /** Counts from zero; false if the topic is not counted. */
    public boolean reset(String topic) {
        return topics.replace(topic, new Counted(topic, clock.instant())) != null;
    }

    /** Ends counting; false if the topic is not counted. */
    public boolean remove(String topic) {
        return topics.remove(topic) != null;
    }

    /** Ends counting all topics. */
    public void clear() {
        topics.clear();
    }
}
