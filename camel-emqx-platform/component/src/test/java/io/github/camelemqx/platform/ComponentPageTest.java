/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.delete;
import static com.github.tomakehurst.wiremock.client.WireMock.deleteRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlMatching;
import static org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository.memoryIdempotentRepository;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.github.camelemqx.platform.catalog.Catalog;
import io.github.camelemqx.platform.exception.EmqxClientOfflineException;
import io.github.camelemqx.platform.exception.EmqxConflictException;
import io.github.camelemqx.platform.exception.EmqxPlatformException;
import io.github.camelemqx.platform.model.Ban;
import io.github.camelemqx.platform.test.BanRow;
import io.github.camelemqx.platform.watch.FileStateStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.builder.AggregationStrategies;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.test.junit5.TestExecutionConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The routes of docs/emqx-platform-component.md, and the names in its tables. */
@ParameterizedClass
@EnumSource
class ComponentPageTest extends BothGenerations {

    private static final Path PAGE = Path.of("docs", "emqx-platform-component.md");
    private static final Path THIS = Path.of("src/test/java/io/github/camelemqx/platform/ComponentPageTest.java");

    @Override
    public void configureTest(TestExecutionConfiguration configuration) {
        super.configureTest(configuration);
        configuration.withUseAdviceWith(true);
    }

    @Test
    void aClientIsBannedAndKicked() throws Exception {
        context.addRoutes(quarantine());
        context.start();
        emqx.connect("c1");

        assertThat(quarantine("c1").getException()).isNull();

        assertThat(emqx.bans()).extracting(BanRow::who).containsExactly("c1");
        assertThat(emqx.client("c1")).isEmpty();
    }

    @Test
    void whatTheRouteHandlesFailsNobody() throws Exception {
        context.addRoutes(quarantine());
        context.start();

        Exchange gone = quarantine("c1");
        Exchange again = quarantine("c1");

        assertThat(gone.getException()).isNull();
        assertThat(again.getException()).isNull();
        assertThat(emqx.bans()).extracting(BanRow::who).containsExactly("c1");
        // generation 4 says neither that a client is not there, nor that a ban is
        assertThat(handled(gone)).isEqualTo(v5() ? EmqxClientOfflineException.class : null);
        assertThat(handled(again)).isEqualTo(v5() ? EmqxConflictException.class : null);
    }

    private static Class<?> handled(Exchange exchange) {
        Object caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT);
        return caught == null ? null : caught.getClass();
    }

    @Test
    void whatPassesIsTriedAgain() throws Exception {
        context.addRoutes(quarantine());
        context.start();
        emqx.connect("c1");
        emqx.wireMock()
                .stubFor(delete(anyUrl())
                        .atPriority(1)
                        .inScenario("busy")
                        .whenScenarioStateIs(Scenario.STARTED)
                        .willReturn(aResponse().withStatus(503))
                        .willSetStateTo("over"));

        Exchange done = quarantine("c1");

        assertThat(done.getException()).isNull();
        assertThat(emqx.client("c1")).isEmpty();
        assertThat(emqx.wireMock().findAll(deleteRequestedFor(anyUrl()))).hasSize(2);
    }

    @Test
    void presenceIsToldOnce(@TempDir Path folder) throws Exception {
        try (FileStateStore state = new FileStateStore(folder.resolve("state"))) {
            context.getRegistry().bind("state", state);
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    // presence begins
                    from("emqx-platform:clients?stateStore=#state&stateKey=presence&events=connected,reconnected,disconnected,unreachable")
                            .idempotentConsumer(
                                    header(EmqxPlatformConstants.EVENT_ID), memoryIdempotentRepository(10_000))
                            .setBody(simple("${header.CamelEmqxPlatformKey} ${header.CamelEmqxPlatformEventType}"))
                            .to("seda:presence");
                    // presence ends
                }
            });
            context.getRouteDefinitions().get(0).routeId("presence");
            AdviceWith.adviceWith(context, "presence", route -> {
                route.replaceFromWith("emqx-platform:clients?stateStore=#state&stateKey=presence&delay=40"
                        + "&initialDelay=0&events=connected,reconnected,disconnected,unreachable");
                route.weaveByToUri("seda:*").replace().to("mock:presence");
            });
            context.start();
            MockEndpoint presence = getMockEndpoint("mock:presence");
            await().until(() -> !emqx.wireMock()
                    .findAll(getRequestedFor(urlMatching("/api/v[45]/clients\\?.*")))
                    .isEmpty());
            emqx.connect("c1");
            await().until(() -> presence.getReceivedCounter() == 1);
            emqx.disconnect("c1");
            await().until(() -> presence.getReceivedCounter() == 2);
            presence.expectedBodiesReceived("c1 connected", "c1 disconnected");
            presence.assertIsSatisfied();
            context.stop();
        }
    }

    @Test
    void manyMessagesGoInBatches() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                // batches begins
                from("direct:publish")
                        .setBody(message -> Map.of(
                                "topic", message.getMessage().getHeader(EmqxPlatformConstants.TOPIC),
                                "payload", message.getMessage().getBody()))
                        .aggregate(constant(true), AggregationStrategies.groupedBody())
                        .completionSize(1000)
                        .completionTimeout(100)
                        .to("emqx-platform:messages?operation=publish-bulk");
                // batches ends
            }
        });
        context.start();

        for (int i = 0; i < 1003; i++) {
            template.sendBodyAndHeader("direct:publish", "p" + i, EmqxPlatformConstants.TOPIC, "t/" + i);
        }

        await().untilAsserted(() -> assertThat(emqx.published()).hasSize(1003));
        assertThat(emqx.published().get(1002).topic()).isEqualTo("t/1002");
        await().untilAsserted(() -> assertThat(emqx.wireMock().findAll(postRequestedFor(urlMatching(".*publish.*"))))
                .hasSizeBetween(2, 500));
    }

    @Test
    void theRoutesOfThePageAreThoseAbove() throws IOException {
        List<String> blocks = new ArrayList<>();
        Matcher block = Pattern.compile("(?s)```java\\n(.*?)```").matcher(Files.readString(PAGE));
        while (block.find()) {
            blocks.add(block.group(1).replaceAll("\\s+", ""));
        }
        assertThat(blocks).containsExactly(run("quarantine"), run("presence"), run("errors"), run("batches"));
    }

    private static String run(String name) throws IOException {
        String source = Files.readString(THIS);
        String begin = "// " + name + " begins";
        return source.substring(source.indexOf(begin) + begin.length(), source.indexOf("// " + name + " ends"))
                .replaceAll("\\s+", "");
    }

    /** Whatever the table of tuning names is an option, an operation or an event. */
    @Test
    void whatHelpsIsThere() throws IOException {
        JsonNode schema = new ObjectMapper()
                .readTree(Path.of("src/generated/resources/META-INF/io/github/camelemqx/platform/emqx-platform.json")
                        .toFile());
        Set<String> known = new TreeSet<>(List.of("seda", "threads", "split"));
        schema.path("properties").fieldNames().forEachRemaining(known::add);
        Catalog.load()
                .resources()
                .forEach(resource -> known.addAll(resource.operations().keySet()));
        known.addAll(List.of("connected", "disconnected", "unreachable", "updated"));
        String page = Files.readString(PAGE);
        String table = page.substring(page.indexOf("## Tuning"), page.indexOf("## Upgrade"));
        Matcher quoted = Pattern.compile("`([^`]+)`").matcher(table);
        List<String> unknown = new ArrayList<>();
        int names = 0;
        while (quoted.find()) {
            names++;
            String name = quoted.group(1).replaceAll("(=.*|\\(.*)", "");
            boolean ofHttp = name.startsWith("http.") && httpOptions().contains(name.substring(5));
            if (!known.contains(name) && !ofHttp && !name.startsWith("param.") && !name.startsWith("camel.threads.")) {
                unknown.add(name);
            }
        }
        assertThat(unknown).isEmpty();
        assertThat(names).isGreaterThan(20);
    }

    private Set<String> httpOptions() {
        return context.getCamelContextExtension().getEndpointUriFactory("http").propertyNames();
    }

    private RouteBuilder quarantine() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                // errors begins
                onException(EmqxClientOfflineException.class).handled(true).log("has left already");
                onException(EmqxConflictException.class).handled(true).log("banned before");
                onException(EmqxPlatformException.class)
                        .onWhen(exchange -> exchange.getProperty(Exchange.EXCEPTION_CAUGHT, EmqxPlatformException.class)
                                .retryable())
                        .maximumRedeliveries(5)
                        .redeliveryDelay(2000)
                        .useExponentialBackOff();
                // errors ends

                // quarantine begins
                from("direct:quarantine")
                        .setBody(exchange -> new Ban(
                                "clientid",
                                exchange.getMessage().getHeader(EmqxPlatformConstants.CLIENT_ID, String.class),
                                "quarantine",
                                null,
                                null,
                                null))
                        .to("emqx-platform:banned?operation=create")
                        .to("emqx-platform:clients?operation=kick");
                // quarantine ends
            }
        };
    }

    private Exchange quarantine(String clientId) {
        return template.request("direct:quarantine", exchange -> exchange.getMessage()
                .setHeader(EmqxPlatformConstants.CLIENT_ID, clientId));
    }
}
