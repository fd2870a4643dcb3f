/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.docs;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import io.github.camelemqx.platform.catalog.Generation;
import io.github.camelemqx.platform.catalog.ResultShape;
import io.github.camelemqx.platform.exception.EmqxPlatformException;
import io.github.camelemqx.platform.test.RecordedExchange;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;

/** Runs examples through the component itself against a server that gives the same answer to everything. */
final class Replay implements AutoCloseable {

    private final WireMockServer api =
            new WireMockServer(wireMockConfig().bindAddress("127.0.0.1").dynamicPort());
    private final CamelContext camel = new DefaultCamelContext();
    private final ProducerTemplate template;
    private final SampleConnection connection;

    Replay(Schema schema) {
        api.start();
        camel.start();
        template = camel.createProducerTemplate();
        connection = new SampleConnection(schema, api.baseUrl());
    }

    @Override
    public void close() {
        template.stop();
        camel.stop();
        api.stop();
    }

    /** What the server answers. */
    record Answer(int status, String contentType, String body) {

        static Answer of(RecordedExchange recorded) {
            return new Answer(
                    recorded.status(),
                    recorded.headers().get("content-type"),
                    recorded.json() == null ? recorded.text() : recorded.json().toString());
        }

        /** A failure; without a code where that is null. */
        static Answer of(int status, String code) {
            ObjectNode body = JsonNodeFactory.instance.objectNode();
            return new Answer(
                    status,
                    "application/json",
                    code == null
                            ? body.toString()
                            : body.put("code", code)
                                    .put("message", "as documented")
                                    .toString());
        }
    }

    /** What became of a call. */
    sealed interface Outcome {}

    /** The body of the message after it, null for none. */
    record Result(Object body) implements Outcome {}

    /** Its exception. */
    record Failure(EmqxPlatformException exception) implements Outcome {}

    /** A request that was sent, its path below the API's base. */
    record Sent(String method, String path) {}

    /** Runs an example on a generation. */
    Outcome of(Example example, Generation generation, Answer answer) {
        api.resetAll();
        ResponseDefinitionBuilder response =
                aResponse().withStatus(answer.status()).withBody(answer.body());
        api.stubFor(any(anyUrl())
                .willReturn(
                        answer.contentType() == null
                                ? response
                                : response.withHeader("content-type", answer.contentType())));
        String paging = example.operation().result() == ResultShape.PAGE ? "&paging=page" : "";
        Exchange done = template.send(example.uri() + paging + connection.options(generation), exchange -> {
            exchange.getMessage().setBody(example.sentBody());
            exchange.getMessage().setHeaders(new HashMap<>(example.sentHeaders()));
        });
        if (done.getException() == null) {
            return new Result(done.getMessage().getBody());
        }
        if (done.getException() instanceof EmqxPlatformException failure) {
            return new Failure(failure);
        }
        throw new IllegalStateException("The example " + example.uri() + " does not run", done.getException());
    }

    /** The first request of the last call, empty if it sent none. */
    Optional<Sent> firstRequest(Generation generation) {
        List<ServeEvent> events = api.getAllServeEvents();
        if (events.isEmpty()) {
            return Optional.empty();
        }
        ServeEvent first = events.get(events.size() - 1);
        String path = URI.create(first.getRequest().getUrl()).getRawPath();
        return Optional.of(new Sent(
                first.getRequest().getMethod().value(),
                path.substring(SampleConnection.basePath(generation).length())));
    }
}
