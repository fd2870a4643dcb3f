/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.watch;

import java.util.Map;

/**
 * A step from one state of a row to the next.
 *
 * @param type of the event
 * @param before as delivered last, null for a new row
 * @param after as seen, null for a row that is gone
 * @param row what the state becomes, null when the row is forgotten
 */
record Transition(String type, Map<String, Object> before, Map<String, Object> after, Map<String, Object> row) {

    static Transition to(String type, Map<String, Object> before, Map<String, Object> after) {
        return new Transition(type, before, after, after);
    }

    /** A step that is no event: the row is noted as it is now. */
    static Transition quiet(Map<String, Object> before, Map<String, Object> after) {
        return new Transition("", before, after, after);
    }
}
