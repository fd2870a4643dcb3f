/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.watch;

import java.time.DateTimeException;
import java.time.Instant;

/** Times of rows, which are ISO-8601 texts. */
final class Times {

    private Times() {}

    /** As {@code Comparator}; what is no time is equal to everything. */
    static int compare(Object left, Object right) {
        if (left == null || right == null || left.equals(right)) {
            return 0;
        }
        try {
            return Instant.parse(left.toString()).compareTo(Instant.parse(right.toString()));
        } catch (DateTimeException notTimes) {
            return 0;
        }
    }
}
