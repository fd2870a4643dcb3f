/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.state;

import io.github.camelemqx.platform.test.PublishedMessage;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The last message to retain of each topic; one without a payload takes it away, as MQTT has it. */
public final class RetainedTable {

    /** A message and when it was published. */
    public record Retained(PublishedMessage message, Instant at) {}

    private final Map<String, Retained> messages = new LinkedHashMap<>();

    void put(PublishedMessage message, Instant at) {
        messages.remove(message.topic());
        if (message.payload().length > 0) {
            messages.put(message.topic(), new Retained(message, at));
        }
    }

    /** All messages, the last retained last. */
    public Stream<Retained> all() {
        return messages.values().stream();
    }

    /** How many there are. */
    public int size() {
        return messages.size();
    }

    /** The message of a topic. */
    public Optional<Retained> find(String topic) {
        return Optional.ofNullable(messages.get(topic));
    }

    /** Takes a message away; false if there is none. */
    public boolean remove(String topic) {
        return messages.remove(topic) != null;
    }

    /** Takes all messages away. */
    public void clear() {
        messages.clear();
    }
}
