/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.exception;

import java.time.Duration;

/**
 * Too many calls: HTTP 429 from the gateway before the broker, or more calls of the Platform API than it documents, which
 * are not sent.
 */
public final class EmqxRateLimitException extends EmqxPlatformException {

    private final Duration retryAfter;

    /**
     * @param details what is known of the failed call
     * @param retryAfter how long to wait, null when nobody knows
     * @param cause null when the answer is all there is
     */
    public EmqxRateLimitException(FailureDetails details, Duration retryAfter, Throwable cause) {
        this(details, retryAfter, true, cause);
    }

    /**
     * @param details what is known of the failed call
     * @param retryAfter how long to wait, null when nobody knows
     * @param retryable false where the call itself has succeeded, and what was over the limit came after it: to repeat it
     *     would do it twice
     * @param cause null when the answer is all there is
     */
    public EmqxRateLimitException(FailureDetails details, Duration retryAfter, boolean retryable, Throwable cause) {
        super(details, retryable, cause);
        this.retryAfter = retryAfter;
    }

    /**
     * How long to wait before the next call: from {@code Retry-After}, or until the limit allows one more; null when the
     * answer does not say.
     */
    public Duration retryAfter() {
        return retryAfter;
    }
}
