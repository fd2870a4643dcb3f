/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.exception;

/** The client is neither connected nor has a session: result code 112, {@code CLIENTID_NOT_FOUND}. */
public final class EmqxClientOfflineException extends EmqxNotFoundException {

    /**
     * @param details what is known of the failed call
     * @param cause null when the broker's answer is all there is
     */
    public EmqxClientOfflineException(FailureDetails details, Throwable cause) {
        super(details, cause);
    }
}
