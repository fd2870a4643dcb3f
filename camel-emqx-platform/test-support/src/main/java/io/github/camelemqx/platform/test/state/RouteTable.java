/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.state;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Which nodes want the messages of which topic filter. */
public final class RouteTable {

    /** A topic filter that somebody on a node subscribed to. */
    public record Route(String topic, String node) {}

    /** Who gets a message: each subscriber of a node, or one of a group. */
    private record Receiver(String node, String group) {}

    private final Map<String, Map<Receiver, Integer>> receivers = new LinkedHashMap<>();

    void add(String filter, String node) {
        receivers
                .computeIfAbsent(Topics.route(filter), topic -> new LinkedHashMap<>())
                .merge(receiver(filter, node), 1, Integer::sum);
    }

    void remove(String filter, String node) {
        receivers.computeIfPresent(Topics.route(filter), (topic, wanting) -> {
            wanting.computeIfPresent(receiver(filter, node), (who, count) -> count == 1 ? null : count - 1);
            return wanting.isEmpty() ? null : wanting;
        });
    }

    /** Every route, one row a node. */
    public Stream<Route> all() {
        return receivers.keySet().stream().flatMap(topic -> of(topic).stream());
    }

    /** The routes of one topic filter; empty if nobody subscribed to it. */
    public List<Route> of(String topic) {
        return receivers.getOrDefault(topic, Map.of()).keySet().stream()
                .map(Receiver::node)
                .distinct()
                .map(node -> new Route(topic, node))
                .toList();
    }

    /** How many topic filters a node is interested in. */
    public long count(String node) {
        return all().filter(route -> route.node().equals(node)).count();
    }

    /** To how many subscribers a message goes; one of each group of a shared subscription. */
    public int deliveries(String topic) {
        int each = 0;
        List<String> groups = new ArrayList<>();
        for (Map.Entry<String, Map<Receiver, Integer>> entry : receivers.entrySet()) {
            if (Topics.matches(entry.getKey(), topic)) {
                for (Map.Entry<Receiver, Integer> wanting : entry.getValue().entrySet()) {
                    String group = wanting.getKey().group();
                    if (group == null) {
                        each += wanting.getValue();
                    } else if (!groups.contains(group + '/' + entry.getKey())) {
                        groups.add(group + '/' + entry.getKey());
                    }
                }
            }
        }
        return each + groups.size();
    }

    private static Receiver receiver(String filter, String node) {
        return new Receiver(node, Topics.shareGroup(filter).orElse(null));
    }
}
