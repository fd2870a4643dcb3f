/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import io.github.camelemqx.platform.exception.EmqxPlatformException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.Exchange;
import org.apache.camel.spi.ExceptionHandler;
import org.slf4j.Logger;

/**
 * Logs the polls of a watch that fail, in the place of Camel's own handler, which does so at every poll: the first at WARN,
 * further ones at DEBUG until they fail in another way, and at INFO that polls are well again. The options
 * {@code exceptionHandler} and {@code bridgeErrorHandler} replace it.
 */
final class PollFailureLog implements ExceptionHandler {

    /** What makes two failures the same to whoever reads the log. */
    private record Kind(Class<?> type, int status, String code) {

        static Kind of(Throwable failure) {
            return failure instanceof EmqxPlatformException told
                    ? new Kind(told.getClass(), told.httpStatus(), told.resultCode())
                    : new Kind(failure.getClass(), 0, null);
        }
    }

    private final AtomicReference<Kind> last = new AtomicReference<>();
    private volatile Logger log;

    PollFailureLog(Logger log) {
        this.log = log;
    }

    /** For tests, which read it. */
    void to(Logger other) {
        log = other;
    }

    @Override
    public void handleException(Throwable failure) {
        handleException("A poll failed", failure);
    }

    @Override
    public void handleException(String message, Throwable failure) {
        Kind kind = Kind.of(failure);
        if (kind.equals(last.getAndSet(kind))) {
            log.debug(message, failure);
        } else if (failure instanceof EmqxPlatformException) {
            // its message says it all
            log.warn("{}: {} (the same failure is logged at DEBUG from now on)", message, failure.getMessage());
            log.debug(message, failure);
        } else {
            log.warn(message, failure);
        }
    }

    @Override
    public void handleException(String message, Exchange exchange, Throwable failure) {
        handleException(message, failure);
    }

    /** A poll was complete. */
    void healed(Object endpoint) {
        if (last.getAndSet(null) != null) {
            log.info("Polling endpoint: {} works again", endpoint);
        }
    }
}
