/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.exception;

import java.util.List;
import java.util.Map;

/** A bulk call of which some items failed; the others are done. */
public final class EmqxPartialFailureException extends EmqxPlatformException {

    private final List<Map<String, Object>> failures;
    private final List<Map<String, Object>> successes;

    /**
     * @param details what is known of the call
     * @param successes see {@link #successes()}
     * @param failures see {@link #failures()}
     */
    public EmqxPartialFailureException(
            FailureDetails details, List<Map<String, Object>> successes, List<Map<String, Object>> failures) {
        super(details, false, null);
        this.successes = List.copyOf(successes);
        this.failures = List.copyOf(failures);
    }

    /**
     * The items that failed, in their order: {@code index} in the input (from 0), the fields that identify the item,
     * {@code code} (text) and {@code message}.
     */
    public List<Map<String, Object>> failures() {
        return failures;
    }

    /** The items that are done, in their order: {@code index} in the input (from 0) and the fields of the result. */
    public List<Map<String, Object>> successes() {
        return successes;
    }
}
