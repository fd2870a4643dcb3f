/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.exception;

/** The credentials are good, but may not do this: HTTP 403, result code 106, {@code API_KEY_NOT_ALLOW}. */
public final class EmqxAccessDeniedException extends EmqxPlatformException {

    /**
     * @param details what is known of the failed call
     * @param cause null when the broker's answer is all there is
     */
    public EmqxAccessDeniedException(FailureDetails details, Throwable cause) {
        super(details, false, cause);
    }
}
