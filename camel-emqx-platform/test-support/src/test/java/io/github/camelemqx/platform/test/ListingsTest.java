/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Pages, cursors and filters. */
class ListingsTest {

    private final TickingClock clock = new TickingClock("2026-01-02T03:04:05.678Z", ZoneOffset.UTC);

    @RegisterExtension
    final EmqxSimulatorExtension v5 = EmqxSimulatorExtension.of(Generation.V5, clock);

    @RegisterExtension
    final EmqxSimulatorExtension v4 = EmqxSimulatorExtension.of(Generation.V4, clock);

    private EmqxSimulator of(Generation generation) {
        return (generation == Generation.V5 ? v5 : v4).simulator();
    }

    @ParameterizedTest
    @EnumSource
    void pagesThroughAHundredThousandClients(Generation generation) throws IOException {
        EmqxSimulator simulator = of(generation);
        int clients = 100_000;
        for (int i = 0; i < clients; i++) {
            simulator.connect("c" + i);
        }
        String path = generation == Generation.V5
                ? "/clients?fields=clientid&limit=9000&page="
                : "/clients?_limit=9000&_page=";
        int seen = 0;
        boolean more = true;
        for (int page = 1; more; page++) {
            JsonNode answer = RawHttp.get(simulator, path + page);
            assertThat(answer.at("/meta/count").asInt()).isEqualTo(clients);
            assertThat(answer.at("/data/0/clientid").asText()).isEqualTo("c" + seen);
            seen += answer.at("/data").size();
            more = answer.at("/meta/hasnext").asBoolean();
        }
        assertThat(seen).isEqualTo(clients);
    }

    @Test
    void walksByCursorOverTheNodesWhileClientsLeave() throws IOException {
        v5.simulator().addNode("emqx2@127.0.0.1");
        for (int i = 0; i < 5; i++) {
            v5.connect("a" + i);
            v5.connect(ClientOptions.of("b" + i).node("emqx2@127.0.0.1"));
        }
        List<String> seen = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = get(v5, "/clients_v2?limit=2" + cursor);
            page.at("/data").forEach(row -> seen.add(row.path("clientid").asText()));
            if (seen.size() == 2) {
                v5.disconnect("a0");
                v5.disconnect("a1");
            }
            cursor = page.at("/meta").has("cursor")
                    ? "&cursor=" + page.at("/meta/cursor").asText()
                    : "";
        } while (!cursor.isEmpty());
        assertThat(seen).containsExactly("a0", "a1", "a2", "a3", "a4", "b0", "b1", "b2", "b3", "b4");
    }

    @Test
    void aCursorIntoALostNodeLooksLikeTheEnd() throws IOException {
        v5.simulator().addNode("emqx2@127.0.0.1");
        v5.simulator().addNode("emqx3@127.0.0.1");
        v5.connect(ClientOptions.of("b1").node("emqx2@127.0.0.1"));
        v5.connect(ClientOptions.of("b2").node("emqx2@127.0.0.1"));
        v5.connect(ClientOptions.of("c1").node("emqx3@127.0.0.1"));
        String cursor = get(v5, "/clients_v2?limit=1").at("/meta/cursor").asText();
        v5.simulator().stopNode("emqx2@127.0.0.1");
        JsonNode next = get(v5, "/clients_v2?limit=1&cursor=" + cursor);
        assertThat(next.at("/data")).isEmpty();
        assertThat(next.at("/meta").has("cursor")).isFalse();
    }

    @Test
    void aCursorBehindTheLastNodeIsBad() throws IOException {
        v5.simulator().addNode("emqx2@127.0.0.1");
        v5.connect(ClientOptions.of("b1").node("emqx2@127.0.0.1"));
        String cursor = get(v5, "/clients_v2?limit=1").at("/meta/cursor").asText();
        v5.simulator().stopNode("emqx2@127.0.0.1");
        assertThat(get(v5, "/clients_v2?limit=1&cursor=" + cursor)
                        .path("message")
                        .asText())
                .isEqualTo("bad cursor");
    }

    @Test
    void theCursorKnowsNeitherNodesNorFields() throws IOException {
        v5.simulator().addNode("emqx2@127.0.0.1");
        v5.connect("a1");
        v5.connect(ClientOptions.of("b1").node("emqx2@127.0.0.1"));
        JsonNode page = get(v5, "/clients_v2?node=emqx2@127.0.0.1&fields=clientid&limit=10");
        assertThat(page.at("/data")).hasSize(2);
        assertThat(page.at("/data/0").has("connected_at")).isTrue();
        assertThat(page.at("/meta").has("cursor")).isFalse();
    }

    @Test
    void anOlderBrokerHasNoCursor() throws IOException {
        v5.connect("a1");
        v5.simulator().withoutCursorListing();
        assertThat(get(v5, "/clients_v2?limit=10").path("message").asText()).isEqualTo("Request Path Not Found");
        assertThat(get(v5, "/clients?limit=10").at("/data")).hasSize(1);
        v5.simulator().reset();
        assertThat(get(v5, "/clients_v2?limit=10").at("/data")).isEmpty();
    }

    @Test
    void findsManyIdsAtOnce() throws IOException {
        for (int i = 0; i < 10; i++) {
            v5.connect("c" + i);
        }
        assertThat(get(v5, "/clients?clientid=c3&clientid=c7&clientid=none")
                        .at("/meta/count")
                        .asInt())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "like_clientid=a | a1 a2",
                "like_username=li | a1",
                "username=alice&username=bob | a1 b1",
                "ip_address=10.0.0.1 | a2",
                "clean_start=false | b1",
                "clean_start=true&clientid=a1&clientid=b1 | a1",
                "proto_ver=4 | a2",
                "conn_state=disconnected | b1",
                "conn_state=idle | ''",
                "gte_connected_at=2026-01-02T03:04:06Z | b1",
                "lte_created_at=1767323045678 | a1 a2",
                "node=emqx@127.0.0.1&like_clientid=1 | a1 b1"
            })
    void filtersClientsOfV5(String query, String expected) throws IOException {
        connectThree(v5);
        assertThat(column(get(v5, "/clients?" + query), "clientid")).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "_like_clientid=a | a1 a2",
                "username=alice | a1",
                "ip_address=10.0.0.1 | a2",
                "clean_start=false | b1",
                "proto_ver=4&proto_name=MQTT | a2",
                "conn_state=disconnected | b1",
                "zone=external | a1 a2 b1",
                "_gte_connected_at=1767323046 | b1",
                "_lte_created_at=1767323045 | a1 a2"
            })
    void filtersClientsOfV4(String query, String expected) throws IOException {
        connectThree(v4);
        JsonNode answer = get(v4, "/clients?" + query);
        assertThat(column(answer, "clientid")).isEqualTo(expected);
        assertThat(answer.at("/meta/count").asInt()).isEqualTo(-1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "clientid=a1 | t/1 $share/g/t/+",
                "qos=2 | $share/g/t/+",
                "topic=t/1 | t/1 t/1",
                "share_group=g | $share/g/t/+",
                "match_topic=t/%23 | t/1 $share/g/t/+ t/1",
                "durable=true | ''",
                "limit=1&page=2 | $share/g/t/+"
            })
    void filtersSubscriptionsOfV5(String query, String expected) throws IOException {
        connectThree(v5);
        v5.subscribe("a1", "t/1", 1);
        v5.subscribe("a1", "$share/g/t/+", 2);
        v5.subscribe("a2", "t/1", 0);
        assertThat(column(get(v5, "/subscriptions?" + query), "topic")).isEqualTo(expected);
    }

    @Test
    void listsAndClearsBansOfV5() throws IOException {
        v5.simulator().ban("clientid", "bad1", null);
        v5.simulator().ban("username", "bad2", null);
        JsonNode like = get(v5, "/banned?like_username=bad");
        assertThat(column(like, "who")).isEqualTo("bad2");
        assertThat(like.at("/meta").has("count")).isFalse();
        assertThat(RawHttp.call(v5.simulator(), "DELETE", "/banned", null).status())
                .isEqualTo(204);
        assertThat(v5.simulator().bans()).isEmpty();
    }

    private void connectThree(EmqxSimulatorExtension emqx) {
        emqx.connect(ClientOptions.of("a1").username("alice"));
        emqx.connect(ClientOptions.of("a2").protoVer(4).ipAddress("10.0.0.1"));
        clock.advance(Duration.ofSeconds(1));
        emqx.connect(ClientOptions.of("b1").username("bob").cleanStart(false).expiryInterval(60));
        emqx.disconnect("b1");
    }

    private static String column(JsonNode answer, String name) {
        List<String> values = new ArrayList<>();
        answer.at("/data").forEach(row -> values.add(row.path(name).asText()));
        return String.join(" ", values);
    }

    private static JsonNode get(EmqxSimulatorExtension emqx, String path) throws IOException {
        return RawHttp.get(emqx.simulator(), path);
    }
}
