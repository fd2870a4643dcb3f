/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.board;

import io.github.camelemqx.platform.test.EmqxSimulator;
import io.github.camelemqx.platform.test.Generation;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.main.Main;

/**
 * A page that shows who is connected to a deployment, what happens there and how much: of a simulated one, or with EMQX_API_URL,
 * EMQX_APP_ID and EMQX_APP_SECRET of a real one, which is only read.
 */
public final class LiveBoard implements AutoCloseable {

    private final Board board = new Board();
    private final Main camel = new Main();
    private final int port;
    /** Null for those in Java. */
    private String routes;

    private Duration patience = Duration.ofSeconds(20);

    /** @param port to listen at, of this machine only; 0 for one that is free */
    LiveBoard(String apiUrl, String appId, String appSecret, int port) {
        this.port = port;
        set("camel.component.emqx-platform.apiUrl", apiUrl);
        set("camel.component.emqx-platform.appId", appId);
        set("camel.component.emqx-platform.appSecret", appSecret);
        set("camel.server.enabled", "true");
        // there is no login: others see it through a proxy of yours that has one
        set("camel.server.host", "127.0.0.1");
        set("camel.server.port", String.valueOf(port));
        camel.bind("board", board);
    }

    /** Shows a board until the process ends, at the port that BOARD_PORT names, 8080 if it names none. */
    public static void main(String[] args) throws Exception {
        Map<String, String> environment = System.getenv();
        int port = Integer.parseInt(environment.getOrDefault("BOARD_PORT", "8080"));
        String apiUrl = environment.get("EMQX_API_URL");
        if (apiUrl == null) {
            String generation = environment.getOrDefault("EMQX_SIMULATOR", "v5");
            try (EmqxSimulator simulator =
                            EmqxSimulator.start(Generation.valueOf(generation.toUpperCase(Locale.ROOT)));
                    Devices devices = new Devices(simulator);
                    LiveBoard board = of(simulator, port)) {
                devices.begin();
                board.show();
            }
        } else {
            try (LiveBoard board =
                    new LiveBoard(apiUrl, environment.get("EMQX_APP_ID"), environment.get("EMQX_APP_SECRET"), port)) {
                board.show();
            }
        }
    }

    private void show() throws InterruptedException {
        start();
        System.out.println("http://127.0.0.1:" + port() + "/ shows the board; Ctrl-C ends it.");
        new CountDownLatch(1).await();
    }

    /** The board of a simulated deployment. */
    static LiveBoard of(EmqxSimulator simulator, int port) {
        return new LiveBoard(simulator.apiUrl(), simulator.appId(), simulator.appSecret(), port);
    }

    /** Sets a property of Camel, before the start. */
    LiveBoard set(String property, String value) {
        camel.addInitialProperty(property, value);
        return this;
    }

    /** How long a page may take nothing, before the start. */
    LiveBoard patience(Duration time) {
        patience = time;
        return this;
    }

    /** The routes of a file in place of those in Java, before the start; they have the bean {@code board}. */
    LiveBoard routes(String file) {
        routes = file;
        return this;
    }

    LiveBoard start() {
        if (routes == null) {
            camel.configure().addRoutesBuilder(new BoardRoutes(board));
            camel.configure().addRoutesBuilder(new PageRoutes());
        } else {
            camel.configure().withRoutesIncludePattern(routes);
        }
        camel.start();
        router().get("/events").handler(new EventStream(board, patience));
        return this;
    }

    /** The port that it listens at. */
    int port() {
        return router().getServer().getPort();
    }

    /** How many pages are open. */
    int viewers() {
        return board.viewers();
    }

    private VertxPlatformHttpRouter router() {
        return VertxPlatformHttpRouter.lookup(
                camel.getCamelContext(), VertxPlatformHttpRouter.getRouterNameFromPort(port));
    }

    @Override
    public void close() {
        camel.stop();
    }
}
