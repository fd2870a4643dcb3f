/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.springboot;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import io.github.camelemqx.platform.test.EmqxSimulator;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;

/**
 * The application with its server, against a simulated deployment; each generation has a class of its own. The tests of a class
 * share one simulator, as they share one application, to which a new one would be a broker that has restarted.
 */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"clients.delay=100", "doorman.enabled=true"})
@ExtendWith(OutputCaptureExtension.class)
@DirtiesContext
abstract class PresenceTest {

    @Autowired
    TestRestTemplate http;

    private final EmqxSimulator emqx;

    PresenceTest(EmqxSimulator emqx) {
        this.emqx = emqx;
    }

    /** Where the simulated deployment is. */
    static void connect(DynamicPropertyRegistry properties, EmqxSimulator emqx) {
        properties.add("EMQX_API_URL", emqx::apiUrl);
        properties.add("EMQX_APP_ID", emqx::appId);
        properties.add("EMQX_APP_SECRET", emqx::appSecret);
    }

    @Test
    void whoComesAndGoesIsSeen(CapturedOutput output) {
        emqx.connect("truck-1");
        eventually(() -> assertThat(get("/clients").getBody().has("truck-1")).isTrue());
        eventually(() -> assertThat(emqx.published())
                .extracting(message -> message.topic() + " " + message.text())
                .containsExactly("fleet/welcome Welcome, truck-1"));

        emqx.disconnect("truck-1");
        eventually(() -> assertThat(get("/clients").getBody()).isEmpty());
        assertThat(output).contains("truck-1 connected", "truck-1 disconnected");
    }

    @Test
    void whoMustNotComeIsKicked(CapturedOutput output) {
        emqx.connect("test-1");
        eventually(() -> assertThat(emqx.client("test-1")).isEmpty());
        eventually(() -> assertThat(output).contains("test-1 kicked", "test-1 disconnected"));
    }

    @Test
    void aDeploymentThatIsDownIsSeenInActuator(CapturedOutput output) {
        eventually(() -> assertThat(readiness().getStatusCode()).isEqualTo(HttpStatus.OK));

        StubMapping down = emqx.wireMock()
                .stubFor(any(anyUrl())
                        .atPriority(1)
                        .willReturn(aResponse().withStatus(503).withBody("{\"code\":101,\"message\":\"down\"}")));
        eventually(() -> {
            JsonNode told = readiness().getBody().at("/components/camelHealth/details/emqx-platform:clients.data");
            assertThat(told.path("http.response.code").asText()).isEqualTo("503");
            assertThat(told.path("result.code").asText()).isEqualTo("101");
        });
        assertThat(readiness().getStatusCode()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
        assertThat(get("/actuator/health/liveness").getStatusCode()).isEqualTo(HttpStatus.OK);
        assertThat(get("/actuator/health").getBody().toString() + output).doesNotContain(emqx.appSecret());

        emqx.wireMock().removeStub(down);
        eventually(() -> assertThat(readiness().getStatusCode()).isEqualTo(HttpStatus.OK));
    }

    private ResponseEntity<JsonNode> readiness() {
        return get("/actuator/health/readiness");
    }

    private ResponseEntity<JsonNode> get(String path) {
        return http.getForEntity(path, JsonNode.class);
    }

    private static void eventually(Runnable seen) {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(seen::run);
    }
}
