/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.watch;

import io.github.camelemqx.platform.catalog.Operation;
import io.github.camelemqx.platform.client.Arguments;
import io.github.camelemqx.platform.client.Deployment;
import io.github.camelemqx.platform.exception.EmqxAccessDeniedException;
import io.github.camelemqx.platform.exception.EmqxAuthenticationException;
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
 * Which nodes are running, and since when, also over a restart of the watch. A lost node's clients vanish from listings
 * without an error (emqx-api/clusters.md, "The essence"): only the list of nodes tells them from clients that left. Not
 * safe for many threads: it belongs to one watch.
 */
final class NodeView {

    /** What a look at the nodes tells. */
    sealed interface Look {

        /** The nodes that can be asked for their rows. */
        Set<String> nodes();
    }

    /** These are running. */
    record Told(Set<String> running) implements Look {
        @Override
        public Set<String> nodes() {
            return running;
        }
    }

    /**
     * The deployment does not say now: while a node is frozen, the list of nodes hangs (clusters.md, v5 (d)).
     *
     * @param lastRunning the nodes that were running when it last said so
     */
    record Silent(Set<String> lastRunning, EmqxPlatformException failure) implements Look {
        @Override
        public Set<String> nodes() {
            return lastRunning;
        }
    }

    /** The deployment never tells (Serverless). */
    record NotOffered() implements Look {
        @Override
        public Set<String> nodes() {
            return Set.of();
        }
    }

    private static final String NOTE = "nodes";

    private final Operation nodes;
    private final Notes notes;
    private final Map<String, Instant> runningSince = new HashMap<>();
    private final Set<String> away = new HashSet<>();
    private Map<String, Long> uptimes = Map.of();
    private boolean first = true;
    private boolean refused;
    private boolean several;

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
            several = noted.size() > 1;
            first = false;
        }
    }

    /**
     * Looks at the nodes.
     *
     * @throws EmqxPlatformException when the deployment does not answer and has never told, or refuses the key
     */
    Look look(Deployment deployment, Instant now) throws EmqxPlatformException {
        if (refused) {
            return new NotOffered();
        }
        try {
            return told((List<?>) deployment.call(nodes, Arguments.NONE).body(), now);
        } catch (EmqxAuthenticationException e) {
            throw e;
        } catch (EmqxAccessDeniedException | EmqxNotFoundException e) {
            if (hasTold()) {
                return silent(e);
            }
            // a node that is starting says so of any path, and will say more
            refused = !(e instanceof EmqxNotFoundException notFound && SecondLook.isNotReady(notFound));
            return new NotOffered();
        } catch (EmqxPlatformException e) {
            if (hasTold()) {
                return silent(e);
            }
            throw e;
        }
    }

    private boolean hasTold() {
        return !first;
    }

    private Silent silent(EmqxPlatformException e) {
        return new Silent(Set.copyOf(runningSince.keySet()), e);
    }

    private Told told(List<?> listed, Instant now) {
        Set<String> running = new HashSet<>();
        Map<String, Long> uptimesNow = new HashMap<>();
        for (Object row : listed) {
            Map<?, ?> node = (Map<?, ?>) row;
            // a stopping node of generation 4 is Running with connections "undefined" (clusters.md, v4 (c))
            if ("running".equals(node.get("node_status")) && node.get("connections") instanceof Number) {
                String name = String.valueOf(node.get("node"));
                running.add(name);
                // one that is booting does not know for how long yet (clusters.md, v4 (b)): what it was before still
                // compares
                Times.millis(node.get("uptime"))
                        .or(() -> Optional.ofNullable(uptimes.get(name)))
                        .ifPresent(uptime -> uptimesNow.put(name, uptime));
            }
        }
        several |= listed.size() > 1;
        away.addAll(runningSince.keySet());
        away.removeAll(running);
        runningSince.keySet().retainAll(running);
        for (String node : running) {
            // nodes of the first look have been running for nobody knows how long
            runningSince.putIfAbsent(node, first ? Instant.EPOCH : now);
            if (uptimesNow.getOrDefault(node, Long.MAX_VALUE) < uptimes.getOrDefault(node, 0L)) {
                // it stopped and started between two looks
                runningSince.put(node, now);
            }
        }
        uptimes = uptimesNow;
        Map<String, Object> noted = new HashMap<>();
        runningSince.forEach((node, since) -> noted.put(node, since.toString()));
        notes.put(NOTE, noted);
        first = false;
        return new Told(Set.copyOf(running));
    }

    /** Whether there ever was more than one node: what looks like a single one may be a part. */
    boolean haveBeenSeveral() {
        return several;
    }

    /** The nodes that were running and are not. */
    Set<String> away() {
        return away;
    }

    /** When a node that is running was first seen so after it was not. */
    Instant runningSince(String node) {
        return runningSince.getOrDefault(node, Instant.MAX);
    }
}
