/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.exception;

/** The broker does not accept the credentials: HTTP 401, result codes 103, 104, 114. */
public final class EmqxAuthenticationException extends EmqxPlatformException {

    /**
     * @param details what is known of the failed call
     * @param cause null when the broker's answer is all there is
     */
    public EmqxAuthenticationException(FailureDetails details, Throwable cause) {
        super(details, false, cause);
    }
}
