/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.board;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/** The page and what belongs to it. It may load and run what is here, and nothing that a client's id could bring in. */
final class PageRoutes extends RouteBuilder {

    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
                    + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'";

    @Override
    public void configure() throws IOException {
        serve("/", "board.html", "text/html");
        serve("/board.css", "board.css", "text/css");
        serve("/board.js", "board.js", "text/javascript");
        serve("/icon.svg", "icon.svg", "image/svg+xml");
    }

    private void serve(String path, String file, String type) throws IOException {
        from("platform-http:" + path + "?httpMethodRestrict=GET")
                .routeId(file)
                // of the request: they would be sent back
                .removeHeaders("*")
                .setHeader("Content-Security-Policy", constant(POLICY))
                .setHeader("X-Content-Type-Options", constant("nosniff"))
                .setHeader("Referrer-Policy", constant("no-referrer"))
                .setHeader(Exchange.CONTENT_TYPE, constant(type + "; charset=utf-8"))
                .setBody(constant(text(file)));
    }

    private static String text(String file) throws IOException {
        try (InputStream in = PageRoutes.class.getResourceAsStream("/page/" + file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
