/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.watch;

import io.github.camelemqx.platform.watch.NodeView.Look;
import io.github.camelemqx.platform.watch.NodeView.NotOffered;
import io.github.camelemqx.platform.watch.NodeView.Told;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Judges rows that are missing from a listing. Missing is not gone: rows move between pages and nodes, and vanish with a node
 * whose clients may still be connected (emqx-api/clusters.md, "What a poller should rely on"). Knows no network; not safe
 * for many threads.
 */
final class Removals {

    /** What a missing row is. */
    enum Judgement {
        /** Nobody knows: its node came back just now, or said nothing. */
        WAIT,
        /** On a node that is not running. */
        LOST_NODE,
        /** Missing where everything else is there: worth a second look. */
        LOOK
    }

    /** The reason in the event of a row that is given up with its node. */
    private static final Map<String, Object> NODE_LOST = Map.of("reason", "node-lost");

    /** Where the deployment does not tell its nodes: so many rows of a node do not leave all in one poll by themselves. */
    private static final int WHOLE_NODE = 10;

    /** A busy deployment's count of rows may never be steady. */
    private static final int MOST_UNSTEADY = 3;

    private final WatchSettings settings;
    private final Transitions transitions;
    private final NodeView nodes;
    private int unsteady;

    /** @param nodes null where rows belong to no node */
    Removals(WatchSettings settings, Transitions transitions, NodeView nodes) {
        this.settings = settings;
        this.transitions = transitions;
        this.nodes = nodes;
    }

    /**
     * What is known of a poll in which rows are missing.
     *
     * @param before the nodes before the listing
     * @param after the nodes after it
     * @param swept the listing
     * @param vanished where the deployment does not tell its nodes, those that lost all their rows at once
     */
    record Evidence(Look before, Look after, Sweep.Result swept, Set<String> vanished, Instant now) {}

    /** A poll ends: whether its listing was steady tells how long unsteady ones have been waited for. */
    void noteSteadiness(boolean steady) {
        unsteady = steady ? 0 : unsteady + 1;
    }

    /** What a missing row is. */
    Judgement judge(Map<String, Object> row, Evidence evidence) {
        String node = node(row);
        if (node == null) {
            return Judgement.LOOK;
        }
        if (evidence.before() instanceof NotOffered || evidence.after() instanceof NotOffered) {
            return withoutNodes(row, node, evidence);
        }
        if (!(evidence.after() instanceof Told after)) {
            return Judgement.WAIT;
        }
        if (!after.running().contains(node)) {
            return Judgement.LOST_NODE;
        }
        boolean steady = evidence.before() instanceof Told before
                && before.running().contains(node)
                && evidence.swept().covers(node)
                && !nodes.runningSince(node).isAfter(evidence.now().minus(settings.nodeGrace()));
        return steady ? Judgement.LOOK : Judgement.WAIT;
    }

    private Judgement withoutNodes(Map<String, Object> row, String node, Evidence evidence) {
        if (row.containsKey(Transitions.UNREACHABLE_SINCE)) {
            return Judgement.LOST_NODE;
        }
        if (unsteady > 0 && unsteady <= MOST_UNSTEADY) {
            // a walk that a node left in the middle skips the rows of nodes that are well (clusters.md, v5 (a2))
            return Judgement.WAIT;
        }
        return evidence.vanished().contains(node) ? Judgement.LOST_NODE : Judgement.LOOK;
    }

    /** Of nodes with so many missing rows, those that may have vanished as a whole, unless others of their rows are there. */
    static Set<String> suspicious(Map<String, Integer> missingOfNode) {
        Map<String, Integer> many = new HashMap<>(missingOfNode);
        many.values().removeIf(count -> count < WHOLE_NODE);
        return many.keySet();
    }

    /**
     * Whether a row that a second look did not find is gone: its node must still be running, no node may have been lost since the
     * poll began, nor have come since the second look did: the row may have moved there.
     *
     * @param before the nodes before the listing
     * @param after those after it, of which the second look was
     * @param afterLook those after the second look
     */
    boolean isCertain(Map<String, Object> row, Look before, Look after, Look afterLook) {
        String node = node(row);
        if (node == null || afterLook instanceof NotOffered) {
            return true;
        }
        return afterLook instanceof Told told
                && told.running().contains(node)
                && told.running().containsAll(before.nodes())
                && after.nodes().containsAll(told.running());
    }

    /** The node that last held a row, null where there is none. */
    String node(Map<String, Object> row) {
        Object node = nodes == null ? null : row.get(settings.watchable().node());
        return node == null ? null : node.toString();
    }

    /** The steps of a row whose node is not running. */
    List<Transition> onLostNode(Map<String, Object> row, Instant now) {
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
}
