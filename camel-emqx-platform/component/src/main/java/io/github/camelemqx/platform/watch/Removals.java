/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.watch;

import io.github.camelemqx.platform.catalog.Operation;
import io.github.camelemqx.platform.catalog.Parameter;
import io.github.camelemqx.platform.catalog.ResultShape;
import io.github.camelemqx.platform.catalog.Watchable;
import io.github.camelemqx.platform.client.Arguments;
import io.github.camelemqx.platform.client.Deployment;
import io.github.camelemqx.platform.exception.EmqxClientOfflineException;
import io.github.camelemqx.platform.exception.EmqxNotFoundException;
import io.github.camelemqx.platform.exception.EmqxPlatformException;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * Judges rows that are missing from a listing. Missing is not gone: rows move between pages, and vanish with a node
 * whose clients may still be connected (emqx-api/clusters.md, "What a poller should rely on").
 */
final class Removals {

    /** Lists everything once more. */
    interface Relisting {
        Map<String, Map<String, Object>> rows() throws EmqxPlatformException;
    }

    /** Takes what a missing row turns out to be. */
    interface Verdict {
        void on(String key, List<Transition> steps);
    }

    /** What a booting node says of any path (clusters.md, v5 (b)): nothing about the row. */
    private static final String NOT_READY = "Request Path Not Found";

    /** The reason in the event of a row that is given up with its node. */
    private static final Map<String, Object> NODE_LOST = Map.of("reason", "node-lost");

    private final WatchSettings settings;
    private final Transitions transitions;
    private final NodeView nodes;
    private final RowForm form;
    private final BiFunction<String, Map<String, Object>, Map<String, Object>> known;
    private final Operation listing;
    private final Operation confirmation;

    /**
     * @param nodes null where rows belong to no node
     * @param form what is kept of rows
     * @param known what is known of a key, given how it is seen
     */
    Removals(
            WatchSettings settings,
            Transitions transitions,
            NodeView nodes,
            RowForm form,
            BiFunction<String, Map<String, Object>, Map<String, Object>> known) {
        this.settings = settings;
        this.transitions = transitions;
        this.nodes = nodes;
        this.form = form;
        this.known = known;
        this.listing = settings.resource().operation(settings.watchable().listing());
        String name = settings.watchable().confirmation();
        this.confirmation = name == null ? null : settings.resource().operation(name);
    }

    /**
     * Judges each missing row as far as that is possible now; the others wait for the next poll.
     *
     * @param before the nodes that were running before the listing, empty where nobody tells
     * @param after the nodes that are running after it
     * @param relisting asked at most once, where no operation looks at one row
     * @throws EmqxPlatformException when a second look failed; rows judged until then are judged
     */
    void judge(
            Deployment deployment,
            Set<String> missing,
            Rows rows,
            Optional<Set<String>> before,
            Optional<Set<String>> after,
            Instant now,
            Relisting relisting,
            Verdict verdict)
            throws EmqxPlatformException {
        Set<String> unconfirmed = new LinkedHashSet<>();
        for (String key : missing) {
            Map<String, Object> row = rows.get(key);
            String node = node(row);
            if (node != null && before.isPresent() && after.isPresent()) {
                boolean there = after.get().contains(node);
                if (!there) {
                    verdict.on(key, onLostNode(row, now));
                    continue;
                }
                boolean steady = before.get().contains(node)
                        && !nodes.runningSince(node).isAfter(now.minus(settings.nodeGrace()));
                if (!steady) {
                    continue;
                }
            }
            if (isCertain()) {
                verdict.on(key, List.of(transitions.gone(row)));
            } else if (looksById(deployment)) {
                verdict.on(key, lookById(deployment, key, row));
            } else {
                unconfirmed.add(key);
            }
        }
        if (!unconfirmed.isEmpty()) {
            Map<String, Map<String, Object>> again = relisting.rows();
            Optional<Set<String>> still = nodes == null ? Optional.empty() : nodes.running(deployment, now);
            for (String key : unconfirmed) {
                verdict.on(key, lookAgain(key, rows.get(key), again.get(key), still));
            }
        }
    }

    /** The node that last held a row, null where there is none. */
    private String node(Map<String, Object> row) {
        Object node = nodes == null ? null : row.get(settings.watchable().node());
        return node == null ? null : node.toString();
    }

    /** Whether one look is enough: nobody wants a second, or the first was by the row's own id already. */
    private boolean isCertain() {
        return !settings.confirmRemovals() || listing.result() == ResultShape.OBJECT;
    }

    private boolean looksById(Deployment deployment) throws EmqxPlatformException {
        return confirmation != null && confirmation.generations().contains(deployment.generation());
    }

    private List<Transition> onLostNode(Map<String, Object> row, Instant now) {
        Object since = row.get(Transitions.UNREACHABLE_SINCE);
        if (since == null) {
            return List.of(Transitions.unreachable(row, now.toString()));
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

    private List<Transition> lookById(Deployment deployment, String key, Map<String, Object> row)
            throws EmqxPlatformException {
        boolean clients = settings.watchable().kind() == Watchable.Kind.CLIENTS;
        try {
            Object found =
                    deployment.call(confirmation, Arguments.of(identity(row))).body();
            if (!clients) {
                // a row may look different alone and in a listing: the next listing tells
                return List.of();
            }
            Map<String, Object> seen = form.reduced(fields(found));
            return transitions.between(known.apply(key, seen), seen);
        } catch (EmqxNotFoundException e) {
            boolean certain = clients ? e instanceof EmqxClientOfflineException : !isNotReady(e);
            return certain ? List.of(transitions.gone(row)) : List.of();
        }
    }

    /** What the second look needs to know of a row: of its key, and of what was listed. */
    private Map<String, Object> identity(Map<String, Object> row) {
        Map<String, Object> identity = new HashMap<>();
        for (Parameter parameter : confirmation.parameters()) {
            parameter
                    .names()
                    .filter(form.key()::contains)
                    .filter(row::containsKey)
                    .map(row::get)
                    .findFirst()
                    .or(() -> parameter.names().anyMatch("id"::equals)
                            ? settings.watchable().idOf(row)
                            : Optional.empty())
                    .or(() -> Optional.ofNullable(form.given().get(parameter.name())))
                    .ifPresent(value -> identity.put(parameter.name(), value));
        }
        return identity;
    }

    private List<Transition> lookAgain(
            String key, Map<String, Object> row, Map<String, Object> found, Optional<Set<String>> running) {
        if (found != null) {
            return transitions.between(known.apply(key, found), found);
        }
        String node = node(row);
        boolean uncertain =
                node != null && running.isPresent() && !running.get().contains(node);
        return uncertain ? List.of() : List.of(transitions.gone(row));
    }

    /** Whether the broker has not found its own API yet, let alone the row. */
    static boolean isNotReady(EmqxNotFoundException e) {
        return NOT_READY.equals(e.apiMessage());
    }

    /** The result of a call for one object; JSON has only text for names. */
    @SuppressWarnings("unchecked")
    private static Map<String, Object> fields(Object found) {
        return (Map<String, Object>) found;
    }
}
