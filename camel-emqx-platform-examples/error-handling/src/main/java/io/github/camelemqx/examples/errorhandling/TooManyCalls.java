/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.errorhandling;

import io.github.camelemqx.platform.exception.EmqxRateLimitException;
import org.apache.camel.builder.RouteBuilder;

/**
 * What was refused for that has not been done: even a message may be published again, when Retry-After is over. Who would have
 * to wait too long is put aside.
 */
final class TooManyCalls extends RouteBuilder {

    @Override
    public void configure() {
        RetryAfter retryAfter = new RetryAfter(millis("cookbook.wait"), millis("cookbook.longest"));

        onException(EmqxRateLimitException.class)
                .retryWhile(retryAfter)
                .onExceptionOccurred(retryAfter)
                .asyncDelayedRedelivery()
                .handled(true)
                .useOriginalMessage()
                .to("direct:park");

        from("direct:announce")
                .routeId("announce")
                .to("emqx-platform:messages?operation=publish&topic=devices/all&param.qos=1");
    }

    private long millis(String property) {
        return Long.parseLong(getContext().resolvePropertyPlaceholders("{{" + property + "}}"));
    }
}
