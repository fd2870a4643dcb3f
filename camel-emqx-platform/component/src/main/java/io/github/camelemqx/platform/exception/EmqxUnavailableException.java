/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.exception;

/** The broker, one of its nodes or the way to it is down for now: HTTP 502, 503, 504, result code 101, {@code NODE_DOWN},
 * {@code BAD_RPC}; connections refused, reset or timed out. */
public final class EmqxUnavailableException extends EmqxPlatformException {

    /**
     * @param details what is known of the failed call
     * @param cause null when the broker's answer is all there is
     */
    public EmqxUnavailableException(FailureDetails details, Throwable cause) {
        super(details, true, cause);
    }

    /**
     * @param details what is known of the failed call
     * @param retryable false where the call itself has succeeded, and what failed came after it: to repeat it would do it
     *     twice
     * @param cause null when the broker's answer is all there is
     */
    public EmqxUnavailableException(FailureDetails details, boolean retryable, Throwable cause) {
        super(details, retryable, cause);
    }
}
