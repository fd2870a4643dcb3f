/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.delete;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static com.github.tomakehurst.wiremock.stubbing.Scenario.STARTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelemqx.platform.exception.EmqxInvalidRequestException;
import io.github.camelemqx.platform.exception.EmqxPartialFailureException;
import io.github.camelemqx.platform.exception.EmqxProtocolException;
import io.github.camelemqx.platform.exception.EmqxUnavailableException;
import io.github.camelemqx.platform.model.BulkOutcome;
import io.github.camelemqx.platform.test.Generation;
import io.github.camelemqx.platform.test.SimulatedClient;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Many items in one call, with one outcome each, on both generations. */
@ParameterizedClass
@EnumSource(Generation.class)
class BulkTest extends BothGenerations {

    @Test
    void kicksIdsRowsAndJson() {
        for (String id : List.of("a", "b", "c", "d", "e")) {
            emqx.connect(id);
        }
        List<Map<String, Object>> outcomes = rows("clients?operation=kick-bulk", List.of("a", "b"));
        assertThat(outcomes)
                .containsExactly(
                        Map.of("index", 0, "success", true, "clientid", "a"),
                        Map.of("index", 1, "success", true, "clientid", "b"));
        // rows of a listing carry the id among other things
        rows("clients?operation=kick-bulk", rows("clients?operation=list&clientId=c"));
        rows("clients?operation=kick-bulk", "[\"d\"]");
        assertThat(emqx.clients()).extracting(SimulatedClient::clientId).containsExactly("e");
        assertThat(rows("clients?operation=kick-bulk", List.of("e", "nobody"))).hasSize(2);
        assertThat(emqx.clients()).isEmpty();
        assertThat(requests("kickout/bulk") > 0).isEqualTo(v5());
    }

    @Test
    void manyTravelInSeveralCalls() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 2500; i++) {
            ids.add("c" + i);
        }
        if (v5()) {
            assertThat(rows("clients?operation=kick-bulk", ids)).hasSize(2500);
            assertThat(requests("kickout/bulk")).isEqualTo(3);
        }
        List<Map<String, Object>> messages = new ArrayList<>();
        ids.forEach(id -> messages.add(Map.of("topic", "t/" + id, "payload", id)));
        List<Map<String, Object>> outcomes = rows("messages?operation=publish-bulk", messages);
        assertThat(outcomes).hasSize(2500);
        assertThat(outcomes.get(2499)).containsEntry("index", 2499).containsEntry("topic", "t/c2499");
        assertThat(requests("publish")).isEqualTo(3);
        assertThat(emqx.published()).hasSize(2500);
    }

    @Test
    void whatFailsHalfWayIsTold() {
        List<Map<String, Object>> messages = new ArrayList<>();
        for (int i = 0; i < 1500; i++) {
            messages.add(Map.of("topic", "t/" + i, "payload", "x"));
        }
        emqx.wireMock()
                .stubFor(post(urlPathMatching(".*publish.*"))
                        .atPriority(1)
                        .inScenario("half way")
                        .whenScenarioStateIs("second")
                        .willReturn(aResponse().withStatus(503)));
        emqx.wireMock()
                .stubFor(any(urlPathMatching(".*publish.*"))
                        .atPriority(1)
                        .inScenario("half way")
                        .whenScenarioStateIs(STARTED)
                        .willReturn(okJson(answers(1000)))
                        .willSetStateTo("second"));
        EmqxPartialFailureException half =
                failure(EmqxPartialFailureException.class, "messages?operation=publish-bulk", messages, Map.of());
        assertThat(half.successes()).hasSize(1000);
        assertThat(half.failures()).hasSize(500).allSatisfy(failure -> assertThat(failure)
                .containsEntry("code", "HTTP 503"));
        assertThat(half).hasMessageContaining("500 of 1500 items failed, first item 1000");
    }

    @Test
    void nothingDoneIsTheFailureItself() {
        emqx.wireMock()
                .stubFor(any(urlPathMatching("/api/.*"))
                        .atPriority(1)
                        .willReturn(aResponse().withStatus(503)));
        failure(EmqxUnavailableException.class, "clients?operation=kick-bulk", List.of("a", "b"), Map.of());
    }

    @Test
    void subscribesManyOfManyClients() {
        emqx.connect("a");
        emqx.connect("b");
        List<Map<String, Object>> outcomes = rows(
                "clients?operation=subscribe-bulk",
                List.of(
                        Map.of("clientid", "a", "topic", "t/1", "qos", 1),
                        Map.of("clientid", "b", "topic", "t/2"),
                        Map.of("clientid", "a", "topic", "t/3")));
        assertThat(outcomes)
                .extracting(row -> row.get("clientid") + " " + row.get("topic"))
                .containsExactly("a t/1", "b t/2", "a t/3");
        assertThat(outcomes).extracting(row -> row.get("success")).containsOnly(true);
        assertThat(emqx.client("a").orElseThrow().subscriptions().keySet()).containsExactlyInAnyOrder("t/1", "t/3");
        // the client of all rows as an option
        rows("clients?operation=unsubscribe-bulk&clientId=a", List.of(Map.of("topic", "t/1"), Map.of("topic", "t/3")));
        assertThat(emqx.client("a").orElseThrow().subscriptions()).isEmpty();
        assertThat(emqx.client("b").orElseThrow().subscriptions()).hasSize(1);
    }

    @Test
    void anAbsentClientFailsAlone() {
        emqx.connect("a");
        List<Map<String, Object>> items =
                List.of(Map.of("clientid", "ghost", "topic", "t/1"), Map.of("clientid", "a", "topic", "t/2"));
        for (String operation : List.of("subscribe-bulk", "unsubscribe-bulk")) {
            EmqxPartialFailureException some =
                    failure(EmqxPartialFailureException.class, "clients?operation=" + operation, items, Map.of());
            assertThat(some.failures()).hasSize(1);
            assertThat(some.failures().get(0))
                    .containsEntry("index", 0)
                    .containsEntry("clientid", "ghost")
                    .containsEntry("topic", "t/1")
                    .containsEntry("code", v5() ? "CLIENTID_NOT_FOUND" : "112");
            assertThat(some.successes()).hasSize(1);
        }
        List<Map<String, Object>> outcomes = rows("clients?operation=subscribe-bulk&failOnPartialFailure=false", items);
        assertThat(outcomes).extracting(row -> row.get("success")).containsExactly(false, true);
    }

    @Test
    void twoListsAreOneInOrder() {
        emqx.connect("a");
        if (!v5()) {
            // generation 4 has one list, in order (recording v4 110)
            assertThat(rows(
                            "clients?operation=subscribe-bulk&failOnPartialFailure=false&clientId=a",
                            List.of(Map.of("topic", "b/#/x"), Map.of("topic", "t/2"))))
                    .extracting(outcome -> outcome.get("success"))
                    .containsExactly(false, true);
            return;
        }
        emqx.wireMock()
                .stubFor(post(urlPathMatching(".*/subscribe/bulk"))
                        .atPriority(1)
                        .willReturn(okJson(
                                "{\"succeed\":[{\"clientid\":\"a\",\"topic\":\"t/2\",\"qos\":0}],\"failed\":[[]]}")));
        List<Map<String, Object>> outcomes = rows(
                "clients?operation=subscribe-bulk&failOnPartialFailure=false&clientId=a",
                List.of(Map.of("topic", "t/1"), Map.of("topic", "t/2")));
        assertThat(outcomes.get(0)).containsEntry("success", false).containsEntry("code", "failed");
        assertThat(outcomes.get(1)).containsEntry("success", true).containsEntry("topic", "t/2");
    }

    @Test
    void usersAreAddedAndNeverOverwritten() {
        emqx.addUser("there", "p");
        List<Map<String, Object>> users = List.of(
                Map.of("user_id", "u1", "password", SECRET),
                Map.of("username", "there", "password", SECRET),
                Map.of("user_id", "u2", "password", SECRET));
        EmqxPartialFailureException some =
                failure(EmqxPartialFailureException.class, "users?operation=create-bulk", users, Map.of());
        assertThat(some.failures()).singleElement().satisfies(failure -> assertThat(failure)
                .containsEntry("index", 1)
                .containsEntry("user_id", "there")
                .containsEntry("code", v5() ? "ALREADY_EXISTS" : "existed"));
        assertThat(some.successes()).extracting(row -> row.get("user_id")).containsExactly("u1", "u2");
        assertThat(some).hasMessageNotContaining(SECRET);
        assertThat(some.successes().toString()).doesNotContain(SECRET);
        assertThat(emqx.users()).contains("u1", "u2");
        if (!v5()) {
            rows("users?operation=create-bulk&param.identity=clientid", users.subList(0, 1));
            assertThat(emqx.clientIdUsers()).containsExactly("u1");
        }
    }

    @Test
    void anImportOverwritesAndCountsWhatFailed() {
        if (!v5()) {
            assertThatThrownBy(() -> call("users?operation=import", List.of(user("u1")), Map.of()))
                    .hasMessageContaining("Generation v4 has no users:import");
            return;
        }
        List<Map<String, Object>> users =
                IntStream.range(0, 1500).mapToObj(i -> user("u" + i)).toList();
        emqx.addUser("u0", "old");
        assertThat(rows("users?operation=import", users)).hasSize(1500).allSatisfy(outcome -> assertThat(outcome)
                .containsEntry("success", true));
        assertThat(emqx.hasUser("u1499")).isTrue();
        assertThat(emqx.wireMock().findAll(postRequestedFor(urlPathMatching(".*/import_users"))))
                .hasSize(2);

        emqx.wireMock()
                .stubFor(any(urlPathMatching(".*/import_users"))
                        .atPriority(1)
                        .willReturn(okJson("{\"total\":2,\"success\":1,\"override\":0,\"skipped\":0,\"failed\":1}")));
        EmqxPartialFailureException failed =
                failure(EmqxPartialFailureException.class, "users?operation=import", users.subList(0, 2), Map.of());
        assertThat(failed.failures()).hasSize(2).allSatisfy(outcome -> assertThat(outcome.get("message"))
                .isEqualTo("1 of these 2 failed, the broker does not say which"));
        // old versions answer nothing (emqx-api/README.md, "Generation 5")
        emqx.wireMock()
                .stubFor(any(urlPathMatching(".*/import_users"))
                        .atPriority(1)
                        .willReturn(aResponse().withStatus(204)));
        assertThat(rows("users?operation=import", users.subList(0, 2))).hasSize(2);
    }

    @Test
    void whatIsOfTheCallIsNotTakenFromARow() {
        String uri = v5() ? "users?operation=import" : "users?operation=create-bulk";
        Map<String, Object> user = new HashMap<>(user("u1"));
        user.put(v5() ? "type" : "identity", v5() ? "plain" : "clientid");
        assertThat(failure(EmqxInvalidRequestException.class, uri, List.of(user), Map.of()))
                .hasMessageContaining("row 0: ")
                .hasMessageContaining(" is of the call, not of a row");
        assertThat(emqx.hasUser("u1")).isFalse();
    }

    @Test
    void anEmptyListIsNoWordOfSuccess() {
        emqx.wireMock()
                .stubFor(any(urlPathMatching(".*/publish.*"))
                        .atPriority(1)
                        .willReturn(okJson(v5() ? "[]" : "{\"code\":0,\"data\":[]}")));
        assertThat(failure(
                        EmqxProtocolException.class,
                        "messages?operation=publish-bulk",
                        List.of(Map.of("topic", "t", "payload", "x")),
                        Map.of()))
                .hasMessageContaining("the answer has 0 rows for 1 items");
    }

    private static Map<String, Object> user(String id) {
        return Map.of("user_id", id, "password", "p");
    }

    @Test
    void oneOfManyUsersIsThereAlready() {
        emqx.addUser("u700", "p");
        List<Map<String, Object>> users = new ArrayList<>();
        for (int i = 0; i < 1500; i++) {
            users.add(Map.of("user_id", "u" + i, "password", SECRET));
        }
        List<Map<String, Object>> outcomes = rows("users?operation=create-bulk&failOnPartialFailure=false", users);
        assertThat(outcomes).hasSize(1500);
        assertThat(outcomes)
                .extracting(outcome -> outcome.get("user_id"))
                .startsWith("u0", "u1")
                .endsWith("u1499");
        assertThat(outcomes)
                .extracting(outcome -> outcome.get("index"))
                .startsWith(0, 1)
                .endsWith(1499);
        assertThat(outcomes.stream().filter(outcome -> outcome.get("success").equals(false)))
                .singleElement()
                .satisfies(failed -> assertThat(failed)
                        .containsEntry("index", 700)
                        .containsEntry("user_id", "u700")
                        .containsEntry("code", v5() ? "ALREADY_EXISTS" : "existed")
                        .containsKey("message"));
        assertThat(emqx.users()).contains("u0", "u1499").hasSizeGreaterThanOrEqualTo(1500);
        // generation 5's import would write over the one that is there
        assertThat(requests(v5() ? "/users" : "/auth_username")).isEqualTo(v5() ? 1500 : 2);
    }

    @Test
    void aUserTwiceInOneCallIsAddedOnce() {
        List<Map<String, Object>> users = List.of(
                Map.of("user_id", "twice", "password", SECRET),
                Map.of("user_id", "once", "password", SECRET),
                Map.of("user_id", "twice", "password", SECRET));
        assertThat(rows("users?operation=create-bulk&failOnPartialFailure=false", users))
                .extracting(outcome -> outcome.get("user_id") + " " + outcome.get("success"))
                .containsExactly("twice true", "once true", "twice false");
    }

    @Test
    void allItemsMayFail() {
        emqx.addUser("u1", "p");
        emqx.addUser("u2", "p");
        List<Map<String, Object>> users =
                List.of(Map.of("user_id", "u1", "password", SECRET), Map.of("user_id", "u2", "password", SECRET));
        EmqxPartialFailureException all =
                failure(EmqxPartialFailureException.class, "users?operation=create-bulk", users, Map.of());
        assertThat(all.successes()).isEmpty();
        assertThat(all.failures()).extracting(BulkOutcome::of).satisfies(outcomes -> {
            assertThat(outcomes).extracting(BulkOutcome::index).containsExactly(0, 1);
            assertThat(outcomes).extracting(BulkOutcome::success).containsOnly(false);
            assertThat(outcomes).extracting(BulkOutcome::code).containsOnly(v5() ? "ALREADY_EXISTS" : "existed");
            assertThat(outcomes)
                    .extracting(BulkOutcome::item)
                    .containsExactly(Map.of("user_id", "u1"), Map.of("user_id", "u2"));
        });
        assertThat(rows("users?operation=create-bulk&failOnPartialFailure=false", users))
                .isEqualTo(all.failures());
    }

    @Test
    void withoutABulkCallEachItemHasItsOutcome() {
        if (v5()) {
            // one client's list of failed subscriptions among others (README of the API: succeed and failed)
            emqx.connect("a");
            emqx.connect("b");
            emqx.wireMock()
                    .stubFor(post(urlPathMatching(".*/clients/b/subscribe/bulk"))
                            .atPriority(1)
                            .willReturn(okJson("{\"succeed\":[],\"failed\":[[],[]]}")));
            List<Map<String, Object>> outcomes = rows(
                    "clients?operation=subscribe-bulk&failOnPartialFailure=false",
                    List.of(
                            Map.of("clientid", "b", "topic", "t/1"),
                            Map.of("clientid", "a", "topic", "t/2"),
                            Map.of("clientid", "b", "topic", "t/3")));
            assertThat(outcomes).extracting(outcome -> outcome.get("success")).containsExactly(false, true, false);
            return;
        }
        // brokers up to 4.3.8 said so of a client that is not there
        emqx.connect("a");
        emqx.connect("c");
        emqx.wireMock()
                .stubFor(delete(urlPathMatching(".*/clients/b"))
                        .atPriority(1)
                        .willReturn(okJson("{\"code\":112,\"message\":\"not_found\"}")));
        List<String> ids = List.of("a", "b", "c");
        List<Map<String, Object>> outcomes = rows("clients?operation=kick-bulk&failOnPartialFailure=false", ids);
        assertThat(outcomes)
                .containsExactly(
                        Map.of("index", 0, "success", true, "clientid", "a"),
                        Map.of("index", 1, "success", false, "clientid", "b", "code", "112", "message", "not_found"),
                        Map.of("index", 2, "success", true, "clientid", "c"));
        assertThat(emqx.clients()).isEmpty();
        assertThat(failure(EmqxPartialFailureException.class, "clients?operation=kick-bulk", ids, Map.of()))
                .hasMessageContaining("1 of 3 items failed, first item 1");
    }

    @Test
    void whatFailsHalfWayIsInTheListToo() {
        emqx.wireMock()
                .stubFor(any(urlPathMatching(v5() ? ".*/publish/bulk" : ".*/publish_batch"))
                        .atPriority(1)
                        .withRequestBody(containing("t/1000"))
                        .willReturn(aResponse().withStatus(503)));
        List<Map<String, Object>> messages = new ArrayList<>();
        for (int i = 0; i < 1001; i++) {
            messages.add(Map.of("topic", "t/" + i, "payload", "x"));
        }
        List<Map<String, Object>> outcomes =
                rows("messages?operation=publish-bulk&failOnPartialFailure=false", messages);
        assertThat(outcomes).hasSize(1001);
        assertThat(outcomes.subList(0, 1000))
                .extracting(outcome -> outcome.get("success"))
                .containsOnly(true);
        assertThat(outcomes.get(1000)).containsEntry("success", false).containsEntry("code", "HTTP 503");
    }

    @Test
    void wrongItemsAreSaidBeforeAnythingIsSent() {
        assertThat(failure(EmqxInvalidRequestException.class, "clients?operation=kick-bulk", "a,b", Map.of()))
                .hasMessageContaining("the body is not JSON");
        assertThat(failure(
                        EmqxInvalidRequestException.class,
                        "clients?operation=kick-bulk",
                        List.of("a", Map.of("id", "b")),
                        Map.of()))
                .hasMessageContaining("row 1: no value for clientid");
        assertThat(failure(EmqxInvalidRequestException.class, "clients?operation=kick-bulk", null, Map.of()))
                .hasMessageContaining("the body must be a list of rows");
        assertThat(emqx.wireMock().getAllServeEvents()).isEmpty();
    }

    private long requests(String part) {
        return emqx.wireMock().getAllServeEvents().stream()
                .filter(event -> event.getRequest().getUrl().contains(part))
                .count();
    }

    private String answers(int count) {
        String row = v5() ? "{\"id\":\"1\"}" : "{\"topic\":\"t\",\"code\":0}";
        String rows = "[" + String.join(",", Collections.nCopies(count, row)) + "]";
        return v5() ? rows : "{\"code\":0,\"data\":" + rows + "}";
    }
}
