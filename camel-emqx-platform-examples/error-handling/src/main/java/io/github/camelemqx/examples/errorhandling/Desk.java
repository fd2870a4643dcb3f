/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.errorhandling;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/** Where recipes send what people, or another route, must look at; here it is a list. */
final class Desk extends RouteBuilder {

    private final List<String> notes = new CopyOnWriteArrayList<>();

    @Override
    public void configure() {
        from("direct:alert").routeId("alert").process(exchange -> note("alert", exchange));
        from("direct:park").routeId("park").process(exchange -> note("parked", exchange));
        from("direct:dead-letter").routeId("dead-letter").process(exchange -> note("dead letter", exchange));
    }

    private void note(String what, Exchange exchange) {
        String reason = exchange.getMessage().getHeader("reason", String.class);
        notes.add(what + ": " + exchange.getMessage().getBody(String.class)
                + (reason == null ? "" : " (" + reason + ")"));
    }

    /** What has come so far, as {@code alert: TEXT}. */
    List<String> notes() {
        return List.copyOf(notes);
    }

    void clear() {
        notes.clear();
    }
}
