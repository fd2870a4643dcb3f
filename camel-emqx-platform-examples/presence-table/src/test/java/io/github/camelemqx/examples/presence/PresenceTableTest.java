/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.client.WireMock;
import io.github.camelemqx.platform.EmqxPlatformComponent;
import io.github.camelemqx.platform.EmqxPlatformConstants;
import io.github.camelemqx.platform.health.WatchStatus;
import io.github.camelemqx.platform.model.ResourceChange;
import io.github.camelemqx.platform.test.EmqxSimulator;
import io.github.camelemqx.platform.test.Generation;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(180)
class PresenceTableTest {

    private static final AtomicReference<EmbeddedPostgres> POSTGRES = new AtomicReference<>();
    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");

    @TempDir
    Path folder;

    @BeforeAll
    static void startDatabase() throws IOException {
        POSTGRES.set(EmbeddedPostgres.builder().start());
    }

    @AfterAll
    static void stopDatabase() throws IOException {
        POSTGRES.get().close();
    }

    @BeforeEach
    void withoutTables() throws SQLException {
        try (Connection connection = POSTGRES.get().getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE IF EXISTS presence, emqx_platform_state");
        }
    }

    @ParameterizedTest
    @EnumSource
    void theTableIsRightAfterTheLeaderWasKilled(Generation generation) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        boolean right;
        try (PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
            right = new PresenceTable(generation, POSTGRES.get(), out).run();
        }
        String printed = bytes.toString(StandardCharsets.UTF_8);
        assertThat(right).as(printed).isTrue();
        assertThat(printed)
                .containsPattern("truck-1 +online +truck[^K]+killed")
                .containsPattern("killed[^$]+truck-1 +offline")
                .containsPattern("meter-1 +unreachable +meter +emqx@node2")
                .containsPattern("pump-2 +online")
                .contains("The table is right.")
                .doesNotContain("simulator-secret");
    }

    private Member member(EmqxSimulator emqx, RoutesFrom routes) throws Exception {
        return new Member(
                Map.of(
                        "EMQX_API_URL", emqx.apiUrl(),
                        "EMQX_APP_ID", emqx.appId(),
                        "EMQX_APP_SECRET", emqx.appSecret(),
                        "PRESENCE_DATABASE", POSTGRES.get().getJdbcUrl("postgres", "postgres"),
                        "PRESENCE_CLUSTER", folder.toString(),
                        "PRESENCE_MEMBER", "me"),
                routes);
    }

    private static void tell(Member member, String id, String type, Instant at) throws Exception {
        Map<String, Object> fields = Map.of("node", "emqx@node1", "connected_at", NOON.toString());
        boolean gone = type.equals("disconnected");
        member.camel()
                .getCamelTemplate()
                .sendBodyAndHeader(
                        "direct:presence-row",
                        new ResourceChange("clients", type, "c1", gone ? fields : null, gone ? null : fields, at),
                        EmqxPlatformConstants.EVENT_ID,
                        id);
    }

    @ParameterizedTest
    @EnumSource
    void whatComesTwiceOrTooLateChangesNothing(RoutesFrom routes) throws Exception {
        Table table = new Table(POSTGRES.get().getPostgresDatabase());
        table.create();
        table.create();
        try (EmqxSimulator emqx = EmqxSimulator.start(Generation.V5);
                Member member = member(emqx, routes)) {
            member.start();
            tell(member, "w-1", "connected", NOON);
            tell(member, "w-2", "disconnected", NOON.plusSeconds(5));
            assertThat(table.states()).containsExactly(Map.entry("c1", "offline"));
            Table.Row row = table.rows().get(0);

            tell(member, "w-1", "connected", NOON);
            tell(member, "w-2", "disconnected", NOON.plusSeconds(5));
            assertThat(table.rows()).containsExactly(row);

            // seen by one poll, at one time: the order is that of their arrival
            tell(member, "w-3", "connected", NOON.plusSeconds(9));
            tell(member, "w-4", "disconnected", NOON.plusSeconds(9));
            assertThat(table.states()).containsExactly(Map.entry("c1", "offline"));
        }
    }

    private static int looks(EmqxSimulator emqx) {
        return emqx.wireMock()
                .countRequestsMatching(WireMock.getRequestedFor(WireMock.urlPathMatching(".*/clients.*"))
                        .build())
                .getCount();
    }

    private static WatchStatus watch(Member member) {
        return member.camel()
                .getCamelContext()
                .getComponent("emqx-platform", EmqxPlatformComponent.class)
                .watches()
                .get(0);
    }

    @ParameterizedTest
    @CsvSource({"V4, JAVA", "V5, JAVA", "V5, YAML"})
    void anEventWaitsForTheDatabaseAndOddIdsHoldUpNobody(Generation generation, RoutesFrom routes) throws Exception {
        Table table = new Table(POSTGRES.get().getPostgresDatabase());
        String odd = "'; DROP TABLE presence; -- :#x ${body}";
        try (EmqxSimulator emqx = EmqxSimulator.start(generation);
                Member member = member(emqx, routes)) {
            emqx.connect(odd);
            emqx.connect("c1");
            member.start();
            // there is no table yet: the exchanges fail, and come again
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> looks(emqx) > 3 && watch(member).pending() == 2);
            table.create();
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(table.states())
                    .containsExactly(Map.entry(odd, "online"), Map.entry("c1", "online")));
            emqx.disconnect(odd);
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(table.states()).containsEntry(odd, "offline"));
        }
    }
}
