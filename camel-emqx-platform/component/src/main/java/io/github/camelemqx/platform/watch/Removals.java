/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.watch;

import io.github.camelemqx.platform.catalog.Operation;
import io.github.camelemqx.platform.catalog.Watchable;
import io.github.camelemqx.platform.client.Arguments;
import io.github.camelemqx.platform.client.Deployment;
import io.github.camelemqx.platform.exception.EmqxClientOfflineException;
import io.github.camelemqx.platform.exception.EmqxNotFoundException;
import io.github.camelemqx.platform.exception.EmqxPlatformException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/**
 * Judges rows that are missing from a listing. Missing is not gone: rows move between pages, and vanish with a node
 * whose clients may still be connected (emqx-api/clusters.md, "What a poller should rely on").
 */
final class Removals {

    /** Takes what a missing row turns out to be. */
    interface Verdict {
        void on(String key, List<Transition> steps);
    }

    /** What a booting node says of any path (clusters.md, v5 (b)): nothing about the row. */
    private static final String NOT_READY = "Request Path Not Found";

    /** The reason in the event of a client that is given up with its node. */
    private static final Map<String, Object> NODE_LOST = Map.of("reason", "node-lost");

    private final WatchSettings settings;
    private final Transitions transitions;
    private final NodeView nodes;
    private final UnaryOperator<Map<String, Object>> reduction;
    private final BiFunction<String, Map<String, Object>, Map<String, Object>> known;
    private final Operation confirmation;

    /**
     * @param nodes null where rows belong to no node
     * @param reduction keeps the watched fields of a row
     * @param known what is known of a key, given how it is seen
     */
    Removals(
            WatchSettings settings,
            Transitions transitions,
            NodeView nodes,
            UnaryOperator<Map<String, Object>> reduction,
            BiFunction<String, Map<String, Object>, Map<String, Object>> known) {
        this.settings = settings;
        this.transitions = transitions;
        this.nodes = nodes;
        this.reduction = reduction;
        this.known = known;
        String name = settings.watchable().confirmation();
        this.confirmation = name == null ? null : settings.resource().operation(name);
    }

    /**
     * Judges each missing row as far as that is possible now; the others wait for the next poll.
     *
     * @param before the nodes that were running before the listing, empty where nobody tells
     * @param after the nodes that are running after it
     * @throws EmqxPlatformException when a second look failed; rows judged until then are judged
     */
    void judge(
            Deployment deployment,
            Set<String> missing,
            WatchState state,
            Optional<Set<String>> before,
            Optional<Set<String>> after,
            Instant now,
            Verdict verdict)
            throws EmqxPlatformException {
        for (String key : missing) {
            Map<String, Object> row = state.row(key);
            Object node = nodes == null ? null : row.get(settings.watchable().node());
            if (node != null && before.isPresent() && after.isPresent()) {
                boolean there = after.get().contains(node.toString());
                if (!there) {
                    verdict.on(key, onLostNode(row, now));
                    continue;
                }
                boolean steady = before.get().contains(node.toString())
                        && !nodes.runningSince(node.toString()).isAfter(now.minus(settings.nodeGrace()));
                if (!steady) {
                    continue;
                }
            }
            verdict.on(key, secondLook(deployment, key, row));
        }
    }

    private List<Transition> onLostNode(Map<String, Object> row, Instant now) {
        Object since = row.get(ClientTransitions.UNREACHABLE_SINCE);
        if (since == null) {
            return List.of(ClientTransitions.unreachable(row, now.toString()));
        }
        boolean lost = !Instant.parse(since.toString())
                .plus(settings.nodeLossTimeout())
                .isAfter(now);
        if (!lost) {
            return List.of();
        }
        Transition gone = transitions.gone(row);
        return List.of(new Transition(gone.type(), gone.before(), NODE_LOST, gone.row()));
    }

    private List<Transition> secondLook(Deployment deployment, String key, Map<String, Object> row)
            throws EmqxPlatformException {
        if (!settings.confirmRemovals() || confirmation == null) {
            return List.of(transitions.gone(row));
        }
        String parameter = settings.watchable().key().get(0);
        try {
            Object found = deployment
                    .call(confirmation, Arguments.of(Map.of(parameter, key)))
                    .body();
            Map<String, Object> seen = reduction.apply(fields(found));
            return transitions.between(known.apply(key, seen), seen);
        } catch (EmqxNotFoundException e) {
            boolean certain = settings.watchable().kind() == Watchable.Kind.CLIENTS
                    ? e instanceof EmqxClientOfflineException
                    : !NOT_READY.equals(e.apiMessage());
            return certain ? List.of(transitions.gone(row)) : List.of();
        }
    }

    /** The result of a call for one object; JSON has only text for names. */
    @SuppressWarnings("unchecked")
    private static Map<String, Object> fields(Object found) {
        return (Map<String, Object>) found;
    }
}
