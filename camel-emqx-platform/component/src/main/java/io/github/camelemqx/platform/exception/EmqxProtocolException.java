/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.exception;

/** The answer is not one of this API: no JSON, cut short, over the size limit, a redirect, or a listing that ignores
 * paging. */
public final class EmqxProtocolException extends EmqxPlatformException {

    /**
     * @param details what is known of the failed call
     * @param cause null when the broker's answer is all there is
     */
    public EmqxProtocolException(FailureDetails details, Throwable cause) {
        this(details, false, cause);
    }

    /**
     * @param details what is known of the failed call
     * @param retryable true where the answer is cut short because its connection ended: the next one need not be
     * @param cause null when the broker's answer is all there is
     */
    public EmqxProtocolException(FailureDetails details, boolean retryable, Throwable cause) {
        super(details, retryable, cause);
    }
}
