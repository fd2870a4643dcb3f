/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The simulated account: nothing of it is recorded, so the documented rows are what is tested. */
class PlatformSimulatorTest {

    private static final String CERTIFICATE = "{\"tlsType\":\"one-way\",\"cert\":\"C\",\"key\":\"K\"}";

    private final TickingClock clock = new TickingClock("2024-11-21T02:51:30Z", ZoneOffset.UTC);
    private final PlatformSimulator platform = PlatformSimulator.start(clock);
    private final HttpClient http = HttpClient.newHttpClient();
    private String id;

    @BeforeEach
    void fill() {
        platform.addProject("p1", "first");
        id = platform.addDeployment("p1", "mine", "stopped").deploymentId();
    }

    @AfterEach
    void stop() {
        platform.close();
    }

    @Test
    void listsAreBareArraysOfTheDocumentedFields() throws Exception {
        JsonNode projects = json(call("GET", "/projects", null), 200);
        assertThat(projects)
                .isEqualTo(new ObjectMapper()
                        .readTree("[{\"projectID\":\"p1\",\"projectName\":\"first\",\"description\":\"\"}]"));
        JsonNode deployments = json(call("GET", "/deployments", null), 200);
        assertThat(deployments.isArray()).isTrue();
        assertThat(deployments.get(0).properties())
                .extracting(field -> field.getKey())
                .containsExactly(
                        "connections",
                        "tps",
                        "createAt",
                        "deploymentID",
                        "deploymentName",
                        "deploymentType",
                        "platform",
                        "projectName",
                        "region",
                        "status",
                        "version");
        assertThat(deployments.get(0).path("createAt").asText()).isEqualTo("2024-11-21 02:51");
        assertThat(json(call("GET", "/deployments/" + id, null), 200)).isEqualTo(deployments.get(0));
    }

    @Test
    void startingAndStoppingTakeUntilTheTestSaysSo() throws Exception {
        JsonNode started = json(call("POST", "/deployments/" + id + "/start", null), 201);
        assertThat(started.path("operation").asText()).isEqualTo("starting");
        assertThat(status()).isEqualTo("starting");
        assertThat(status()).isEqualTo("starting");
        assertThat(call("POST", "/deployments/" + id + "/start", null).statusCode())
                .isEqualTo(422);
        platform.setStatus(id, "running");
        assertThat(status()).isEqualTo("running");
        assertThat(json(call("POST", "/deployments/" + id + "/stop", null), 201)
                        .path("operation")
                        .asText())
                .isEqualTo("stopping");
        assertThat(platform.deployment(id).orElseThrow().status()).isEqualTo("stopping");
        assertThatThrownBy(() -> platform.setStatus("nope", "running")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> platform.addDeployment("nope", "x", "running"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void orSomeLooks() throws Exception {
        platform.settleAfterLooks(2);
        call("POST", "/deployments/" + id + "/start", null);
        assertThat(status()).isEqualTo("starting");
        assertThat(status()).isEqualTo("running");
        call("POST", "/deployments/" + id + "/stop", null);
        assertThat(status()).isEqualTo("stopping");
        assertThat(status()).isEqualTo("stopped");
        assertThat(status()).isEqualTo("stopped");
    }

    @Test
    void creates() throws Exception {
        String body =
                "{\"projectID\":\"p1\",\"platform\":\"gcp\",\"region\":\"r\",\"deploymentName\":\"new\",\"tps\":7}";
        JsonNode created = json(call("POST", "/deployments", body), 201);
        assertThat(created.path("status").asText()).isEqualTo("pending");
        assertThat(platform.deployments())
                .extracting(
                        SimulatedDeployment::deploymentId,
                        SimulatedDeployment::deploymentName,
                        SimulatedDeployment::platform,
                        SimulatedDeployment::tps)
                .contains(tuple(created.path("deploymentID").asText(), "new", "gcp", 7));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "not json",
                "[]",
                "{\"projectID\":\"p1\",\"platform\":\"gcp\"}",
                "{\"projectID\":\"nope\",\"platform\":\"gcp\",\"region\":\"r\"}",
                "{\"projectID\":\"p1\",\"platform\":\"moon\",\"region\":\"r\"}",
                "{\"projectID\":\"p1\",\"platform\":\"gcp\",\"region\":\"r\",\"tps\":\"7\"}",
                "{\"projectID\":\"p1\",\"platform\":\"gcp\",\"region\":\"r\",\"deploymentName\":\"\"}",
                "{\"projectID\":\"p1\",\"platform\":\"gcp\",\"region\":\"r\",\"deploymentVersion\":\"v4\"}"
            })
    void badBodiesAre422(String body) throws Exception {
        assertThat(call("POST", "/deployments", body).statusCode()).isEqualTo(422);
        assertThat(platform.deployments()).hasSize(1);
    }

    @Test
    void certificatesComeAndGo() throws Exception {
        String path = "/deployments/" + id + "/tls";
        assertThat(call("GET", path, null).statusCode()).isEqualTo(404);
        assertThat(call("PUT", path, CERTIFICATE).statusCode()).isEqualTo(404);
        assertThat(json(call("POST", path, CERTIFICATE), 200).path("status").asText())
                .isEqualTo("pending");
        assertThat(call("POST", path, CERTIFICATE).statusCode()).isEqualTo(422);
        assertThat(json(call("GET", path, null), 200).path("status").asText()).isEqualTo("running");
        String twoWay = "{\"tlsType\":\"two-way\",\"cert\":\"C2\",\"key\":\"K2\"";
        assertThat(call("PUT", path, twoWay + "}").statusCode()).isEqualTo(422);
        assertThat(json(call("PUT", path, twoWay + ",\"cacert\":\"A\"}"), 200)
                        .path("tlsType")
                        .asText())
                .isEqualTo("two-way");
        assertThat(platform.certificate(id).orElseThrow().key()).isEqualTo("K2");
        assertThat(platform.certificate(id).orElseThrow()).asString().doesNotContain("K2");
        HttpResponse<String> removed = call("DELETE", path, null);
        assertThat(removed.statusCode()).isEqualTo(204);
        assertThat(removed.body()).isEmpty();
        assertThat(platform.certificate(id)).isEmpty();
        assertThat(call("DELETE", path, null).statusCode()).isEqualTo(404);
    }

    @Test
    void refusals() throws Exception {
        assertThat(send("GET", "/projects", null, "x:y").statusCode()).isEqualTo(401);
        assertThat(call("GET", "/deployments/nope", null).statusCode()).isEqualTo(404);
        assertThat(call("GET", "/nope", null).statusCode()).isEqualTo(404);
        platform.forbid(true);
        assertThat(call("GET", "/projects", null).statusCode()).isEqualTo(403);
        platform.forbid(false);
        assertThat(call("GET", "/projects", null).statusCode()).isEqualTo(200);
        platform.wireMock()
                .stubFor(any(anyUrl()).atPriority(1).willReturn(aResponse().withStatus(503)));
        assertThat(call("GET", "/projects", null).statusCode()).isEqualTo(503);
    }

    @Test
    void limitsAreKeptWhenSwitchedOn() throws Exception {
        String path = "/deployments/" + id + "/start";
        assertThat(call("POST", path, null).statusCode()).isEqualTo(201);
        assertThat(call("POST", path, null).statusCode()).isEqualTo(422);
        platform.enforceLimits(true);
        assertThat(call("POST", path, null).statusCode()).isEqualTo(422);
        HttpResponse<String> over = call("POST", path, null);
        assertThat(over.statusCode()).isEqualTo(429);
        assertThat(over.headers().firstValue("Retry-After")).contains("3601");
        clock.advance(Duration.ofMinutes(60));
        assertThat(call("POST", path, null).statusCode()).isEqualTo(422);
        for (int i = 0; i < 60; i++) {
            assertThat(call("GET", "/projects", null).statusCode()).isEqualTo(200);
        }
        assertThat(call("GET", "/projects", null).statusCode()).isEqualTo(429);
        assertThat(call("GET", "/deployments", null).statusCode()).isEqualTo(200);
    }

    @Test
    void notesRequestsInTheirOrder() throws Exception {
        call("GET", "/projects", null);
        call("POST", "/deployments", "{}");
        assertThat(platform.requests())
                .extracting(
                        PlatformRequest::method, PlatformRequest::path, PlatformRequest::body, PlatformRequest::status)
                .containsExactly(
                        tuple("GET", "/public_api/v1/projects", "", 200),
                        tuple("POST", "/public_api/v1/deployments", "{}", 422));
        assertThat(platform.requests()).allSatisfy(request -> assertThat(request.authorization())
                .isEqualTo(basic(platform.platformKey() + ':' + platform.platformSecret())));
        platform.reset();
        assertThat(platform.requests()).isEmpty();
        assertThat(platform.deployments()).isEmpty();
    }

    private String status() throws Exception {
        return json(call("GET", "/deployments/" + id, null), 200).path("status").asText();
    }

    private static JsonNode json(HttpResponse<String> answer, int status) throws IOException {
        assertThat(answer.statusCode()).isEqualTo(status);
        return new ObjectMapper().readTree(answer.body());
    }

    private HttpResponse<String> call(String method, String path, String body) throws Exception {
        return send(method, path, body, platform.platformKey() + ':' + platform.platformSecret());
    }

    private HttpResponse<String> send(String method, String path, String body, String key) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(platform.platformApiUrl() + path))
                .header("Authorization", basic(key))
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static String basic(String key) {
        return "Basic " + Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }
}
