/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.board;

import io.github.camelemqx.platform.model.ResourceChange;
import java.util.List;
import org.apache.camel.builder.RouteBuilder;

/** The watches that feed the board, and how they are. */
final class BoardRoutes extends RouteBuilder {

    private final Board board;

    BoardRoutes(Board board) {
        this.board = board;
    }

    @Override
    public void configure() {
        from("emqx-platform:clients?emitInitial=true&initialDelay=0&delay={{clients.delay:1000}}")
                .routeId("clients")
                .process()
                .body(ResourceChange.class, board::client);

        // a poll that saw no change is an exchange, too: then rates are zero
        from("emqx-platform:metrics?metricNames=client.connected,messages.received,messages.sent,messages.dropped"
                        + "&batch=true&sendEmptyMessageWhenIdle=true&initialDelay=0&delay={{metrics.delay:2000}}")
                .routeId("metrics")
                .process()
                .body(List.class, board::metrics);

        from("timer:pulse?period={{pulse.period:1000}}")
                .routeId("pulse")
                .process(exchange -> board.pulse(exchange.getContext()));
    }
}
