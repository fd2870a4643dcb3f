/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.kamelets;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelemqx.platform.test.EmqxSimulator;
import io.github.camelemqx.platform.test.Generation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.Parameter;

/** A test of Kamelets in a real context, against a simulator of each generation. */
abstract class WithKamelets extends CamelTestSupport {

    /** The properties that every Kamelet for a deployment wants. */
    static final String CONNECTION = "apiUrl={{emqx.url}}&appId={{emqx.id}}&appSecret={{emqx.secret}}";

    static final ObjectMapper JSON = new ObjectMapper();

    @Parameter
    Generation generation;

    EmqxSimulator emqx;

    @Override
    protected CamelContext createCamelContext() throws Exception {
        emqx = EmqxSimulator.start(generation);
        CamelContext context = super.createCamelContext();
        Properties properties = new Properties();
        properties.put("emqx.url", emqx.apiUrl());
        properties.put("emqx.id", emqx.appId());
        properties.put("emqx.secret", emqx.appSecret());
        context.getPropertiesComponent().setInitialProperties(properties);
        return context;
    }

    @AfterEach
    void stopSimulator() {
        emqx.close();
    }

    boolean v5() {
        return generation == Generation.V5;
    }

    /** What a Kamelet makes of a message; what it throws is in the exchange. */
    Exchange call(String kamelet, Object body, Map<String, Object> headers) {
        return template.request("kamelet:" + kamelet, exchange -> {
            exchange.getMessage().setBody(body);
            exchange.getMessage().setHeaders(new HashMap<>(headers));
        });
    }

    /** What a Kamelet makes of a message that it must not refuse. */
    Exchange done(String kamelet, Object body, Map<String, Object> headers) {
        Exchange exchange = call(kamelet, body, headers);
        if (exchange.getException() != null) {
            throw new CamelExecutionException("The Kamelet failed", exchange, exchange.getException());
        }
        return exchange;
    }

    /** The JSON of the messages so far; a body that is no text would be no JSON of a Kamelet. */
    static List<JsonNode> told(MockEndpoint mock) {
        return mock.getReceivedExchanges().stream()
                .map(exchange -> json(exchange.getMessage().getBody()))
                .toList();
    }

    static JsonNode json(Object body) {
        try {
            return JSON.readTree((String) body);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
