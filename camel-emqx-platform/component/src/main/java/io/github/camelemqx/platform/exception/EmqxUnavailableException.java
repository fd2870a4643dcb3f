/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.exception;

import java.time.Duration;

/** The broker, one of its nodes or the way to it is down for now: HTTP 502, 503, 504, result code 101, {@code NODE_DOWN},
 * {@code BAD_RPC}; connections refused, reset or timed out, or not made because a certificate is not accepted (then not
 * retryable). */
public final class EmqxUnavailableException extends EmqxPlatformException {

    private final Duration retryAfter;

    /**
     * @param details what is known of the failed call
     * @param cause null when the broker's answer is all there is
     */
    public EmqxUnavailableException(FailureDetails details, Throwable cause) {
        this(details, null, cause);
    }

    /**
     * @param details what is known of the failed call
     * @param retryAfter how long to wait, null when nobody knows
     * @param cause null when the broker's answer is all there is
     */
    public EmqxUnavailableException(FailureDetails details, Duration retryAfter, Throwable cause) {
        super(details, true, cause);
        this.retryAfter = retryAfter;
    }

    /**
     * @param details what is known of the failed call
     * @param retryable false where the call itself has succeeded, and what failed came after it: to repeat it would do it
     *     twice; or where one side does not accept the other's certificate, which does not pass by itself
     * @param cause null when the broker's answer is all there is
     */
    public EmqxUnavailableException(FailureDetails details, boolean retryable, Throwable cause) {
        super(details, retryable, cause);
        this.retryAfter = null;
    }

    /** How long to wait before the next call, from {@code Retry-After}; null when the answer does not say. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
