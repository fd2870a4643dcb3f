/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import io.github.camelemqx.platform.test.PlatformSimulator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A test of the Platform API on a simulated account, with one project and one deployment. */
abstract class OnThePlatform {

    final PlatformSimulator platform = PlatformSimulator.start();
    final CamelContext context = new DefaultCamelContext();

    ProducerTemplate template;
    String id;

    @BeforeEach
    void connect() {
        platform.addProject("p1", "first");
        id = platform.addDeployment("p1", "mine", "stopped").deploymentId();
        EmqxPlatformConfiguration connection = component().getConfiguration();
        connection.setPlatformApiUrl(platform.platformApiUrl());
        connection.setPlatformKey(platform.platformKey());
        connection.setPlatformSecret(platform.platformSecret());
        // a test of a failure is none of what helps against it
        connection.setMaxRetries(0);
        context.start();
        template = context.createProducerTemplate();
    }

    @AfterEach
    void disconnect() {
        context.stop();
        platform.close();
    }

    EmqxPlatformComponent component() {
        return context.getComponent("emqx-platform", EmqxPlatformComponent.class);
    }

    /** What a call makes of a message, failed or not. */
    Exchange call(String uri, Object body, Map<String, Object> headers) {
        return template.request("emqx-platform:" + uri, exchange -> {
            exchange.getMessage().setBody(body);
            exchange.getMessage().setHeaders(new HashMap<>(headers));
        });
    }

    /** The exchange after a call that must succeed. */
    Exchange done(String uri, Object body) {
        Exchange done = call(uri, body, Map.of());
        if (done.getException() != null) {
            throw new CamelExecutionException("The call failed", done, done.getException());
        }
        return done;
    }

    Exchange done(String uri) {
        return done(uri, null);
    }

    /** The body after a call whose result is an object. */
    @SuppressWarnings("unchecked")
    static Map<String, Object> row(Exchange done) {
        return done.getMessage().getBody(Map.class);
    }

    /** The body of a call whose result is an object. */
    Map<String, Object> row(String uri, Object body) {
        return row(done(uri, body));
    }

    Map<String, Object> row(String uri) {
        return row(uri, null);
    }

    /** The body of a call whose result is a list. */
    @SuppressWarnings("unchecked")
    List<Map<String, Object>> rows(String uri) {
        return done(uri, null).getMessage().getBody(List.class);
    }

    /** The failure of a call that must fail so. */
    <T extends Exception> T failure(Class<T> type, String uri, Object body) {
        Exchange done = call(uri, body, Map.of());
        Assertions.assertThat(done.getException()).isExactlyInstanceOf(type);
        return type.cast(done.getException());
    }

    <T extends Exception> T failure(Class<T> type, String uri) {
        return failure(type, uri, null);
    }

    /** What is said, cause by cause, of a route that must not start. */
    String refused(String from, String to) {
        Throwable failed = Assertions.catchThrowable(() -> context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(from).to(to);
            }
        }));
        Assertions.assertThat(failed).as("a route that should not start").isInstanceOf(Exception.class);
        StringBuilder words = new StringBuilder();
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            words.append(cause.getMessage()).append('\n');
        }
        return words.toString();
    }
}
