/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks.churn;

import io.github.camelemqx.platform.test.Generation;
import io.github.camelemqx.platform.test.churn.ChurningCluster;
import io.github.camelemqx.platform.test.churn.ChurningCluster.Connection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Holds what was told against what was true.
 *
 * <p>Invented is a {@code disconnected} of a client that was connected at all times since the poll before (of a session that is
 * listed: that was connected wherever it was listed), a {@code connected} or {@code reconnected} with a connection that the client
 * never made or that was told of before (unless it is the one that is left when a newer one is over), and an {@code unreachable} of a client whose node was well. A {@code connected} that
 * takes an {@code unreachable} back is none.
 *
 * <p>Missed is, whenever all is quiet, each client of which the last that was told is not what is true: that it is connected, and
 * with which connection, as far as listings show connections apart.
 */
final class Ledger {

    private final ChurningCluster cluster;
    private final Generation generation;
    private final Consumer<String> wrong;
    /** What is known of a client by what was told: its connection; none of those that have none. */
    private final Map<String, Connection> known = new HashMap<>();

    private final Set<String> unreachable = new HashSet<>();
    /** How often a client was told to have made a connection: more than one may look alike. */
    private final Map<String, Map<Connection, Integer>> made = new HashMap<>();

    private final Map<String, Integer> events = new TreeMap<>();
    private final Map<String, Integer> invented = new TreeMap<>();
    private final Absences absences;
    private int inventedThoughWell;
    private int missed;

    /**
     * @param ids of all clients that there may be
     * @param wrong gets a line for each event that was invented or missed
     */
    Ledger(ChurningCluster cluster, List<String> ids, Generation generation, Consumer<String> wrong) {
        this.absences = new Absences(cluster, ids);
        this.cluster = cluster;
        this.generation = generation;
        this.wrong = wrong;
        truth().forEach((id, connection) -> {
            known.put(id, connection);
            made.computeIfAbsent(id, key -> new HashMap<>()).put(connection, 1);
        });
    }

    /** An event was told, of a step that has ended. */
    void tell(Told told) {
        events.merge(told.type(), 1, Integer::sum);
        if (isInvented(told)) {
            invented.merge(told.type(), 1, Integer::sum);
            inventedThoughWell += isAmongWellNodes(told) ? 1 : 0;
            wrong.accept("invented: " + told + "; " + cluster.now(told.clientId()));
        }
        String id = told.clientId();
        switch (told.type()) {
            case "connected", "reconnected" -> {
                known.put(id, told.connection());
                unreachable.remove(id);
            }
            case "disconnected", "deleted" -> {
                known.remove(id);
                unreachable.remove(id);
                absences.toldGone(id);
            }
            case "unreachable" -> {
                unreachable.add(id);
                absences.toldGone(id);
            }
            case "updated" -> {
                // of its connection nothing was told
            }
            default -> throw new IllegalStateException("Nobody knows an event of type " + told.type());
        }
    }

    private boolean isInvented(Told told) {
        String id = told.clientId();
        return switch (told.type()) {
            case "connected", "reconnected" ->
                !(unreachable.contains(id) && told.connection().equals(known.get(id)))
                        && !isNew(id, told.connection())
                        && !isLeft(told);
            case "disconnected", "deleted" ->
                cluster.wasConnectedThroughout(id, told.step())
                        && !(told.listed() && cluster.wasOffline(id, told.step()));
            case "unreachable" -> !cluster.wasInTrouble(told.connection().node(), told.step());
            default -> false;
        };
    }

    /** Whether the node that is told and the one that the client is on were both well. */
    private boolean isAmongWellNodes(Told told) {
        List<Connection> made = cluster.connections(told.clientId());
        return Stream.of(told.connection(), made.get(made.size() - 1))
                .noneMatch(connection -> cluster.wasInTrouble(connection.node(), told.step()));
    }

    /** An older connection is what is left when a newer one is over: of the two that a client had while nodes were apart. */
    private boolean isLeft(Told told) {
        Connection newer = known.get(told.clientId());
        return newer != null
                && !newer.equals(told.connection())
                && told.connection().equals(truth().get(told.clientId()));
    }

    private boolean isNew(String id, Connection connection) {
        int times = made.computeIfAbsent(id, key -> new HashMap<>()).merge(connection, 1, Integer::sum);
        long real = cluster.connections(id).stream()
                .filter(one -> Told.shown(one, generation).equals(connection))
                .count();
        return times <= real;
    }

    /** All that was seen in a step is told. */
    void ended(int step) {
        absences.ended(step, known.keySet());
    }

    /** All is quiet, and was looked at. */
    void quiet() {
        Map<String, Connection> truth = truth();
        Set<String> ids = new HashSet<>(truth.keySet());
        ids.addAll(known.keySet());
        for (String id : ids) {
            if (!Objects.equals(truth.get(id), known.get(id)) || unreachable.contains(id)) {
                missed++;
                wrong.accept("missed: " + id + " is told to have " + known.get(id) + ", and has " + truth.get(id));
            }
        }
    }

    private Map<String, Connection> truth() {
        Map<String, Connection> truth = cluster.connected();
        truth.replaceAll((id, connection) -> Told.shown(connection, generation));
        return truth;
    }

    /** Who was away while somebody looked. */
    Absences absences() {
        return absences;
    }

    /** How many were told, by type. */
    Map<String, Integer> events() {
        return events;
    }

    /** How many were invented, by type. */
    Map<String, Integer> invented() {
        return invented;
    }

    /** How many of these are of clients whose node was well, the one that is told and the one that they are on. */
    int inventedThoughWell() {
        return inventedThoughWell;
    }

    /** How many were missed, over all quiet moments. */
    int missed() {
        return missed;
    }
}
