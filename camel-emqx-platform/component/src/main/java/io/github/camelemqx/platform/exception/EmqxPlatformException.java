/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.exception;

import org.apache.camel.CamelException;
import org.apache.camel.spi.HttpResponseAware;

/**
 * A call to the EMQX Platform that failed. {@code onException(EmqxPlatformException.class)} catches every failure of
 * the component; the subclasses tell what may be done about it.
 */
public abstract sealed class EmqxPlatformException extends CamelException implements HttpResponseAware
        permits EmqxAccessDeniedException,
                EmqxAuthenticationException,
                EmqxConflictException,
                EmqxInvalidRequestException,
                EmqxNotFoundException,
                EmqxPartialFailureException,
                EmqxProtocolException,
                EmqxRateLimitException,
                EmqxServerException,
                EmqxUnavailableException {

    private final FailureDetails details;
    private final boolean retryable;

    EmqxPlatformException(FailureDetails details, boolean retryable, Throwable cause) {
        super(details.sentence(), cause);
        this.details = details;
        this.retryable = retryable;
    }

    /** What was called, as {@code clients:kick}. */
    public final String operation() {
        return details.operation();
    }

    /** The HTTP status of the answer, 0 when there was none. */
    public final int httpStatus() {
        return details.httpStatus();
    }

    /**
     * The broker's result code as text: {@code "112"} (generation 4, and reason codes of publishing),
     * {@code "CLIENTID_NOT_FOUND"} (generation 5), null when it gave none.
     */
    public final String resultCode() {
        return details.resultCode();
    }

    /** The broker's message, without secrets; null when there is none. */
    public final String apiMessage() {
        return details.apiMessage();
    }

    /** Whether the same call may succeed a little later. It says nothing of whether repeating it does harm. */
    public final boolean retryable() {
        return retryable;
    }

    /** {@inheritDoc} The same as {@link #httpStatus()}: health checks read it. */
    @Override
    public int getHttpResponseCode() {
        return details.httpStatus();
    }

    /** What happened cannot be changed. */
    @Override
    public void setHttpResponseCode(int code) {
        throw new UnsupportedOperationException("The status of a failed call is what it was");
    }

    /** {@inheritDoc} The same as {@link #resultCode()}. */
    @Override
    public String getHttpResponseStatus() {
        return details.resultCode();
    }

    /** What happened cannot be changed. */
    @Override
    public void setHttpResponseStatus(String status) {
        throw new UnsupportedOperationException("The code of a failed call is what it was");
    }
}
