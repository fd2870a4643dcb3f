/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.errorhandling;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.ExchangeEvent;
import org.apache.camel.spi.CamelEvent.ExchangeFailedEvent;
import org.apache.camel.spi.CamelEvent.ExchangeFailureHandlingEvent;
import org.apache.camel.spi.CamelEvent.ExchangeRedeliveryEvent;
import org.apache.camel.support.EventNotifierSupport;

/** What failed, whatever a recipe made of it. */
final class SeenFailures extends EventNotifierSupport {

    private final List<Exception> failures = new CopyOnWriteArrayList<>();

    @Override
    public boolean isEnabled(CamelEvent event) {
        return event instanceof ExchangeFailedEvent
                || event instanceof ExchangeFailureHandlingEvent
                || event instanceof ExchangeRedeliveryEvent;
    }

    @Override
    public void notify(CamelEvent event) {
        Exchange exchange = ((ExchangeEvent) event).getExchange();
        Exception failure = exchange.getException() == null
                ? exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class)
                : exchange.getException();
        failures.add(failure);
    }

    List<Exception> all() {
        return List.copyOf(failures);
    }

    void clear() {
        failures.clear();
    }
}
