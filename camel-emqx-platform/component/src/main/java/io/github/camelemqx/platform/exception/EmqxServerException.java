/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.exception;

/** The broker failed: other HTTP 5xx, result code 102 and codes that nobody knows. */
public final class EmqxServerException extends EmqxPlatformException {

    /**
     * @param details what is known of the failed call
     * @param cause null when the broker's answer is all there is
     */
    public EmqxServerException(FailureDetails details, Throwable cause) {
        super(details, false, cause);
    }
}
