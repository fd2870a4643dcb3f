/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.quarkus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.http.TestHTTPResource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * The application with its server, against a simulated deployment; each generation has a class of its own. The tests of a class
 * share one application and one deployment.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class PresenceTest {

    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();

    @TestHTTPResource
    URI application;

    SimulatedDeployment deployment;

    @Test
    @Order(1)
    void itIsNotReadyBeforeTheFirstCompletePoll() {
        JsonNode told = get("/q/health/ready", 503).at("/checks/0");
        assertThat(told.path("name").asText()).isEqualTo("camel");
        assertThat(told.at("/data/emqx-platform:clients").asText()).isEqualTo("DOWN");
        eventually(() -> {
            JsonNode data = get("/q/health/ready", 503).at("/checks/0/data");
            assertThat(data.path("emqx-platform:clients.http.response.code").asText())
                    .isEqualTo("503");
            assertThat(data.path("emqx-platform:clients.result.code").asText()).isEqualTo("101");
            assertThat(data.toString()).doesNotContain(deployment.emqx().appSecret());
        });
        get("/q/health/live", 200);

        deployment.comeBack();
        eventually(() -> get("/q/health/ready", 200));
    }

    @Test
    void whoComesAndGoesIsSeen() {
        deployment.emqx().connect("truck-1");
        eventually(() -> assertThat(get("/clients", 200).has("truck-1")).isTrue());
        eventually(() -> assertThat(deployment.emqx().published())
                .extracting(message -> message.topic() + " " + message.text())
                .contains("fleet/welcome Welcome, truck-1"));

        deployment.emqx().disconnect("truck-1");
        eventually(() -> assertThat(get("/clients", 200).has("truck-1")).isFalse());
    }

    @Test
    void oneIsAskedFor() {
        deployment.emqx().connect("truck-2");
        JsonNode client = get("/clients/truck-2", 200);
        assertThat(client.path("clientid").asText()).isEqualTo("truck-2");
        assertThat(client.path("connected").asBoolean()).isTrue();
        get("/clients/nobody", 404);
    }

    @Test
    void whoMustNotComeIsKicked() {
        deployment.emqx().connect("test-1");
        eventually(() -> assertThat(deployment.emqx().client("test-1")).isEmpty());
        eventually(() -> assertThat(get("/clients", 200).has("test-1")).isFalse());
    }

    private JsonNode get(String path, int status) {
        try {
            HttpResponse<String> answer =
                    http.send(HttpRequest.newBuilder(application.resolve(path)).build(), BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
            return json.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void eventually(Runnable seen) {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(seen::run);
    }
}
