/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rules and what they use, and what a broker counts for a topic, beyond what the recordings show. */
class DataFlowTest {

    private EmqxSimulator simulator;

    @AfterEach
    void stop() {
        simulator.close();
    }

    private JsonNode get(String path) throws IOException {
        return RawHttp.get(simulator, path);
    }

    private RawHttp.Reply call(String method, String path, String body) throws IOException {
        return RawHttp.call(simulator, method, path, body);
    }

    @Test
    void v5ConnectsToWhateverIsNotKnownToBeDead() throws IOException {
        simulator = EmqxSimulator.start(Generation.V5);
        call("POST", "/connectors", "{\"type\":\"http\",\"name\":\"c\",\"url\":\"http://localhost:8080\"}");
        assertThat(get("/connectors/http%3Ac").path("status").asText()).isEqualTo("connected");
        call("PUT", "/connectors/http%3Ac/enable/false", null);
        assertThat(get("/connectors/http%3Ac").path("status").asText()).isEqualTo("disconnected");
        assertThat(call("PUT", "/connectors/http%3Ac", "{\"url\":\"http://localhost:9/x\"}")
                        .status())
                .isEqualTo(200);
        assertThat(get("/connectors/http%3Ac").path("status").asText()).isEqualTo("disconnected");
        assertThat(call("GET", "/connectors/http%3Anone", null).status()).isEqualTo(404);
    }

    @Test
    void aV5RuleLosesAnActionOnlyIfItIsToldTo() throws IOException {
        simulator = EmqxSimulator.start(Generation.V5);
        String action = "{\"type\":\"http\",\"name\":\"a\",\"connector\":\"c\",\"parameters\":{\"path\":\"/\"}}";
        assertThat(call("POST", "/actions", action).status()).isEqualTo(400);
        call("POST", "/connectors", "{\"type\":\"http\",\"name\":\"c\",\"url\":\"http://localhost:8080\"}");
        assertThat(call("POST", "/actions", action).status()).isEqualTo(201);
        assertThat(get("/connectors/http%3Ac").path("actions").toString()).isEqualTo("[\"a\"]");
        String sql = "\"sql\":\"SELECT * FROM \\\"t/#\\\"\"";
        call("POST", "/rules", "{\"id\":\"r\"," + sql + ",\"actions\":[\"http:a\"]}");
        assertThat(call("DELETE", "/actions/http%3Aa", null).status()).isEqualTo(400);
        assertThat(call("DELETE", "/actions/http%3Aa?also_delete_dep_actions=true", null)
                        .status())
                .isEqualTo(204);
        assertThat(get("/rules/r").path("actions")).isEmpty();
        call("PUT", "/rules/r", "{" + sql + ",\"enable\":false}");
        assertThat(get("/rules?enable=true").path("data")).isEmpty();
        assertThat(get("/rules?enable=false").path("data")).hasSize(1);
    }

    @Test
    void aV4ResourceStaysWhileARuleHasIt() throws IOException {
        simulator = EmqxSimulator.start(Generation.V4);
        String resource = call(
                        "POST", "/resources", "{\"type\":\"web_hook\",\"config\":{\"url\":\"http://localhost:8080\"}}")
                .json()
                .at("/data/id")
                .asText();
        String actions = "[{\"name\":\"data_to_webserver\",\"params\":{\"$resource\":\"" + resource + "\"}}]";
        String rule = call("POST", "/rules", "{\"rawsql\":\"SELECT * FROM \\\"t\\\"\",\"actions\":" + actions + "}")
                .json()
                .at("/data/id")
                .asText();
        assertThat(call("DELETE", "/resources/" + resource, null)
                        .json()
                        .path("code")
                        .asInt())
                .isEqualTo(400);
        call("DELETE", "/rules/" + rule, null);
        assertThat(call("DELETE", "/resources/" + resource, null)
                        .json()
                        .path("code")
                        .asInt())
                .isZero();
        assertThat(get("/resources").path("data")).isEmpty();
    }

    @Test
    void v4TriesAStatement() throws IOException {
        simulator = EmqxSimulator.start(Generation.V4);
        String test =
                "{\"test\":true,\"rawsql\":\"SELECT payload.x as x, clientid FROM \\\"t\\\" WHERE x >= 2 and clientid = 'c'\","
                        + "\"ctx\":{\"payload\":\"{\\\"x\\\":%s}\",\"clientid\":\"c\"}}";
        assertThat(call("POST", "/rules", test.formatted(2)).json().path("data").toString())
                .isEqualTo("{\"x\":2,\"clientid\":\"c\"}");
        assertThat(call("POST", "/rules", test.formatted(1)).json().path("code").asInt())
                .isEqualTo(404);
        assertThat(get("/rules").path("data")).isEmpty();
    }

    @Test
    void v4CountsMessagesOfATopicWhileTheModuleIsLoaded() throws IOException {
        simulator = EmqxSimulator.start(Generation.V4);
        call("PUT", "/modules/emqx_mod_topic_metrics/load", null);
        call("POST", "/topic-metrics", "{\"topic\":\"t\"}");
        call("POST", "/mqtt/publish", "{\"clientid\":\"c\",\"topic\":\"t\",\"payload\":\"p\",\"qos\":1}");
        JsonNode metrics = get("/topic-metrics/t").path("data");
        assertThat(metrics.path("messages.qos1.in.count").asInt()).isEqualTo(1);
        assertThat(metrics.path("messages.dropped.count").asInt()).isEqualTo(1);
        call("PUT", "/modules/emqx_mod_topic_metrics/unload", null);
        call("PUT", "/modules/emqx_mod_topic_metrics/load", null);
        assertThat(get("/topic-metrics").path("data")).isEmpty();
    }

    @Test
    void v5CountsMessagesOfATopicUntilItIsReset() throws IOException {
        simulator = EmqxSimulator.start(Generation.V5);
        call("POST", "/mqtt/topic_metrics", "{\"topic\":\"t\"}");
        call("POST", "/publish", "{\"topic\":\"t\",\"payload\":\"p\"}");
        assertThat(get("/mqtt/topic_metrics/t").at("/metrics/messages.in.count").asInt())
                .isEqualTo(1);
        call("PUT", "/mqtt/topic_metrics", "{\"action\":\"reset\",\"topic\":\"t\"}");
        assertThat(get("/mqtt/topic_metrics/t").at("/metrics/messages.in.count").asInt())
                .isZero();
    }

    @Test
    void v4ListsAKickedClientAmongThoseShutDown() throws IOException {
        simulator = EmqxSimulator.start(Generation.V4);
        simulator.connect("c1");
        simulator.connect("c2");
        call("DELETE", "/clients/c1", null);
        JsonNode tcp = get("/listeners").at("/data/0/listeners");
        assertThat(tcp.findValuesAsText("current_conns")).contains("1");
        assertThat(tcp.toString()).contains("{\"kicked\":1}");
    }
}
