/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.watch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Clients: they connect, disconnect and leave sessions behind (emqx-api/clusters.md, "Takeover" and "persistent
 * sessions"). For each client, the events tell a possible story: what is disconnected was connected before.
 *
 * @param fields whose change is an event
 */
record ClientTransitions(List<String> fields) implements Transitions {

    static final List<String> TYPES =
            List.of("connected", "disconnected", "reconnected", "updated", "unreachable", "deleted");

    @Override
    public List<Transition> between(Map<String, Object> before, Map<String, Object> after) {
        if (before == null) {
            return connection("connected", null, after);
        }
        if (isLate(before, after)) {
            return List.of();
        }
        if (isNewConnection(before, after)) {
            return connection(isConnected(before) ? "reconnected" : "connected", before, after);
        }
        if (before.containsKey(UNREACHABLE_SINCE)) {
            // its node is back, and it never noticed
            return List.of(Transition.to(isConnected(after) ? "connected" : "disconnected", before, after));
        }
        if (isConnected(before) && !isConnected(after)) {
            return List.of(Transition.to("disconnected", before, after));
        }
        return Transitions.differ(fields, before, after) ? List.of(Transition.to("updated", before, after)) : List.of();
    }

    /** The old side of a takeover (clusters.md, v5 (f)). */
    @Override
    public boolean isLate(Map<String, Object> before, Map<String, Object> after) {
        return compareConnectedAt(before, after) > 0;
    }

    @Override
    public List<Transition> instead(Map<String, Object> before, Map<String, Object> after) {
        return connection(isConnected(before) ? "reconnected" : "connected", before, after);
    }

    @Override
    public Transition gone(Map<String, Object> before) {
        return Transition.to(isConnected(before) ? "disconnected" : "deleted", before, null);
    }

    /** A connection that is over already, when it is first seen, began and ended. */
    private static List<Transition> connection(String type, Map<String, Object> before, Map<String, Object> after) {
        if (isConnected(after)) {
            return List.of(Transition.to(type, before, after));
        }
        Map<String, Object> whileConnected = new HashMap<>(after);
        whileConnected.put("connected", true);
        whileConnected.remove("disconnected_at");
        List<Transition> both = new ArrayList<>();
        both.add(Transition.to(type, before, whileConnected));
        both.add(Transition.to("disconnected", whileConnected, after));
        return both;
    }

    /** Of two rows of one id, the one of the later connection (clusters.md, v5 (f)). */
    static Map<String, Object> newer(Map<String, Object> one, Map<String, Object> other) {
        return compareConnectedAt(one, other) < 0 ? other : one;
    }

    /** Only a session that says so is without a connection. */
    static boolean isConnected(Map<String, Object> row) {
        return !Boolean.FALSE.equals(row.get("connected"));
    }

    private static boolean isNewConnection(Map<String, Object> before, Map<String, Object> after) {
        boolean again = !isConnected(before) && isConnected(after);
        // generation 4 has seconds only: two connections in one differ in node or port
        boolean elsewhere = isConnected(after)
                && !(Transitions.same(before.get("node"), after.get("node"))
                        && Transitions.same(before.get("port"), after.get("port")));
        return again || elsewhere || compareConnectedAt(before, after) < 0;
    }

    /** Instants as text in one form compare as text up to their fraction: compare them as times. */
    private static int compareConnectedAt(Map<String, Object> before, Map<String, Object> after) {
        return Times.compare(before.get("connected_at"), after.get("connected_at"));
    }
}
