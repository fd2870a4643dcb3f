/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.springboot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelemqx.platform.EmqxPlatformComponent;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** An application that has the starter, until it is closed; with a server, that has a port of its own. */
final class RunningApplication implements AutoCloseable {

    /** Nothing but what Boot finds. */
    @EnableAutoConfiguration
    static class Plain {}

    /** What its server answered. */
    record Answer(int status, String text) {

        JsonNode json() throws IOException {
            return new ObjectMapper().readTree(text);
        }
    }

    private final HttpClient http = HttpClient.newHttpClient();
    private final ConfigurableApplicationContext application;

    private RunningApplication(ConfigurableApplicationContext application) {
        this.application = application;
    }

    /**
     * Starts one without a server.
     *
     * @param source what it has besides
     * @param properties as on a command line, without the two dashes
     */
    static RunningApplication of(Class<?> source, String... properties) {
        return started(WebApplicationType.NONE, source, properties);
    }

    /** Starts one with a server. */
    static RunningApplication serving(Class<?> source, String... properties) {
        return started(WebApplicationType.SERVLET, source, properties);
    }

    private static RunningApplication started(WebApplicationType type, Class<?> source, String... properties) {
        String[] arguments = Stream.concat(
                        Stream.of("server.port=0", "server.address=127.0.0.1", "spring.main.banner-mode=off"),
                        Arrays.stream(properties))
                .map(property -> "--" + property)
                .toArray(String[]::new);
        return new RunningApplication(
                new SpringApplicationBuilder(Plain.class, source).web(type).run(arguments));
    }

    Answer get(String path) throws IOException, InterruptedException {
        String port = application.getEnvironment().getProperty("local.server.port");
        HttpResponse<String> response = http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .timeout(Duration.ofSeconds(30))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        return new Answer(response.statusCode(), response.body());
    }

    CamelContext camel() {
        return application.getBean(CamelContext.class);
    }

    EmqxPlatformComponent component() {
        return camel().getComponent("emqx-platform", EmqxPlatformComponent.class);
    }

    @Override
    public void close() {
        application.close();
    }
}
