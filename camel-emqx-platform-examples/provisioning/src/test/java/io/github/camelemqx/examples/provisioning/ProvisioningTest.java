/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.provisioning;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.github.camelemqx.platform.test.EmqxSimulator;
import io.github.camelemqx.platform.test.Generation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
@ParameterizedClass
@CsvSource({"V4, JAVA", "V5, JAVA", "V5, YAML"})
class ProvisioningTest {

    @Parameter(0)
    Generation generation;

    @Parameter(1)
    RoutesFrom routes;

    @TempDir
    Path folder;

    private final JdbcDataSource devices = new JdbcDataSource();
    private EmqxSimulator simulator;
    private Connection table;
    private Main camel;

    @BeforeEach
    void start() throws Exception {
        simulator = EmqxSimulator.start(generation);
        devices.setURL("jdbc:h2:mem:" + UUID.randomUUID());
        table = devices.getConnection();
    }

    @AfterEach
    void stop() throws Exception {
        if (camel != null) {
            camel.stop();
        }
        table.close();
        simulator.close();
    }

    private void run(RouteBuilder source) {
        if (camel != null) {
            camel.stop();
        }
        camel = new Main();
        camel.bind("devices", devices);
        camel.addOverrideProperty("camel.component.emqx-platform.api-url", simulator.apiUrl());
        camel.addOverrideProperty("camel.component.emqx-platform.app-id", simulator.appId());
        camel.addOverrideProperty("camel.component.emqx-platform.app-secret", simulator.appSecret());
        camel.addOverrideProperty("camel.component.emqx-platform.max-retries", "0");
        camel.addOverrideProperty("provisioning.inbox", folder.resolve("inbox").toString());
        camel.addOverrideProperty(
                "provisioning.reports", folder.resolve("reports").toString());
        camel.addOverrideProperty("provisioning.delay", "50");
        routes.into(camel, source);
        camel.start();
    }

    private void put(String... lines) throws IOException {
        Files.createDirectories(folder.resolve("inbox"));
        Files.writeString(folder.resolve("inbox/new.csv"), "device_id,password\n" + String.join("\n", lines) + "\n");
    }

    private void awaitDone() {
        await().until(() -> Files.exists(folder.resolve("inbox/.done/new.csv")));
    }

    private List<String> report() throws IOException {
        return Files.readAllLines(folder.resolve("reports/new.report.csv"));
    }

    private List<String> rows() throws Exception {
        List<String> rows = new ArrayList<>();
        try (Statement statement = table.createStatement();
                ResultSet all = statement.executeQuery("select device_id, status from devices order by id")) {
            while (all.next()) {
                rows.add(all.getString(1) + " " + all.getString(2));
            }
        }
        return rows;
    }

    private void sql(String statement) throws Exception {
        try (Statement executed = table.createStatement()) {
            executed.execute(statement);
        }
    }

    /** The first call that has this in its body finds the broker down. */
    private void downOnceFor(String device) {
        simulator
                .wireMock()
                .stubFor(post(urlPathMatching(".*/(users|auth_username)"))
                        .atPriority(1)
                        .withRequestBody(containing('"' + device + '"'))
                        .inScenario("down")
                        .whenScenarioStateIs(Scenario.STARTED)
                        .willReturn(aResponse().withStatus(503))
                        .willSetStateTo("up"));
    }

    @Test
    void theReadmeShowsWhatTheDemoPrints() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        boolean done;
        try (PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
            done = ProvisioningDemo.run(
                    generation, folder, camel -> routes.into(camel, new FromFile(), new FromTable()), out);
        }
        String printed = bytes.toString(StandardCharsets.UTF_8);
        assertThat(done).as(printed).isTrue();
        if (generation == Generation.V5) {
            assertThat(Files.readString(Path.of("README.md"))).contains(printed);
        }
        assertThat(printed)
                .contains(
                        "2,\"pump-1\",created", "3,\"pump-2\",existed", "4,\"pump-1\",existed", "5,\"valve-1\",created")
                .contains("6,\"valve-2\",refused,\"no password\"", "7,,refused", "1 gate-1 created", "3 gate-1 existed")
                .doesNotContain("simulator-secret")
                .doesNotContain(passwords());
    }

    private static List<String> passwords() throws IOException {
        String all = "";
        for (String file : List.of("/devices.csv", "/devices.sql")) {
            try (InputStream text = ProvisioningTest.class.getResourceAsStream(file)) {
                all += new String(text.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
        return all.lines()
                .flatMap(line -> Pattern.compile("[a-zA-Z]{2}\\d[-,][a-z]+-\\d\\d")
                        .matcher(line)
                        .results())
                .map(MatchResult::group)
                .toList();
    }

    @Test
    void moreLinesThanAreReadAtOnce() throws Exception {
        simulator.addUser("d150", "p");
        put(IntStream.rangeClosed(1, 230)
                .mapToObj(i -> i == 120 ? "broken" : "d" + i + ",p" + i)
                .toArray(String[]::new));
        run(new FromFile());

        awaitDone();
        assertThat(report()).hasSize(230).startsWith("2,\"d1\",created,\"\"").endsWith("231,\"d230\",created,\"\"");
        assertThat(report())
                .filteredOn(line -> !line.contains("created"))
                .satisfiesExactly(
                        broken -> assertThat(broken).isEqualTo("121,\"broken\",refused,\"no password\""),
                        there -> assertThat(there).startsWith("151,\"d150\",existed,"));
        assertThat(simulator.users()).hasSize(229);
    }

    @Test
    void aFileIsReadAgainUntilAllOfItIsDone() throws Exception {
        downOnceFor("d3");
        put("d1,p", "d2,p", "d3,p", "d4,p");
        run(new FromFile());

        awaitDone();
        assertThat(simulator.users()).containsExactlyInAnyOrder("d1", "d2", "d3", "d4");
        if (generation == Generation.V4) {
            // one call for all of them, of which nothing was done
            assertThat(report()).allMatch(line -> line.contains("created")).hasSize(4);
        } else {
            assertThat(report())
                    .extracting(line -> line.split(",", -1)[2])
                    .containsExactly(
                            "created", "created", "later", "later", "existed", "existed", "created", "created");
        }
    }

    @Test
    void theSameFileOnceMoreDoesNoHarm() throws Exception {
        put("d1,p", "d2,p");
        run(new FromFile());
        awaitDone();
        Files.move(folder.resolve("inbox/.done/new.csv"), folder.resolve("inbox/new.csv"));

        awaitDone();
        assertThat(report())
                .extracting(line -> line.split(",", -1)[2])
                .containsExactly("created", "created", "existed", "existed");
    }

    @Test
    void rowsOfTheTableAreWrittenBack() throws Exception {
        sql("runscript from 'classpath:devices.sql'");
        downOnceFor("gate-2");
        run(new FromTable());

        List<String> done =
                List.of("gate-1 created", "gate-2 created", "gate-1 existed", "pump-2 created", "gate-3 refused");
        await().untilAsserted(() -> assertThat(rows()).isEqualTo(done));
        assertThat(simulator.users()).containsExactlyInAnyOrder("gate-1", "gate-2", "pump-2");
    }

    /** What a process that died in between leaves behind: users whose rows say nothing of it. */
    @Test
    void aRestartInTheMiddleDoesNoHarm() throws Exception {
        sql("runscript from 'classpath:devices.sql'");
        simulator.addUser("gate-1", "mV4-candle-82");
        run(new FromTable());
        await().untilAsserted(() -> assertThat(rows()).noneMatch(row -> row.endsWith(" new")));

        sql("insert into devices (device_id, password) values ('gate-4', 'p')");
        run(new FromTable());

        await().untilAsserted(() -> assertThat(rows())
                .containsExactly(
                        "gate-1 existed",
                        "gate-2 created",
                        "gate-1 existed",
                        "pump-2 created",
                        "gate-3 refused",
                        "gate-4 created"));
        // each was asked for once, and none a second time
        String calls = simulator.wireMock().getAllServeEvents().stream()
                .map(call -> call.getRequest().getBodyAsString())
                .collect(Collectors.joining());
        assertThat(calls.split("pump-2", -1)).hasSize(2);
    }
}
