/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What tests and the API tell each other about rules, alarms and retained messages. */
class AclAndAlarmsTest {

    private static final String V5_RULES = "/authorization/sources/built_in_database/rules";

    private final TickingClock clock = new TickingClock("2026-01-01T00:00:00Z", ZoneOffset.UTC);
    private EmqxSimulator simulator;

    private void start(Generation generation) {
        simulator = EmqxSimulator.start(generation, clock);
    }

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
    void aRuleOfATestIsInAV5DatabaseThatIsThere() throws IOException {
        start(Generation.V5);
        simulator.addAclRule(new AclRow("clientid", "c1", "publish", "t/#", "deny"));
        JsonNode rules = get(V5_RULES + "/clients/c1").path("rules");
        assertThat(rules).hasSize(1);
        assertThat(rules.at("/0/permission").asText()).isEqualTo("deny");
        assertThat(get("/authorization/sources").path("sources")).hasSize(2);
    }

    @Test
    void aRuleOfTheV5ApiIsSeenByATest() throws IOException {
        start(Generation.V5);
        call("POST", "/authorization/sources", "{\"type\":\"built_in_database\",\"enable\":true}");
        String item =
                "[{\"username\":\"u1\",\"rules\":[{\"topic\":\"a\",\"action\":\"all\",\"permission\":\"allow\",\"qos\":[1],\"retain\":\"true\"}]}]";
        assertThat(call("POST", V5_RULES + "/users", item).status()).isEqualTo(204);
        assertThat(simulator.aclRules())
                .containsExactly(new AclRow("username", "u1", "all", "a", "allow", List.of(1), "true"));
        assertThat(call("DELETE", "/authorization/sources/built_in_database", null)
                        .status())
                .isEqualTo(204);
        assertThat(simulator.aclRules()).isEmpty();
        assertThat(call("GET", V5_RULES + "/users", null).status()).isEqualTo(404);
    }

    @Test
    void oneBadItemSpoilsAV5ListOfRules() throws IOException {
        start(Generation.V5);
        simulator.addAclRule(new AclRow("username", "known", "publish", "t", "allow"));
        String items = "[{\"username\":\"new\",\"rules\":[]},{\"username\":\"known\",\"rules\":[]}]";
        assertThat(call("POST", V5_RULES + "/users", items).status()).isEqualTo(409);
        assertThat(get(V5_RULES + "/users").path("data")).hasSize(1);
    }

    @Test
    void v4KeepsTwoRulesForBothActions() throws IOException {
        start(Generation.V4);
        simulator.addAclRule(new AclRow("all", "", "all", "t", "allow"));
        assertThat(simulator.aclRules()).extracting(AclRow::action).containsExactly("publish", "subscribe");
        assertThat(get("/acl/$all").path("data").findValuesAsText("action")).containsExactlyInAnyOrder("pub", "sub");
        call("DELETE", "/acl/$all/topic/t", null);
        assertThat(simulator.aclRules()).isEmpty();
    }

    @Test
    void aV4RuleForTheSameTopicAndActionGivesWay() throws IOException {
        start(Generation.V4);
        String rule = "{\"username\":\"u\",\"topic\":\"t\",\"action\":\"pub\",\"access\":\"%s\"}";
        call("POST", "/acl", rule.formatted("allow"));
        call("POST", "/acl", rule.formatted("deny"));
        assertThat(simulator.aclRules()).containsExactly(new AclRow("username", "u", "publish", "t", "deny"));
        // a quote inside a term is escaped
        assertThat(call("POST", "/acl", rule.formatted("50%\\\"")).text()).contains("<<\\\"50%");
    }

    @Test
    void alarmsGoOnUntilTheyAreClearedOnV5() throws IOException {
        start(Generation.V5);
        simulator.raiseAlarm("high_memory", "too much");
        simulator.raiseAlarm("high_memory", "twice is once");
        JsonNode active = get("/alarms");
        assertThat(active.path("data")).hasSize(1);
        assertThat(active.at("/data/0/message").asText()).isEqualTo("too much");
        simulator.clearAlarm("high_memory");
        assertThat(get("/alarms").path("data")).isEmpty();
        assertThat(get("/alarms?activated=false").at("/data/0/deactivate_at").isTextual())
                .isTrue();
        assertThatThrownBy(() -> simulator.clearAlarm("high_memory")).isInstanceOf(IllegalArgumentException.class);
        assertThat(call("DELETE", "/alarms", null).status()).isEqualTo(204);
        assertThat(simulator.alarms()).isEmpty();
    }

    @Test
    void anAlarmThatTheV4ApiEndsIsOverForATest() throws IOException {
        start(Generation.V4);
        simulator.raiseAlarm("high_cpu", "hot");
        clock.advance(Duration.ofSeconds(2));
        JsonNode alarm = get("/alarms/activated").at("/data/0/alarms/0");
        assertThat(alarm.path("duration").longValue()).isEqualTo(2_000_000);
        assertThat(alarm.path("deactivate_at").asText()).isEqualTo("infinity");
        String node = alarm(simulator).node();
        call("POST", "/alarms/deactivated", "{\"node\":\"" + node + "\",\"name\":\"high_cpu\"}");
        assertThat(alarm(simulator).active()).isFalse();
    }

    private static AlarmRow alarm(EmqxSimulator simulator) {
        return simulator.alarms().get(0);
    }

    @Test
    void anEmptyMessageTakesTheRetainedOneAway() throws IOException {
        start(Generation.V5);
        call("POST", "/publish", "{\"topic\":\"r/1\",\"payload\":\"first\",\"retain\":true}");
        call("POST", "/publish", "{\"topic\":\"r/1\",\"payload\":\"second\",\"retain\":true}");
        call("POST", "/publish", "{\"topic\":\"r/2\",\"payload\":\"not kept\"}");
        assertThat(simulator.retained()).extracting(PublishedMessage::text).containsExactly("second");
        assertThat(get("/mqtt/retainer/messages?topic=r/%2B").path("data")).hasSize(1);
        call("POST", "/publish", "{\"topic\":\"r/1\",\"payload\":\"\",\"retain\":true}");
        assertThat(simulator.retained()).isEmpty();
    }

    @Test
    void v4RetainsToo() throws IOException {
        start(Generation.V4);
        call("POST", "/mqtt/publish", "{\"clientid\":\"c\",\"topic\":\"r/1\",\"payload\":\"kept\",\"retain\":true}");
        assertThat(simulator.retained()).extracting(PublishedMessage::topic).containsExactly("r/1");
        simulator.reset();
        assertThat(simulator.retained()).isEmpty();
    }
}
