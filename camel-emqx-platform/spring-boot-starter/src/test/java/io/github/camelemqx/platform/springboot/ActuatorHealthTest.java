/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.springboot;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import io.github.camelemqx.platform.health.ReadinessCheck;
import io.github.camelemqx.platform.health.WatchHealthCheck;
import io.github.camelemqx.platform.test.EmqxSimulator;
import io.github.camelemqx.platform.test.Generation;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.context.annotation.Bean;

/** A deployment that is down, as whoever runs the application sees it. */
@ParameterizedClass
@EnumSource
class ActuatorHealthTest {

    private static final String PREFIX = EmqxPlatformComponentConfiguration.PREFIX;
    private static final String READINESS = "/actuator/health/readiness";
    private static final String LIVENESS = "/actuator/health/liveness";

    @Parameter
    Generation generation;

    private EmqxSimulator emqx;
    private RunningApplication application;

    /** A watch, and a call. */
    static class Routes {

        @Bean
        RouteBuilder routes() {
            return new RouteBuilder() {
                @Override
                public void configure() {
                    from("emqx-platform:clients?delay=100&initialDelay=0")
                            .routeId("presence")
                            .log("${header.CamelEmqxPlatformKey}");
                    from("direct:kick").routeId("kick").to("emqx-platform:clients?operation=kick");
                }
            };
        }
    }

    @BeforeEach
    void start() {
        emqx = EmqxSimulator.start(generation);
        application = RunningApplication.serving(
                Routes.class,
                PREFIX + ".api-url=" + emqx.apiUrl(),
                PREFIX + ".app-id=" + emqx.appId(),
                PREFIX + ".app-secret=" + emqx.appSecret(),
                "camel.health.producers-enabled=true",
                "camel.health.exposure-level=full",
                "management.endpoint.health.probes.enabled=true",
                "management.endpoint.health.show-details=always",
                "management.endpoint.health.group.readiness.include=readinessState,camelHealth",
                "management.endpoint.health.group.liveness.include=livenessState,camelLivenessState");
    }

    @AfterEach
    void stop() {
        application.close();
        emqx.close();
    }

    @Test
    void aDeploymentThatIsDownMakesItNotReadyButAlive() throws Exception {
        String call = "producer:emqx-platform:" + emqx.apiUrl();
        JsonNode up = becomes(200, "UP");
        assertThat(up.path(WatchHealthCheck.PREFIX + "presence").asText()).isEqualTo("UP");
        assertThat(up.path(call + ".data").path(HealthCheck.HTTP_RESPONSE_CODE).asText())
                .isEqualTo("200");
        assertThat(application.get(LIVENESS).status()).isEqualTo(200);

        // what a node says that is down for a moment, with what must not be told
        boolean v5 = generation == Generation.V5;
        String code = v5 ? "\"SERVICE_UNAVAILABLE\"" : "101";
        ResponseDefinitionBuilder down = aResponse()
                .withStatus(v5 ? 503 : 200)
                .withHeader("Content-Type", "application/json")
                .withBody("{\"code\":" + code + ",\"message\":\"not for " + emqx.appSecret() + "\"}");
        StubMapping stub = emqx.wireMock().stubFor(any(anyUrl()).atPriority(1).willReturn(down));

        // the call's check asks at once, the watch's waits for the next poll
        JsonNode details = detailsWhenDown(WatchHealthCheck.PREFIX + "presence");
        for (String check : List.of(WatchHealthCheck.PREFIX + "presence", call)) {
            assertThat(details.path(check).asText()).as(check).isEqualTo("DOWN");
            JsonNode told = details.path(check + ".data");
            assertThat(told.path(HealthCheck.HTTP_RESPONSE_CODE).asText()).isEqualTo(v5 ? "503" : "200");
            assertThat(told.path(ReadinessCheck.RESULT_CODE).asText()).isEqualTo(v5 ? "SERVICE_UNAVAILABLE" : "101");
        }
        for (String path : List.of("/actuator/health", READINESS, LIVENESS)) {
            assertThat(application.get(path).text()).doesNotContain(emqx.appSecret());
        }
        assertThat(application.get(LIVENESS).status()).isEqualTo(200);
        assertThat(application.get(LIVENESS).json().path("status").asText()).isEqualTo("UP");

        emqx.wireMock().removeStub(stub);
        becomes(200, "UP");

        // nobody answers at all
        String address = emqx.baseUrl();
        emqx.close();
        assertThat(detailsWhenDown(WatchHealthCheck.PREFIX + "presence")
                        .path("error.message")
                        .asText())
                .contains("no answer from " + address);
        assertThat(application.get(LIVENESS).status()).isEqualTo(200);
    }

    /** Waits until readiness says so. */
    private JsonNode becomes(int status, String word) throws IOException {
        RunningApplication.Answer last = await().atMost(Duration.ofSeconds(30))
                .until(() -> application.get(READINESS), answer -> answer.status() == status);
        assertThat(last.json().path("status").asText()).isEqualTo(word);
        return last.json().at("/components/camelHealth/details");
    }

    /** Waits until that check is down. */
    private JsonNode detailsWhenDown(String check) throws IOException {
        await().atMost(Duration.ofSeconds(30)).until(() -> application
                .get(READINESS)
                .json()
                .at("/components/camelHealth/details")
                .path(check)
                .asText()
                .equals("DOWN"));
        return becomes(503, "DOWN");
    }
}
