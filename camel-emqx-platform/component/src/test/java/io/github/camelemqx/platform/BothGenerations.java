/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import io.github.camelemqx.platform.catalog.Catalog;
import io.github.camelemqx.platform.test.EmqxSimulator;
import io.github.camelemqx.platform.test.Generation;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.Parameter;

/**
 * A test that runs on a simulator of each generation with the same text of routes: the connection is the component's,
 * so that nothing of it is in them.
 */
abstract class BothGenerations extends CamelTestSupport {

    static final String SECRET = "word-that-is-secret";

    @Parameter
    Generation generation;

    EmqxSimulator emqx;

    @Override
    protected CamelContext createCamelContext() throws Exception {
        emqx = EmqxSimulator.start(generation, clock());
        CamelContext context = super.createCamelContext();
        EmqxPlatformComponent component = new EmqxPlatformComponent(context, catalog());
        component.setClock(clock());
        context.addComponent("emqx-platform", component);
        EmqxPlatformConfiguration connection = component.getConfiguration();
        connection.setApiUrl(emqx.apiUrl());
        connection.setAppId(emqx.appId());
        connection.setAppSecret(emqx.appSecret());
        // a test of a failure is none of what helps against it
        connection.setMaxRetries(0);
        return context;
    }

    /** Tells the time to the simulator and to watches. */
    Clock clock() {
        return Clock.systemUTC();
    }

    /** What can be called. */
    Catalog catalog() {
        return Catalog.load();
    }

    @AfterEach
    void stopSimulator() {
        emqx.close();
    }

    boolean v5() {
        return generation == Generation.V5;
    }

    String version() {
        return generation.name().toLowerCase(Locale.ROOT);
    }

    /** What a call makes of a message, failed or not. */
    Exchange call(String uri, Object body, Map<String, Object> headers) {
        return template.request("emqx-platform:" + uri, exchange -> {
            exchange.getMessage().setBody(body);
            exchange.getMessage().setHeaders(new HashMap<>(headers));
        });
    }

    /** The body after a call that must succeed. */
    Object result(String uri, Object body, Map<String, Object> headers) {
        Exchange done = call(uri, body, headers);
        if (done.getException() != null) {
            throw new CamelExecutionException("The call failed", done, done.getException());
        }
        return done.getMessage().getBody();
    }

    Object result(String uri, Object body) {
        return result(uri, body, Map.of());
    }

    Object result(String uri) {
        return result(uri, null, Map.of());
    }

    /** The body of a call whose result is an object. */
    @SuppressWarnings("unchecked")
    Map<String, Object> row(String uri, Object body, Map<String, Object> headers) {
        return (Map<String, Object>) result(uri, body, headers);
    }

    Map<String, Object> row(String uri, Object body) {
        return row(uri, body, Map.of());
    }

    Map<String, Object> row(String uri) {
        return row(uri, null, Map.of());
    }

    /** The body of a call whose result is a list. */
    @SuppressWarnings("unchecked")
    List<Map<String, Object>> rows(String uri, Object body, Map<String, Object> headers) {
        return (List<Map<String, Object>>) result(uri, body, headers);
    }

    List<Map<String, Object>> rows(String uri, Object body) {
        return rows(uri, body, Map.of());
    }

    List<Map<String, Object>> rows(String uri) {
        return rows(uri, null, Map.of());
    }

    /** The failure of a call that must fail so. */
    <T extends Exception> T failure(Class<T> type, String uri, Object body, Map<String, Object> headers) {
        Exchange done = call(uri, body, headers);
        Assertions.assertThat(done.getException()).isExactlyInstanceOf(type);
        return type.cast(done.getException());
    }
}
