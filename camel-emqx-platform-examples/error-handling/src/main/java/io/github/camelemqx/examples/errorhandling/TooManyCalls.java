/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.errorhandling;

import io.github.camelemqx.platform.exception.EmqxRateLimitException;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/**
 * What was refused for that has not been done: even a message may be published again, when Retry-After is over. Who would have
 * to wait too long is put aside.
 */
final class TooManyCalls extends RouteBuilder {

    private static final int MOST_CALLS = 5;

    @Override
    public void configure() {
        Duration usual = millis("cookbook.wait");
        Duration longest = millis("cookbook.longest");

        onException(EmqxRateLimitException.class)
                .retryWhile(call -> failure(call).retryable()
                        && call.getMessage().getHeader(Exchange.REDELIVERY_COUNTER, 0, int.class) < MOST_CALLS
                        && retryAfter(call, usual).compareTo(longest) <= 0)
                .onExceptionOccurred(call -> call.getMessage()
                        .setHeader(
                                Exchange.REDELIVERY_DELAY,
                                retryAfter(call, usual).toMillis()))
                .asyncDelayedRedelivery()
                .handled(true)
                .useOriginalMessage()
                .to("direct:park");

        from("direct:announce")
                .routeId("announce")
                .to("emqx-platform:messages?operation=publish&topic=devices/all&param.qos=1");
    }

    private Duration millis(String property) {
        return Duration.ofMillis(Long.parseLong(getContext().resolvePropertyPlaceholders("{{" + property + "}}")));
    }

    private static EmqxRateLimitException failure(Exchange call) {
        return call.getProperty(Exchange.EXCEPTION_CAUGHT, EmqxRateLimitException.class);
    }

    private static Duration retryAfter(Exchange call, Duration usual) {
        Duration told = failure(call).retryAfter();
        return told == null ? usual : told;
    }
}
