/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.prometheus;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelemqx.platform.test.EmqxSimulator;
import io.github.camelemqx.platform.test.Generation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
@ParameterizedClass
@CsvSource({"V4, JAVA", "V5, JAVA", "V5, YAML"})
class PrometheusMetricsTest {

    private static final Pattern METRIC = Pattern.compile("\\b(?:emqx|camel)_[a-z_]+\\b");

    @Parameter(0)
    Generation generation;

    @Parameter(1)
    RoutesFrom routes;

    private EmqxSimulator emqx;
    private PrometheusMetrics metrics;
    private int port;

    @BeforeEach
    void start() throws IOException {
        emqx = EmqxSimulator.start(generation);
        emqx.connect("c1");
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        metrics = routes.metrics(emqx)
                .set("camel.management.port", String.valueOf(port))
                .set("metrics.delay", "30")
                .set("stats.delay", "30")
                .set("clients.delay", "30")
                .start();
        soon().untilAsserted(() -> {
            assertThat(value("emqx_watch_ready{routeId=\"metrics\"}")).isEqualTo(1);
            assertThat(value("emqx_watch_ready{routeId=\"clients\"}")).isEqualTo(1);
        });
    }

    /** A build may be short of everything. */
    private static ConditionFactory soon() {
        return Awaitility.await().atMost(Duration.ofSeconds(40));
    }

    @AfterEach
    void stop() {
        metrics.close();
        emqx.close();
    }

    private double value(String series) throws Exception {
        return Scrape.of(port).value(series);
    }

    @Test
    void valuesFollowTheBroker() throws Exception {
        assertThat(value("emqx_messages_received_total")).isZero();
        soon().untilAsserted(() -> assertThat(value("emqx_live_connections")).isEqualTo(1));

        emqx.connect("c2");
        emqx.subscribe("c2", "t/#", 1);
        emqx.count("messages.received", 7);
        soon().untilAsserted(() -> {
            assertThat(value("emqx_messages_received_total")).isEqualTo(7);
            assertThat(value("emqx_client_connected_total")).isEqualTo(1);
            assertThat(value("emqx_live_connections")).isEqualTo(2);
            assertThat(value("emqx_subscriptions")).isEqualTo(1);
        });

        emqx.disconnect("c1");
        emqx.disconnect("c2");
        soon().untilAsserted(() -> {
            assertThat(value("emqx_live_connections")).isZero();
            assertThat(
                            value(
                                    "camel_emqx_platform_events_total{resource=\"clients\",routeId=\"clients\",type=\"disconnected\"}"))
                    .isEqualTo(2);
        });
    }

    @Test
    void aRestartedNodeTakesNothingAway() throws Exception {
        String node = emqx.client("c1").orElseThrow().node();
        emqx.count("messages.received", 100);
        soon().untilAsserted(
                        () -> assertThat(value("emqx_messages_received_total")).isEqualTo(100));

        emqx.restartNode(node);
        emqx.count("messages.received", 5);
        soon().untilAsserted(
                        () -> assertThat(value("emqx_messages_received_total")).isEqualTo(105));
    }

    @Test
    void noClientIsALabel() throws Exception {
        emqx.connect("first");
        emqx.disconnect("first");
        emqx.connect("first");
        soon().untilAsserted(
                        () -> assertThat(value("emqx_client_connected_total")).isEqualTo(2));
        soon().untilAsserted(() -> assertThat(Scrape.of(port).text()).contains("type=\"connected\""));
        emqx.disconnect("first");
        soon().untilAsserted(() -> assertThat(Scrape.of(port).text()).contains("type=\"disconnected\""));
        Set<String> before = Scrape.of(port).series();

        for (int i = 0; i < 300; i++) {
            emqx.connect("odd-id\"{}" + i);
        }
        soon().untilAsserted(
                        () -> assertThat(value("camel_emqx_platform_rows{resource=\"clients\",routeId=\"clients\"}"))
                                .isEqualTo(301));
        soon().untilAsserted(
                        () -> assertThat(value("emqx_client_connected_total")).isEqualTo(302));

        Scrape after = Scrape.of(port);
        assertThat(after.series()).isEqualTo(before);
        assertThat(after.text()).doesNotContain("odd-id").doesNotContain(emqx.appSecret());
    }

    @Test
    void aWatchThatFailsIsSeen() throws Exception {
        emqx.wireMock()
                .stubFor(get(urlPathMatching(".*/stats"))
                        .atPriority(1)
                        .willReturn(aResponse().withStatus(503)));
        soon().untilAsserted(() -> {
            assertThat(value("emqx_watch_ready{routeId=\"stats\"}")).isZero();
            assertThat(value("camel_emqx_platform_polls_failed_total{resource=\"stats\",routeId=\"stats\"}"))
                    .isPositive();
        });
        assertThat(value("emqx_watch_ready{routeId=\"metrics\"}")).isEqualTo(1);
    }

    /** The dashboard asks for nothing that is not there. */
    @Test
    void theDashboardKnowsTheMetrics() throws Exception {
        emqx.connect("c2");
        soon().untilAsserted(() -> assertThat(Scrape.of(port).names()).contains("camel_emqx_platform_events_total"));

        JsonNode dashboard =
                new ObjectMapper().readTree(Path.of("dashboard.json").toFile());
        List<String> queries = dashboard.findValuesAsText("expr");
        assertThat(queries).hasSizeGreaterThan(10);
        Set<String> asked = new TreeSet<>();
        queries.forEach(query -> {
            Matcher metric = METRIC.matcher(query);
            assertThat(metric.find()).as(query).isTrue();
            metric.reset();
            while (metric.find()) {
                asked.add(metric.group());
            }
        });
        assertThat(Scrape.of(port).names()).containsAll(asked);
        assertThat(dashboard.get("panels")).allSatisfy(panel -> {
            assertThat(panel.get("title").asText()).isNotBlank();
            assertThat(panel.get("datasource").get("uid").asText()).isEqualTo("${DS_PROMETHEUS}");
        });
    }
}
