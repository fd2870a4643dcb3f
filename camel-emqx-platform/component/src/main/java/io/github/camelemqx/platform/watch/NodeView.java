/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.watch;

import io.github.camelemqx.platform.catalog.Operation;
import io.github.camelemqx.platform.client.Arguments;
import io.github.camelemqx.platform.client.Deployment;
import io.github.camelemqx.platform.exception.EmqxAccessDeniedException;
import io.github.camelemqx.platform.exception.EmqxNotFoundException;
import io.github.camelemqx.platform.exception.EmqxPlatformException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which nodes are running, and since when, also over a restart of the watch. A lost node's clients vanish from listings without an error
 * (emqx-api/clusters.md, "The essence"): only the list of nodes tells them from clients that left. Not safe for many
 * threads: it belongs to one watch.
 */
final class NodeView {

    private static final String NOTE = "nodes";

    private final Operation nodes;
    private final Notes notes;
    private final Map<String, Instant> runningSince = new HashMap<>();
    private boolean offered = true;
    private boolean first = true;

    /**
     * @param nodes the operation that lists nodes
     * @param notes where they are remembered: one that was lost when the watch ended, and is back, was not running
     */
    NodeView(Operation nodes, Notes notes) {
        this.nodes = nodes;
        this.notes = notes;
        Map<String, Object> noted = notes.get(NOTE);
        if (noted != null) {
            noted.forEach((node, since) -> runningSince.put(node, Instant.parse(since.toString())));
            first = false;
        }
    }

    /**
     * The nodes that are running now.
     *
     * @return empty where the deployment does not tell (Serverless)
     * @throws EmqxPlatformException when it does, but not now
     */
    Optional<Set<String>> running(Deployment deployment, Instant now) throws EmqxPlatformException {
        if (!offered) {
            return Optional.empty();
        }
        Set<String> running = new HashSet<>();
        try {
            Object listed = deployment.call(nodes, Arguments.NONE).body();
            for (Object row : (List<?>) listed) {
                Map<?, ?> node = (Map<?, ?>) row;
                // a stopping node of generation 4 is Running with connections "undefined" (clusters.md, v4 (c))
                if ("running".equals(node.get("node_status")) && node.get("connections") instanceof Number) {
                    running.add(String.valueOf(node.get("node")));
                }
            }
        } catch (EmqxNotFoundException | EmqxAccessDeniedException notOffered) {
            offered = false;
            return Optional.empty();
        }
        Map<String, Instant> before = Map.copyOf(runningSince);
        runningSince.keySet().retainAll(running);
        // nodes of the first look have been running for nobody knows how long
        running.forEach(node -> runningSince.putIfAbsent(node, first ? Instant.EPOCH : now));
        if (first || !before.equals(runningSince)) {
            Map<String, Object> noted = new HashMap<>();
            runningSince.forEach((node, since) -> noted.put(node, since.toString()));
            notes.put(NOTE, noted);
        }
        first = false;
        return Optional.of(running);
    }

    /** When a node that is running was first seen so after it was not. */
    Instant runningSince(String node) {
        return runningSince.getOrDefault(node, Instant.MAX);
    }
}
