/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.watch;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Rows that only come, change and go. One on a node that is not running is neither here nor gone: it keeps a mark, and
 * nothing is told.
 *
 * @param fields whose change is an event
 */
record RowTransitions(List<String> fields) implements Transitions {

    static final List<String> TYPES = List.of("created", "updated", "deleted");

    @Override
    public List<Transition> between(Map<String, Object> before, Map<String, Object> after) {
        if (before == null) {
            return List.of(Transition.to("created", null, after));
        }
        if (Transitions.differ(fields, before, after)) {
            return List.of(Transition.to("updated", unmarked(before), after));
        }
        // it may be on another node now, or on one that is back
        return Transitions.same(before, after) ? List.of() : List.of(Transition.quiet(before, after));
    }

    @Override
    public Transition gone(Map<String, Object> before) {
        return Transition.to("deleted", unmarked(before), null);
    }

    private static Map<String, Object> unmarked(Map<String, Object> row) {
        if (!row.containsKey(UNREACHABLE_SINCE)) {
            return row;
        }
        Map<String, Object> unmarked = new HashMap<>(row);
        unmarked.remove(UNREACHABLE_SINCE);
        return unmarked;
    }
}
