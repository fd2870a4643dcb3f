/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.watch;

import java.util.List;
import java.util.Map;

/**
 * Rows that only come, change and go.
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
        return Transitions.differ(fields, before, after) ? List.of(Transition.to("updated", before, after)) : List.of();
    }

    @Override
    public Transition gone(Map<String, Object> before) {
        return Transition.to("deleted", before, null);
    }
}
