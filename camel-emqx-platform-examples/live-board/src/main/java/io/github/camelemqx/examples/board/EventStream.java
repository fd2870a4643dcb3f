/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.board;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;

/**
 * Serves the board's changes as server-sent events, from Camel's own HTTP server. Not as a route: a body that is a stream is sent by
 * camel-platform-http-vertx in pieces of 8 KB, and the thread that reads it waits meanwhile. A handler sends what
 * there is, and waits for nobody.
 */
final class EventStream implements Handler<RoutingContext> {

    private final Board board;
    private final Duration patience;

    /** @param patience with a page that takes nothing */
    EventStream(Board board, Duration patience) {
        this.board = board;
        this.patience = patience;
    }

    @Override
    public void handle(RoutingContext request) {
        HttpServerResponse response = request.response();
        Viewer viewer = new Viewer(
                request.vertx().getOrCreateContext(),
                response,
                request.request().connection(),
                patience,
                board::catchUp);
        response.setChunked(true)
                .putHeader("Content-Type", "text/event-stream")
                .putHeader("Cache-Control", "no-store")
                .putHeader("X-Content-Type-Options", "nosniff");
        response.closeHandler(closed -> board.leave(viewer));
        if (!board.join(viewer)) {
            response.setStatusCode(503).putHeader("Retry-After", "5").end();
        }
    }
}
