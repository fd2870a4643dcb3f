/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.catalog;

import java.time.Duration;

/**
 * How often the API allows an operation, as its documentation says (emqx-api/platform-operations.tsv). More calls are
 * refused with HTTP 429.
 *
 * @param calls the most calls
 * @param window the time in which they count
 */
public record CallLimit(int calls, Duration window) {

    /** {@code 60 calls in 60 minutes}. */
    @Override
    public String toString() {
        return calls + (calls == 1 ? " call in " : " calls in ") + window.toMinutes() + " minutes";
    }
}
