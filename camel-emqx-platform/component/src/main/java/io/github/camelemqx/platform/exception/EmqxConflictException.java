/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.exception;

/** What should be created is there already, or its state forbids the call: HTTP 409, result codes 110, 111, 113,
 * {@code ALREADY_EXISTS}, {@code "existed"}. */
public final class EmqxConflictException extends EmqxPlatformException {

    /**
     * @param details what is known of the failed call
     * @param cause null when the broker's answer is all there is
     */
    public EmqxConflictException(FailureDetails details, Throwable cause) {
        super(details, false, cause);
    }
}
