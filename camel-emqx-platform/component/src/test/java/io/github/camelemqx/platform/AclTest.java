/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static io.github.camelemqx.platform.EmqxPlatformConstants.CLIENT_ID;
import static io.github.camelemqx.platform.EmqxPlatformConstants.TOPIC;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelemqx.platform.exception.EmqxConflictException;
import io.github.camelemqx.platform.exception.EmqxInvalidRequestException;
import io.github.camelemqx.platform.exception.EmqxNotFoundException;
import io.github.camelemqx.platform.exception.EmqxPartialFailureException;
import io.github.camelemqx.platform.exception.EmqxUnavailableException;
import io.github.camelemqx.platform.test.Generation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Rules as flat rows, with the same routes on both generations. */
@ParameterizedClass
@EnumSource(Generation.class)
class AclTest extends BothGenerations {

    @BeforeEach
    void createTheSource() {
        if (v5()) {
            // without it every call about rules is a bare 404 (recording v5 138)
            result(
                    "api?operation=request&param.method=POST&param.path=/authorization/sources",
                    Map.of("type", "built_in_database", "enable", true));
        }
    }

    @Test
    void rulesOfOneClient() {
        List<Map<String, Object>> outcomes =
                rows("acl?operation=create", List.of(rule("c/1", "t/a", "subscribe"), rule("c/1", "t/b", "publish")));
        assertThat(outcomes)
                .extracting(row -> row.get("success") + " " + row.get("clientid") + " " + row.get("topic"))
                .containsExactly("true c/1 t/a", "true c/1 t/b");
        assertThat(rows("acl?operation=get", null, Map.of(CLIENT_ID, "c/1")))
                .hasSize(2)
                .allSatisfy(row -> assertThat(row)
                        .containsEntry("scope", "client")
                        .containsEntry("clientid", "c/1")
                        .containsEntry("permission", "allow")
                        .doesNotContainKeys("access", "rules"))
                .extracting(row -> row.get("action") + " " + row.get("topic"))
                .containsExactlyInAnyOrder("subscribe t/a", "publish t/b");

        result("acl?operation=update", rule("c/1", "t/z", "publish"));
        assertThat(rows("acl?operation=get", null, Map.of(CLIENT_ID, "c/1")))
                .extracting(row -> row.get("topic"))
                .containsExactly("t/z");

        assertThat(result("acl?operation=delete", null, Map.of(CLIENT_ID, "c/1")))
                .isNull();
        failure(EmqxNotFoundException.class, "acl?operation=get", null, Map.of(CLIENT_ID, "c/1"));
        failure(EmqxNotFoundException.class, "acl?operation=delete", null, Map.of(CLIENT_ID, "c/1"));
    }

    @Test
    void oneRuleOfSeveralIsTakenAway() {
        rows("acl?operation=create", List.of(rule("c1", "t/a", "subscribe"), rule("c1", "t/+/#", "publish")));
        result("acl?operation=delete&clientId=c1", null, Map.of(TOPIC, "t/+/#"));
        assertThat(rows("acl?operation=get&clientId=c1"))
                .extracting(row -> row.get("topic"))
                .containsExactly("t/a");
        failure(EmqxNotFoundException.class, "acl?operation=delete&clientId=c1&topic=never", null, Map.of());
        result("acl?operation=delete&clientId=c1&topic=t/a");
        failure(EmqxNotFoundException.class, "acl?operation=get&clientId=c1", null, Map.of());
    }

    @Test
    void rulesOfUsersAndForEverybody() {
        rows("acl?operation=create", Map.of("username", "u1", "topic", "t/#", "action", "all", "permission", "deny"));
        assertThat(rows("acl?operation=get&username=u1"))
                .allSatisfy(row -> assertThat(row)
                        .containsEntry("scope", "user")
                        .containsEntry("username", "u1")
                        .containsEntry("permission", "deny"))
                .extracting(row -> row.get("action"))
                // generation 4 keeps one rule for each of the two (recording v4 299)
                .containsExactly("all");

        rows("acl?operation=create", Map.of("topic", "a/1", "action", "publish", "permission", "allow"));
        rows("acl?operation=create", Map.of("topic", "a/2", "action", "subscribe", "permission", "allow"));
        assertThat(rows("acl?operation=list&param.scope=all"))
                .allSatisfy(row -> assertThat(row).containsEntry("scope", "all").doesNotContainKey("all"))
                .extracting(row -> row.get("topic"))
                .containsExactlyInAnyOrder("a/1", "a/2");
        result("acl?operation=delete&param.scope=all&topic=a/1");
        assertThat(rows("acl?operation=get&param.scope=all")).hasSize(1);
        result("acl?operation=update", List.of(Map.of("topic", "a/3", "action", "publish", "permission", "deny")));
        assertThat(rows("acl?operation=list&param.scope=all"))
                .extracting(row -> row.get("topic"))
                .containsExactly("a/3");
        result("acl?operation=delete&param.scope=all");
        assertThat(rows("acl?operation=list&param.scope=all")).isEmpty();
        assertThat(rows("acl?operation=list&param.scope=user")).isNotEmpty();
        assertThat(rows("acl?operation=list&param.scope=client")).isEmpty();
    }

    @Test
    void allPagesAreListed() {
        rows(
                "acl?operation=create",
                IntStream.range(0, 120)
                        .mapToObj(i -> rule("c" + i, "t/" + i, "publish"))
                        .toList());
        assertThat(rows("acl?operation=list&param.scope=client")).hasSize(120).allSatisfy(row -> assertThat(
                        row.get("topic"))
                .isEqualTo("t/" + row.get("clientid").toString().substring(1)));
    }

    @Test
    void aClientThatHasRulesIsAConflictOnGeneration5() {
        rows("acl?operation=create", rule("c1", "t/a", "publish"));
        if (v5()) {
            failure(EmqxConflictException.class, "acl?operation=create", rule("c1", "t/b", "publish"), Map.of());
            EmqxPartialFailureException some = failure(
                    EmqxPartialFailureException.class,
                    "acl?operation=create",
                    List.of(rule("c1", "t/b", "publish"), rule("c2", "t/b", "publish")),
                    Map.of());
            assertThat(some.failures()).singleElement().satisfies(failed -> assertThat(failed)
                    .containsEntry("index", 0)
                    .containsEntry("code", "ALREADY_EXISTS"));
            assertThat(some.successes()).hasSize(1);
        } else {
            rows("acl?operation=create", rule("c1", "t/b", "publish"));
            assertThat(rows("acl?operation=get&clientId=c1")).hasSize(2);
        }
    }

    @Test
    void aBrokerThatIsDownIsNotAskedForEachOwner() {
        emqx.wireMock().resetRequests();
        emqx.wireMock()
                .stubFor(post(urlPathMatching(".*(acl|clients)"))
                        .atPriority(1)
                        .willReturn(aResponse().withStatus(503)));
        List<Map<String, Object>> rules = IntStream.range(0, 20)
                .mapToObj(i -> rule("c" + i, "t", "publish"))
                .toList();
        failure(EmqxUnavailableException.class, "acl?operation=create", rules, Map.of());
        assertThat(emqx.wireMock().getAllServeEvents()).hasSize(1);
    }

    @Test
    void anOutcomeIsWhatBecameOfItsRule() {
        List<Map<String, Object>> rules =
                List.of(rule("c1", "t/1", "publish"), rule("c1", "t/2", "publish"), rule("c2", "t/3", "publish"));
        emqx.wireMock()
                .stubFor(post(urlPathMatching(".*(acl|clients)"))
                        .atPriority(1)
                        .withRequestBody(containing("t/2"))
                        .willReturn(aResponse().withStatus(400)));
        EmqxPartialFailureException some =
                failure(EmqxPartialFailureException.class, "acl?operation=create", rules, Map.of());
        // generation 5 takes the rules of a client together, generation 4 one by one
        assertThat(some.failures())
                .extracting(row -> row.get("index"))
                .containsExactly(v5() ? new Object[] {0, 1} : new Object[] {1});
        assertThat(rows("acl?operation=list&param.scope=client"))
                .extracting(row -> row.get("topic"))
                .containsExactlyInAnyOrder(v5() ? new Object[] {"t/3"} : new Object[] {"t/1", "t/3"});
    }

    @Test
    void whatARuleCannotBeIsSaidBeforeAnythingIsSent() {
        emqx.wireMock().resetRequests();
        assertThat(failure(
                        EmqxInvalidRequestException.class,
                        "acl?operation=create",
                        Map.of("clientid", "c1", "topic", "t", "action", "fly", "permission", "allow"),
                        Map.of()))
                .hasMessageContaining("Parameter action must be one of all, publish, subscribe, not 'fly'");
        assertThat(failure(
                        EmqxInvalidRequestException.class,
                        "acl?operation=create",
                        Map.of("scope", "user", "topic", "t", "action", "all", "permission", "allow"),
                        Map.of()))
                .hasMessageContaining("no value for username, which scope user needs");
        assertThat(failure(
                        EmqxInvalidRequestException.class,
                        "acl?operation=update",
                        List.of(rule("a", "t", "publish"), rule("b", "t", "publish")),
                        Map.of()))
                .hasMessageContaining("the rows must be of one client");
        if (!v5()) {
            Map<String, Object> conditional = new HashMap<>(rule("c1", "t", "publish"));
            conditional.put("qos", List.of(0));
            assertThat(failure(EmqxInvalidRequestException.class, "acl?operation=create", conditional, Map.of()))
                    .hasMessageContaining("generation v4 cannot express qos of a rule");
        }
        assertThat(emqx.wireMock().getAllServeEvents()).isEmpty();
    }

    private static Map<String, Object> rule(String clientId, String topic, String action) {
        return Map.of("clientid", clientId, "topic", topic, "action", action, "permission", "allow");
    }
}
