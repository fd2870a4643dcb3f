/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.exception;

/** The request is wrong and stays wrong: HTTP 400, 405, 413, 415, 422, result codes 107, 108, 109, 115, 116, reason
 * codes of publishing; also what the component finds wrong before it sends anything ({@link #httpStatus()} 0). */
public final class EmqxInvalidRequestException extends EmqxPlatformException {

    /**
     * @param details what is known of the failed call
     * @param cause null when the broker's answer is all there is
     */
    public EmqxInvalidRequestException(FailureDetails details, Throwable cause) {
        super(details, false, cause);
    }
}
