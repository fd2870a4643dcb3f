/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.errorhandling;

import io.github.camelemqx.platform.exception.EmqxRateLimitException;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.Predicate;
import org.apache.camel.Processor;

/** Whether a call that was one too many is made again, and when: Retry-After says so. */
public final class RetryAfter implements Predicate, Processor {

    private static final int MOST_CALLS = 5;

    private final Duration usual;
    private final Duration longest;

    /**
     * @param usual the wait where the API tells none, in milliseconds
     * @param longest the longest wait that is worth it, in milliseconds
     */
    public RetryAfter(long usual, long longest) {
        this.usual = Duration.ofMillis(usual);
        this.longest = Duration.ofMillis(longest);
    }

    @Override
    public boolean matches(Exchange call) {
        return failure(call).retryable()
                && call.getMessage().getHeader(Exchange.REDELIVERY_COUNTER, 0, int.class) < MOST_CALLS
                && retryAfter(call).compareTo(longest) <= 0;
    }

    /** Sets the header by which Camel waits. */
    @Override
    public void process(Exchange call) {
        call.getMessage().setHeader(Exchange.REDELIVERY_DELAY, retryAfter(call).toMillis());
    }

    private static EmqxRateLimitException failure(Exchange call) {
        return call.getProperty(Exchange.EXCEPTION_CAUGHT, EmqxRateLimitException.class);
    }

    private Duration retryAfter(Exchange call) {
        Duration told = failure(call).retryAfter();
        return told == null ? usual : told;
    }
}
