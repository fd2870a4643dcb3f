/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.client;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.github.camelemqx.platform.exception.EmqxPlatformException;
import io.github.camelemqx.platform.test.Generation;
import io.github.camelemqx.platform.test.RecordedExchange;
import io.github.camelemqx.platform.test.Recordings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every failure that a real broker was recorded with, through a route on real HTTP, as the exception that it means. */
class RecordedFailuresTest {

    /** Sections of the recordings whose resources the catalogue does not have yet. */
    private static final List<String> LATER = List.of(
            "authorization rules",
            "retained messages",
            "rules, connectors",
            "acl",
            "alarms",
            "listeners",
            "plugins",
            "rule engine",
            "retainer");

    @RegisterExtension
    static final WireMockExtension BROKER = WireMockExtension.newInstance()
            .options(wireMockConfig().bindAddress("127.0.0.1").dynamicPort())
            .build();

    private static CamelContext camel;

    /** A line of the table. */
    record Expected(Generation generation, int number, String operation, String exception, String code, String what) {
        @Override
        public String toString() {
            return generation + " " + number + " " + what + " -> " + exception;
        }
    }

    @BeforeAll
    static void start() {
        camel = new DefaultCamelContext();
        camel.start();
    }

    @AfterAll
    static void stop() {
        camel.stop();
    }

    static List<Expected> table() throws IOException {
        try (InputStream stream = RecordedFailuresTest.class.getResourceAsStream("recorded-failures.tsv")) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t", -1))
                    .map(cells -> new Expected(
                            Generation.valueOf(cells[0].toUpperCase(Locale.ROOT)),
                            Integer.parseInt(cells[1]),
                            cells[2],
                            cells[3],
                            cells[4].isEmpty() ? null : cells[4],
                            cells[5]))
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("table")
    void becomesItsException(Expected expected) {
        RecordedExchange recorded = Recordings.of(expected.generation()).get(expected.number() - 1);
        BROKER.stubFor(any(anyUrl()).willReturn(answer(recorded)));
        String[] operation = expected.operation().split(":", 2);

        Throwable thrown = catchThrowable(() -> camel.createFluentProducerTemplate()
                .to("emqx-platform:" + operation[0] + "?operation=" + operation[1] + "&apiUrl="
                        + BROKER.baseUrl() + "/api/"
                        + expected.generation().name().toLowerCase(Locale.ROOT)
                        + "&appId=key&appSecret=word-that-is-secret&maxRetries=0")
                .withBody(body(operation[0], operation[1]))
                .withHeader("CamelEmqxPlatformClientId", "c1")
                .withHeader("CamelEmqxPlatformUsername", "u1")
                .withHeader("CamelEmqxPlatformTopic", "t/1")
                .withHeader("CamelEmqxPlatformNode", "n@127.0.0.1")
                .request());

        assertThat(thrown).isInstanceOf(CamelExecutionException.class);
        assertThat(thrown.getCause().getClass().getSimpleName()).isEqualTo(expected.exception());
        EmqxPlatformException failure = (EmqxPlatformException) thrown.getCause();
        assertThat(failure.resultCode()).isEqualTo(expected.code());
        assertThat(failure.httpStatus()).isEqualTo(recorded.status());
        assertThat(failure.getHttpResponseCode()).isEqualTo(recorded.status());
        assertThat(failure.operation()).isEqualTo(expected.operation());
        assertThat(failure.getMessage())
                .contains(expected.operation())
                .contains(expected.code() == null ? "HTTP " + recorded.status() : expected.code());
        if (recorded.json() != null && recorded.json().path("message").isTextual()) {
            String message = recorded.json().get("message").asText();
            assertThat(failure.apiMessage())
                    .isEqualTo(message.length() > 1000 ? message.substring(0, 1000) + "…" : message);
        }
    }

    /** No recorded failure is left out of the table. */
    @Test
    void tableIsComplete() throws IOException {
        Set<String> listed = new TreeSet<>();
        table().forEach(row -> listed.add(row.generation() + " " + row.number()));
        Set<String> recorded = new TreeSet<>();
        for (Generation generation : Generation.values()) {
            Recordings.of(generation).stream()
                    .filter(exchange -> LATER.stream().noneMatch(exchange.section()::startsWith))
                    .filter(exchange -> !exchange.section().startsWith("Alarm shapes")
                            || Stream.of("/auth_", "/clients", "/mqtt", "/brokers")
                                    .anyMatch(part -> exchange.path().contains(part)))
                    .filter(failed(generation))
                    .forEach(exchange -> recorded.add(generation + " " + exchange.number()));
        }
        assertThat(recorded).hasSizeGreaterThan(160);
        assertThat(listed).containsAll(recorded);
    }

    private static Predicate<RecordedExchange> failed(Generation generation) {
        return exchange -> {
            JsonNode json = exchange.json();
            boolean underSuccess = generation == Generation.V4
                    && json != null
                    && json.isObject()
                    && (!json.path("code").isInt() || json.path("code").asInt() != 0);
            return exchange.status() >= 400 || underSuccess;
        };
    }

    private static Object body(String resource, String operation) {
        if (resource.equals("banned")) {
            return Map.of("as", "clientid", "who", "c1");
        }
        return switch (operation) {
            case "create", "update" -> Map.of("password", "word-that-is-secret");
            case "publish-bulk" ->
                List.of(
                        Map.of("topic", "t/1", "payload", "1"),
                        Map.of("topic", "t/#", "payload", "2"),
                        Map.of("topic", "", "payload", "3"));
            case "publish" -> "hello";
            default -> null;
        };
    }

    private static ResponseDefinitionBuilder answer(RecordedExchange recorded) {
        ResponseDefinitionBuilder answer = aResponse().withStatus(recorded.status());
        if (recorded.headers().containsKey("content-type")) {
            answer.withHeader("content-type", recorded.headers().get("content-type"));
        }
        return recorded.json() == null
                ? answer.withBody(recorded.text())
                : answer.withBody(recorded.json().toString());
    }
}
