/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks.churn;

import io.github.camelemqx.platform.test.churn.ChurningCluster;
import io.github.camelemqx.platform.test.churn.ChurningCluster.Connection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which clients were away from before a poll until after it, from a node that was well, and came back: whoever looked could see it.
 * And whether they were told to be gone before they were back. None of it is wrong: a watch may wait until it is sure, as while
 * another node is cut off on which the client may be, and tell of a client that comes back meanwhile that it has reconnected.
 */
final class Absences {

    private final ChurningCluster cluster;
    private final List<String> ids;
    private final Map<String, Integer> connections = new HashMap<>();
    private final Set<String> away = new HashSet<>();
    private final Set<String> toldGone = new HashSet<>();
    private int all;
    private int untold;

    /** @param ids of all clients that there may be */
    Absences(ChurningCluster cluster, List<String> ids) {
        this.cluster = cluster;
        this.ids = ids;
        ids.forEach(id -> connections.put(id, cluster.connections(id).size()));
    }

    /** A client was told to be gone, or out of reach. */
    void toldGone(String id) {
        toldGone.add(id);
    }

    /**
     * A step has ended, and what was seen in it is told.
     *
     * @param believed the clients that are told to be connected
     */
    void ended(int step, Set<String> believed) {
        for (String id : ids) {
            List<Connection> made = cluster.connections(id);
            boolean sameAsBefore = connections.put(id, made.size()) == made.size();
            boolean back = !sameAsBefore || cluster.wasConnectedAtEnd(id, step);
            if (back) {
                if (away.remove(id)) {
                    all++;
                    untold += toldGone.contains(id) ? 0 : 1;
                }
                if (cluster.wasConnectedAtEnd(id, step)) {
                    toldGone.remove(id);
                }
            } else if (!made.isEmpty() && wasWell(made.get(made.size() - 1).node(), step)) {
                if (!cluster.wasConnectedAtEnd(id, step - 1)) {
                    away.add(id);
                }
                if (!believed.contains(id)) {
                    toldGone.add(id);
                }
            } else {
                // what became of it is told of its node
                away.remove(id);
            }
        }
    }

    private boolean wasWell(String node, int step) {
        return !cluster.wasInTrouble(node, step) && !cluster.wasInTrouble(node, step - 1);
    }

    /** How many there were. */
    int all() {
        return all;
    }

    /** Of how many of them nothing was told before the client was back. */
    int untold() {
        return untold;
    }
}
