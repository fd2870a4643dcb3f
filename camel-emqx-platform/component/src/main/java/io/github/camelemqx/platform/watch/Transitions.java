/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.watch;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/** What a difference between two looks at a row means. Pure: knows neither time nor network. */
sealed interface Transitions permits ClientTransitions, RowTransitions {

    /**
     * The steps from what was delivered last to what is seen now, in order; none when nothing happened.
     *
     * @param before null for a row that is new
     */
    List<Transition> between(Map<String, Object> before, Map<String, Object> after);

    /** Whether a row is the old side of one that is known, listed late: nothing to tell, unless it stays. */
    default boolean isLate(Map<String, Object> before, Map<String, Object> after) {
        return false;
    }

    /** The steps to a row that was taken for a late one, and stays: what was known in its place is no more. */
    default List<Transition> instead(Map<String, Object> before, Map<String, Object> after) {
        return between(before, after);
    }

    /** In the state of a row whose node is not running: since when. */
    String UNREACHABLE_SINCE = "unreachable_since";

    /** The step of a row that is gone for certain. */
    Transition gone(Map<String, Object> before);

    /** The step of a row whose node is not running; an event for clients, which may well be connected to it. */
    static Transition unreachable(Map<String, Object> before, String since) {
        Map<String, Object> row = new HashMap<>(before);
        row.put(UNREACHABLE_SINCE, since);
        return Transition.to("unreachable", before, row);
    }

    /** Whether one of the watched fields differs. */
    static boolean differ(List<String> fields, Map<String, Object> before, Map<String, Object> after) {
        return fields.stream().anyMatch(field -> !same(before.get(field), after.get(field)));
    }

    /** Whether two values of a row say the same: a stored one may be another type of number than a listed one. */
    static boolean same(Object one, Object other) {
        if (Objects.equals(one, other)) {
            // nearly all there is, in a large listing
            return true;
        }
        if (one instanceof Number && other instanceof Number) {
            return new BigDecimal(one.toString()).compareTo(new BigDecimal(other.toString())) == 0;
        }
        if (one instanceof List<?> left && other instanceof List<?> right) {
            return left.size() == right.size()
                    && IntStream.range(0, left.size()).allMatch(i -> same(left.get(i), right.get(i)));
        }
        if (one instanceof Map<?, ?> left && other instanceof Map<?, ?> right) {
            return left.keySet().equals(right.keySet())
                    && left.keySet().stream().allMatch(name -> same(left.get(name), right.get(name)));
        }
        return false;
    }
}
