/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.github.camelemqx.platform.catalog.Catalog;
import io.github.camelemqx.platform.catalog.Generation;
import io.github.camelemqx.platform.catalog.ResultShape;
import io.github.camelemqx.platform.exception.EmqxInvalidRequestException;
import io.github.camelemqx.platform.exception.EmqxNotFoundException;
import io.github.camelemqx.platform.test.RecordedExchange;
import io.github.camelemqx.platform.test.Recordings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Every call that a real broker was recorded to take, made by the operation that stands for it: the same request goes out,
 * and the recorded answer is understood. What the component cannot or will not say is listed.
 */
class RecordedCallsTest extends CamelTestSupport {

    @RegisterExtension
    static final WireMockExtension BROKER = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig().dynamicPort())
            .build();

    /** Flat rules are made in steps of these: AclTest. */
    private static final Pattern OF_RULES = Pattern.compile("/acl\\b(?!_)(?!-)|/built_in_database/rules");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Catalog catalog = Catalog.load();

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext context = super.createCamelContext();
        EmqxPlatformConfiguration connection = context.getComponent("emqx-platform", EmqxPlatformComponent.class)
                .getConfiguration();
        connection.setAppId("id");
        connection.setAppSecret("word-that-is-secret");
        return context;
    }

    @TestFactory
    Stream<DynamicTest> everyCall() {
        return Stream.of(Generation.V4, Generation.V5)
                .flatMap(generation -> calls(generation).stream())
                .map(call -> DynamicTest.dynamicTest(call.generation() + " " + call.exchange(), () -> check(call)));
    }

    @Test
    void whatNoOperationSaysIsKnown() {
        Set<String> unsaid = new TreeSet<>();
        for (Generation generation : List.of(Generation.V4, Generation.V5)) {
            for (RecordedExchange exchange : successes(generation)) {
                if (RecordedCall.of(catalog, generation, exchange).isEmpty()) {
                    unsaid.add(generation + " " + exchange.number());
                }
            }
        }
        assertThat(unsaid).isEqualTo(RecordedCall.UNSAID.keySet());
    }

    private List<RecordedCall> calls(Generation generation) {
        List<RecordedCall> calls = new ArrayList<>();
        for (RecordedExchange exchange : successes(generation)) {
            RecordedCall.of(catalog, generation, exchange).ifPresent(calls::add);
        }
        return calls;
    }

    /** What the broker took, with the key and the headers that the component sends. */
    private static List<RecordedExchange> successes(Generation generation) {
        return Recordings.of(io.github.camelemqx.platform.test.Generation.valueOf(generation.name())).stream()
                .filter(exchange -> exchange.authorization().usual()
                        && exchange.accept().usual()
                        && exchange.requestContentType() == null
                        && exchange.status() < 300
                        && !isOfALostNode(generation, exchange)
                        && !OF_RULES.matcher(exchange.path()).find()
                        && (generation == Generation.V5
                                || exchange.json() == null
                                || exchange.json().path("code").asText("none").equals("0")))
                .toList();
    }

    /** Neither tells of the call: a failure under HTTP 200 or 204 (recordings v4 24, 326). */
    private static boolean isOfALostNode(Generation generation, RecordedExchange exchange) {
        boolean nothing = exchange.status() == 204 && exchange.method().equals("GET");
        boolean down = exchange.json() != null
                && exchange.json().path("data").path("error").asText().equals("nodedown");
        return generation == Generation.V4 && (nothing || down);
    }

    private void check(RecordedCall call) throws Exception {
        BROKER.resetAll();
        BROKER.stubFor(any(anyUrl()).willReturn(answer(call.exchange())));

        Exchange done = template.request(
                "emqx-platform:" + call.operation().resource() + "?operation="
                        + call.operation().name()
                        + "&failOnPartialFailure=false&paging=page&apiUrl="
                        + BROKER.baseUrl() + "/api/" + call.generation().label(),
                exchange -> {
                    exchange.getMessage().setHeader(EmqxPlatformConstants.PARAMETERS, call.values());
                    exchange.getMessage().setBody(call.body());
                });

        List<LoggedRequest> requests = BROKER.findAll(anyRequestedFor(anyUrl()));
        String refusal = RecordedCall.REFUSED.get(call.name());
        if (refusal != null) {
            assertThat(requests).as("sent").isEmpty();
            assertThat(done.getException())
                    .isInstanceOf(EmqxInvalidRequestException.class)
                    .hasMessageContaining(refusal);
            return;
        }
        if (RecordedCall.NOT_FOUND.contains(call.name())) {
            assertThat(done.getException()).as(call.name()).isInstanceOf(EmqxNotFoundException.class);
        } else if (done.getException() != null) {
            throw new AssertionError(call.name(), done.getException());
        } else if (call.operation().result() == ResultShape.NOTHING) {
            assertThat(done.getMessage().getBody()).as(call.name()).isNull();
        } else if (call.operation().result() != ResultShape.ANY) {
            assertThat(done.getMessage().getBody()).as(call.name()).isNotNull();
        }
        assertThat(requests).as(call.name()).isNotEmpty();
        LoggedRequest request = requests.get(0);
        assertThat(request.getMethod().getName()).isEqualTo(call.exchange().method());
        assertThat(RecordedCall.segments(request.getUrl()))
                .as(call.name())
                .isEqualTo(RecordedCall.segments(call.exchange().path()));
        assertThat(RecordedCall.query(request.getUrl()))
                .as(call.name())
                .containsAllEntriesOf(RecordedCall.query(call.exchange().path()));
        if (call.exchange().requestBody() != null && call.body() != null) {
            assertHolds(
                    JSON.readTree(request.getBody()),
                    JSON.readTree(call.exchange().requestBody()),
                    call.name() + " body");
        }
    }

    /** All that was recorded is there; what the broker would have taken for granted may be said besides. */
    private static void assertHolds(JsonNode arrived, JsonNode recorded, String where) {
        if (RecordedCall.SAID_OTHERWISE.containsKey(where)) {
            return;
        }
        if (recorded.isObject()) {
            recorded.properties()
                    .forEach(field ->
                            assertHolds(arrived.path(field.getKey()), field.getValue(), where + "." + field.getKey()));
        } else if (recorded.isArray()) {
            assertThat(arrived).as(where).hasSameSizeAs(recorded);
            for (int i = 0; i < recorded.size(); i++) {
                assertHolds(arrived.get(i), recorded.get(i), where + "[" + i + "]");
            }
        } else {
            // a number may stand as a text, and the other way round
            assertThat(arrived.asText()).as(where).isEqualTo(recorded.asText());
        }
    }

    private static ResponseDefinitionBuilder answer(RecordedExchange exchange) {
        ResponseDefinitionBuilder answer = aResponse().withStatus(exchange.status());
        Optional.ofNullable(exchange.headers().get("content-type"))
                .ifPresent(type -> answer.withHeader("Content-Type", type));
        if (exchange.json() != null) {
            answer.withBody(exchange.json().toString());
        } else if (exchange.text() != null) {
            answer.withBody(exchange.text());
        }
        return answer;
    }
}
