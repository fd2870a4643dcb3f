/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelemqx.platform.EmqxPlatformComponent;
import io.github.camelemqx.platform.EmqxPlatformConfiguration;
import io.github.camelemqx.platform.EmqxPlatformConstants;
import io.github.camelemqx.platform.endpoint.dsl.EmqxPlatformEndpointBuilderFactory.EmqxPlatformBuilders;
import io.github.camelemqx.platform.test.EmqxSimulator;
import io.github.camelemqx.platform.test.Generation;
import io.github.camelemqx.platform.test.SimulatedClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.endpoint.EndpointRouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Routes whose endpoints are methods instead of text. */
class EndpointDslTest {

    // README begins
    static class Guard extends EndpointRouteBuilder implements EmqxPlatformBuilders {
        @Override
        public void configure() {
            from(emqxPlatform("clients").events("connected").emitInitial(true))
                    .filter(header("CamelEmqxPlatformClientId").startsWith("stranger-"))
                    .to(emqxPlatform("clients").operation("kick"))
                    .to(mock("kicked"));
        }
    }
    // README ends

    @ParameterizedTest
    @EnumSource
    void aRouteOfMethodsWatchesAndCalls(Generation generation) throws Exception {
        try (EmqxSimulator emqx = EmqxSimulator.start(generation)) {
            emqx.connect("pump-1");
            emqx.connect("stranger-1");
            CamelContext context = new DefaultCamelContext();
            try {
                EmqxPlatformConfiguration connection = context.getComponent(
                                "emqx-platform", EmqxPlatformComponent.class)
                        .getConfiguration();
                connection.setApiUrl(emqx.apiUrl());
                connection.setAppId(emqx.appId());
                connection.setAppSecret(emqx.appSecret());
                context.addRoutes(new Guard());
                MockEndpoint kicked = context.getEndpoint("mock:kicked", MockEndpoint.class);
                kicked.expectedHeaderReceived(EmqxPlatformConstants.CLIENT_ID, "stranger-1");
                kicked.expectedMessageCount(1);
                context.start();
                MockEndpoint.assertIsSatisfied(90, TimeUnit.SECONDS, kicked);
                assertThat(emqx.clients()).extracting(SimulatedClient::clientId).containsExactly("pump-1");
            } finally {
                context.stop();
            }
        }
    }

    @Test
    void theReadmeShowsTheGuardOfThisTest() throws IOException {
        String source =
                Files.readString(Path.of("src/test/java/io/github/camelemqx/platform/endpoint/EndpointDslTest.java"));
        String run = source.substring(source.indexOf("// README begins") + 16, source.indexOf("// README ends"));
        assertThat(Files.readString(Path.of("..", "..", "README.md")).replaceAll("\\s+", ""))
                .contains("```java" + run.replaceAll("\\s+", "") + "```");
    }

    @Test
    void committedSourcesAreThoseThatTheGeneratorWrites() {
        Map<String, String> written = files(Path.of("src", "generated"));
        assertThat(written).isNotEmpty();
        assertThat(files(Path.of("target", "committed-generated")))
                .as("src/generated was not current when this build began: build again and commit it")
                .isEqualTo(written);
    }

    private static Map<String, String> files(Path folder) {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            all.filter(Files::isRegularFile).forEach(file -> {
                try {
                    files.put(folder.relativize(file).toString(), Files.readString(file));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }
}
