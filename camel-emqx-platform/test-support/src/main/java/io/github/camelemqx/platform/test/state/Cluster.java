/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.state;

import io.github.camelemqx.platform.test.NodeCondition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The nodes, and what the node whose API is asked knows of them. */
public final class Cluster {

    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private Node asked;
    private boolean chosen;

    /** All nodes that there ever were, in the order in which they were added. */
    public Collection<Node> nodes() {
        return nodes.values();
    }

    /** The node of a name, however it is. */
    public Optional<Node> find(String name) {
        return Optional.ofNullable(nodes.get(name));
    }

    /**
     * The node of a name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public Node node(String name) {
        return find(name)
                .orElseThrow(
                        () -> new IllegalArgumentException("No such node: " + name + "; there are " + nodes.keySet()));
    }

    void add(Node node) {
        nodes.put(node.name(), node);
        if (asked == null) {
            asked = node;
        }
    }

    /** The node whose API is asked. */
    public Node asked() {
        return asked;
    }

    /** Whether the test chose whom to ask: if not, the API answers on though its node is stopped, as another's would. */
    public boolean chosen() {
        return chosen;
    }

    void ask(Node node) {
        asked = node;
        chosen = true;
    }

    /** How a node looks to the one that is asked: who is cut off takes the others for stopped (clusters.md, v5 d), who left knows none. */
    public NodeCondition seen(Node node) {
        NodeCondition own = asked.condition();
        if (node == asked) {
            return own == NodeCondition.CUT_OFF || own == NodeCondition.LEFT ? NodeCondition.RUNNING : own;
        }
        return switch (own) {
            case CUT_OFF, DROPPED ->
                node.condition() == NodeCondition.LEFT ? NodeCondition.LEFT : NodeCondition.STOPPED;
            case LEFT -> NodeCondition.LEFT;
            case RUNNING, BOOTING, STOPPING, STOPPED, FROZEN -> node.condition();
        };
    }

    /** The nodes that look so to the one that is asked. */
    public List<Node> seen(NodeCondition first, NodeCondition... others) {
        List<NodeCondition> wanted = new ArrayList<>(List.of(others));
        wanted.add(first);
        return nodes.values().stream()
                .filter(node -> wanted.contains(seen(node)))
                .toList();
    }

    /** The nodes that listings of the whole cluster are made of; one that is frozen has not been given up yet. */
    public List<Node> running() {
        return seen(NodeCondition.RUNNING, NodeCondition.FROZEN);
    }

    /** The nodes that share their clients with a node: one that is cut off or left is alone. */
    List<Node> side(Node of) {
        return switch (of.condition()) {
            case CUT_OFF, DROPPED, LEFT -> List.of(of);
            case RUNNING, FROZEN, BOOTING, STOPPING, STOPPED ->
                nodes.values().stream()
                        .filter(node ->
                                node.condition() == NodeCondition.RUNNING || node.condition() == NodeCondition.FROZEN)
                        .toList();
        };
    }

    /** The nodes with clients, those that the asked one sees first. */
    List<Node> alive() {
        List<Node> running = running();
        return nodes.values().stream()
                .filter(Node::alive)
                .sorted(Comparator.comparing(node -> !running.contains(node)))
                .toList();
    }
}
