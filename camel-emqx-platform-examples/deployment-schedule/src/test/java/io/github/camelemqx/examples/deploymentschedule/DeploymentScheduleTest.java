/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.deploymentschedule;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.github.camelemqx.platform.test.EmqxSimulator;
import io.github.camelemqx.platform.test.Generation;
import io.github.camelemqx.platform.test.PlatformRequest;
import io.github.camelemqx.platform.test.PlatformSimulator;
import io.github.camelemqx.platform.test.PublishedMessage;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.Properties;
import java.util.TimeZone;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;
import org.quartz.CronExpression;

@Timeout(180)
@ParameterizedClass
@CsvSource({"V5, JAVA", "V4, YAML"})
class DeploymentScheduleTest {

    private static final String NEVER = "0 0 0 1 1 ? 2099";

    @Parameter(0)
    Generation generation;

    @Parameter(1)
    RoutesFrom routes;

    private final PlatformSimulator account = PlatformSimulator.start();
    private final Main camel = new Main();
    private final Reports reports = new Reports();
    private EmqxSimulator broker;
    private String id;

    @BeforeEach
    void start() {
        broker = EmqxSimulator.start(generation);
        account.addProject("p1", "plant");
        id = account.addDeployment("p1", "press-shop", "stopped").deploymentId();
        account.settleAfterLooks(1);
        camel.addOverrideProperty("camel.component.emqx-platform.platform-api-url", account.platformApiUrl());
        camel.addOverrideProperty("camel.component.emqx-platform.platform-key", account.platformKey());
        camel.addOverrideProperty("camel.component.emqx-platform.platform-secret", account.platformSecret());
        camel.addOverrideProperty("camel.component.emqx-platform.api-url", broker.apiUrl());
        camel.addOverrideProperty("camel.component.emqx-platform.app-id", broker.appId());
        camel.addOverrideProperty("camel.component.emqx-platform.app-secret", broker.appSecret());
        camel.addOverrideProperty("schedule.deployment", id);
        camel.addOverrideProperty("schedule.wait", "200");
        camel.addOverrideProperty("schedule.retry", "10");
        // not while a test does it
        camel.addOverrideProperty("schedule.start", NEVER);
        camel.addOverrideProperty("schedule.stop", NEVER);
        routes.accept(camel);
        camel.configure().addRoutesBuilder(reports);
        camel.start();
    }

    @AfterEach
    void stop() {
        camel.stop();
        broker.close();
        account.close();
    }

    private String report(String endpoint) throws Exception {
        camel.getCamelTemplate().sendBody(endpoint, null);
        return reports.next();
    }

    private List<String> calls() {
        return account.requests().stream().map(PlatformRequest::method).toList();
    }

    private String status() {
        return account.deployment(id).orElseThrow().status();
    }

    private static MappingBuilder once(MappingBuilder call) {
        return call.atPriority(1)
                .inScenario("once")
                .whenScenarioStateIs(Scenario.STARTED)
                .willSetStateTo("over");
    }

    @Test
    void theDemoReportsAll() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        boolean done;
        try (PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
            done = ScheduleDemo.run(generation, routes, out);
        }
        String printed = bytes.toString(StandardCharsets.UTF_8);
        assertThat(done).as(printed).isTrue();
        // so many seconds of the hour are left
        String left = "another \\d+ s";
        assertThat(Files.readString(Path.of("README.md")).replaceAll(left, "some seconds"))
                .contains(printed.replaceAll(left, "some seconds"));
        assertThat(printed)
                .contains("runs", "LATE", "LIMIT", "operations/schedule  stopping")
                .doesNotContain(account.platformSecret(), broker.appSecret());
    }

    @Test
    void startsAndStopsAndTellsTheClientsBefore() throws Exception {
        assertThat(report("direct:start")).isEqualTo("runs");
        assertThat(status()).isEqualTo("running");
        assertThat(broker.published()).isEmpty();

        assertThat(report("direct:stop")).isEqualTo("is stopped");
        assertThat(status()).isEqualTo("stopped");
        assertThat(broker.published()).extracting(PublishedMessage::topic).containsExactly("operations/schedule");
    }

    @Test
    void whatIsDoneAlreadyIsNotDoneAgain() throws Exception {
        assertThat(report("direct:stop")).isEqualTo("is stopped already");
        account.setStatus(id, "running");
        assertThat(report("direct:start")).isEqualTo("runs already");
        assertThat(calls()).containsExactly("GET", "GET");
        assertThat(broker.published()).isEmpty();
    }

    @Test
    void anAccountThatDoesNotAnswerIsAskedAgain() throws Exception {
        account.wireMock()
                .stubFor(once(get(urlPathMatching(".*/deployments/.*")))
                        .willReturn(aResponse().withStatus(503)));
        assertThat(report("direct:start")).isEqualTo("runs");

        account.wireMock()
                .stubFor(any(urlPathMatching(".*"))
                        .atPriority(1)
                        .willReturn(aResponse().withStatus(503)));
        account.wireMock().resetRequests();
        assertThat(report("direct:stop")).startsWith("cannot be reached: deployments:get failed with HTTP 503");
        assertThat(calls()).containsExactly("GET", "GET", "GET", "GET");
    }

    @Test
    void aDeploymentThatFailsIsReported() throws Exception {
        account.wireMock()
                .stubFor(post(urlPathMatching(".*/start"))
                        .atPriority(1)
                        .willReturn(okJson("{\"deploymentID\":\"" + id + "\",\"status\":\"failed\"}")));
        assertThat(report("direct:start"))
                .startsWith("FAILED: deployments:start failed: the call succeeded, but the status is 'failed'");
    }

    @Test
    void aKeyThatMayNotIsReported() throws Exception {
        account.forbid(true);
        assertThat(report("direct:start"))
                .startsWith("FAILED: deployments:get failed")
                .contains("HTTP 403");
    }

    @Test
    void itStopsThoughTheClientsCannotBeTold() throws Exception {
        account.setStatus(id, "running");
        broker.wireMock()
                .stubFor(post(urlPathMatching(".*publish"))
                        .atPriority(1)
                        .willReturn(aResponse().withStatus(500)));
        assertThat(report("direct:stop")).isEqualTo("is stopped");
    }

    /** In the file as it is, the deployment runs on working days from 7 to 19. */
    @Test
    void theScheduleOfTheFileIsOne() throws Exception {
        Properties file = new Properties();
        try (var text = DeploymentScheduleTest.class.getResourceAsStream("/application.properties")) {
            file.load(text);
        }
        // a Friday evening in Berlin
        Instant friday = Instant.parse("2026-11-27T18:30:00Z");
        assertThat(next(file, "schedule.start", friday)).isEqualTo("2026-11-30T06:00:00Z");
        assertThat(next(file, "schedule.stop", friday.minus(1, ChronoUnit.HOURS)))
                .isEqualTo("2026-11-27T18:00:00Z");
    }

    private static Instant next(Properties file, String cron, Instant after) throws Exception {
        CronExpression expression = new CronExpression(file.getProperty(cron));
        expression.setTimeZone(TimeZone.getTimeZone(file.getProperty("schedule.zone")));
        return expression.getNextValidTimeAfter(Date.from(after)).toInstant();
    }
}
