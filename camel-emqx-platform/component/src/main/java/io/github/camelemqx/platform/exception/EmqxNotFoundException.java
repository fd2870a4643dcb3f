/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.exception;

/**
 * What was asked for is not there: HTTP 404, result code 105, {@code "noexisted"}, and generation 4's empty answers
 * under HTTP 200.
 */
public sealed class EmqxNotFoundException extends EmqxPlatformException permits EmqxClientOfflineException {

    /**
     * @param details what is known of the failed call
     * @param cause null when the broker's answer is all there is
     */
    public EmqxNotFoundException(FailureDetails details, Throwable cause) {
        super(details, false, cause);
    }
}
