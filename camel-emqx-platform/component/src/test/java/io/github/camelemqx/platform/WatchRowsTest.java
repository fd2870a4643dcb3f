/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static io.github.camelemqx.platform.EmqxPlatformConstants.CLIENT_ID;
import static io.github.camelemqx.platform.EmqxPlatformConstants.EVENT_TYPE;
import static io.github.camelemqx.platform.EmqxPlatformConstants.ID;
import static io.github.camelemqx.platform.EmqxPlatformConstants.KEY;
import static io.github.camelemqx.platform.EmqxPlatformConstants.NODE;
import static io.github.camelemqx.platform.EmqxPlatformConstants.TOPIC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import io.github.camelemqx.platform.test.AclRow;
import io.github.camelemqx.platform.test.ClientOptions;
import io.github.camelemqx.platform.test.Generation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the simulator has of rows, watched while it really changes, with the same routes on both generations. All other
 * rows of the catalogue are watched in {@link WatchEveryResourceTest}.
 */
@ParameterizedClass
@EnumSource(Generation.class)
class WatchRowsTest extends WatchedRows {

    @Test
    void subscriptions() throws Exception {
        emqx.connect("c1");
        watch("subscriptions");
        emqx.subscribe("c1", "t/#", 0);
        polls.poll();
        emqx.subscribe("c1", "t/#", 1);
        polls.poll();
        emqx.disconnect("c1");
        polls.poll();
        assertTold("created c1|t/#", "updated c1|t/#", "deleted c1|t/#");
        assertThat(events).allSatisfy(event -> assertThat(event.getHeaders())
                .containsEntry(CLIENT_ID, "c1")
                .containsEntry(TOPIC, "t/#")
                .containsEntry(NODE, generation.firstNode()));
        assertThat(change(1).before()).containsEntry("qos", 0);
        assertThat(change(1).after()).containsEntry("qos", 1);
        assertThat(change(2).after()).isNull();
        assertThat(change(2).key()).isEqualTo("c1|t/#");
    }

    @Test
    void barsInIdsAndTopicsDoNotMixKeysUp() throws Exception {
        emqx.connect("a|b");
        emqx.connect("a");
        watch("subscriptions");
        emqx.subscribe("a|b", "c", 0);
        emqx.subscribe("a", "b|c", 0);
        polls.poll();
        assertThat(events)
                .extracting(event -> event.getHeader(CLIENT_ID) + " to " + event.getHeader(TOPIC))
                .containsExactlyInAnyOrder("a|b to c", "a to b|c");
        emqx.disconnect("a");
        polls.poll();
        assertThat(events).hasSize(3);
        assertThat(events.get(2).getHeader(TOPIC)).isEqualTo("b|c");
    }

    @Test
    void aSubscriptionGoesStraightToACall() throws Exception {
        emqx.connect("c1");
        context.getRegistry().bind("polls", polls);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("emqx-platform:subscriptions?events=created&scheduler=#polls")
                        .to("emqx-platform:clients?operation=unsubscribe");
            }
        });
        polls.poll();
        emqx.subscribe("c1", "forbidden/#", 0);
        polls.poll();
        assertThat(emqx.client("c1").orElseThrow().subscriptions()).isEmpty();
    }

    @Test
    void topics() throws Exception {
        emqx.connect("c1");
        watch("topics");
        emqx.subscribe("c1", "t/1", 0);
        polls.poll();
        emqx.disconnect("c1");
        polls.poll();
        String key = "t/1|" + generation.firstNode();
        assertTold("created " + key, "deleted " + key);
        assertThat(events.get(0).getHeader(TOPIC)).isEqualTo("t/1");
        assertThat(events.get(0).getHeader(NODE)).isEqualTo(generation.firstNode());
    }

    @Test
    void accessRules() throws Exception {
        emqx.addAclRule(new AclRow("clientid", "c0", "publish", "t/0", "allow"));
        watch("acl?param.scope=client");
        emqx.addAclRule(new AclRow("clientid", "c1", "publish", "t/1", "allow"));
        polls.poll();
        emqx.addAclRule(new AclRow("clientid", "c1", "publish", "t/1", "deny"));
        polls.poll();
        result("acl?operation=delete&clientId=c1");
        polls.poll();
        assertThat(events)
                .extracting(event -> event.getHeader(EVENT_TYPE))
                .containsExactly("created", "updated", "deleted");
        assertThat(events).allSatisfy(event -> assertThat(event.getHeaders())
                .containsEntry(CLIENT_ID, "c1")
                .containsEntry(TOPIC, "t/1")
                .hasEntrySatisfying(KEY, key -> assertThat(key.toString()).startsWith("client|c1|t/1|publish")));
        assertThat(change(1).after()).containsEntry("permission", "deny");
    }

    @Test
    void accessRulesForEverybody() throws Exception {
        if (v5()) {
            result(
                    "api?operation=request&param.method=POST&param.path=/authorization/sources",
                    Map.of("type", "built_in_database", "enable", true));
        }
        watch("acl");
        rows(
                "acl?operation=create",
                List.of(Map.of("scope", "all", "topic", "t/1", "action", "all", "permission", "deny")));
        polls.poll();
        result("acl?operation=delete&param.scope=all");
        polls.poll();
        assertThat(events).extracting(event -> event.getHeader(EVENT_TYPE)).containsExactly("created", "deleted");
        assertThat(events.get(0).getHeader(KEY, String.class)).startsWith("all|t/1|all");
    }

    @Test
    void bans() throws Exception {
        watch("banned");
        Instant until = Instant.now().plusSeconds(3600);
        emqx.ban("username", "a|b", until);
        polls.poll();
        emqx.ban("username", "a|b", until.plusSeconds(60));
        polls.poll();
        result("banned?operation=delete&param.as=username", Map.of("who", "a|b"));
        polls.poll();
        assertTold("created username|a\\|b", "updated username|a\\|b", "deleted username|a\\|b");
        assertThat(change(0).after()).containsEntry("who", "a|b").containsKey("until");
    }

    @Test
    void alarms() throws Exception {
        watch("alarms");
        emqx.raiseAlarm("too_hot", "melting");
        polls.poll();
        polls.poll();
        emqx.clearAlarm("too_hot");
        polls.poll();
        String key = generation.firstNode() + "|too_hot";
        assertTold("created " + key, "deleted " + key);
        assertThat(events.get(0).getHeader(NODE)).isEqualTo(generation.firstNode());
        assertThat(change(0).after()).containsEntry("message", "melting");
    }

    @Test
    void nodes() throws Exception {
        watch("nodes");
        String second = second();
        polls.poll();
        emqx.stopNode(second);
        polls.poll();
        emqx.startNode(second);
        polls.poll();
        // generation 4 leaves out a node that is down (emqx-api/clusters.md, v4 (a))
        assertTold(
                "created " + second,
                (v5() ? "updated " : "deleted ") + second,
                (v5() ? "updated " : "created ") + second);
        assertThat(events.get(1).getHeader(NODE)).isEqualTo(second);
        assertThat(change(2).after()).containsEntry("node_status", "running");
    }

    @Test
    void rules() throws Exception {
        watch("rules");
        row("rules?operation=create", rule("r1", "SELECT * FROM \"t/#\""));
        polls.poll();
        row("rules?operation=update&id=r1", Map.of("sql", "SELECT * FROM \"u/1\"", "enable", true));
        polls.poll();
        result("rules?operation=delete&id=r1");
        polls.poll();
        assertTold("created r1", "updated r1", "deleted r1");
        assertThat(events).allSatisfy(event -> assertThat(event.getHeader(ID)).isEqualTo("r1"));
        assertThat(change(1).after()).containsEntry("sql", "SELECT * FROM \"u/1\"");
    }

    @Test
    void aRuleGoesStraightToItsEnd() throws Exception {
        context.getRegistry().bind("polls", polls);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("emqx-platform:rules?events=created&scheduler=#polls").to("emqx-platform:rules?operation=delete");
            }
        });
        polls.poll();
        row("rules?operation=create", rule("r1", "SELECT * FROM \"t/#\""));
        polls.poll();
        assertThat(rows("rules?operation=list")).isEmpty();
    }

    @Test
    void topicMetrics() throws Exception {
        if (!v5()) {
            result("modules?operation=load&id=emqx_mod_topic_metrics");
        }
        watch("topic-metrics");
        result("topic-metrics?operation=create&topic=t/1");
        polls.poll();
        result("topic-metrics?operation=delete&topic=t/1");
        polls.poll();
        assertTold("created t/1", "deleted t/1");
        assertThat(events.get(0).getHeader(TOPIC)).isEqualTo("t/1");
    }

    @Test
    void aRowMissedOnceIsNotGone() throws Exception {
        subscribed();
        watch("subscriptions");
        emqx.wireMock().resetRequests();
        stubOnce("subscriptions", emptyPage());
        polls.poll();
        assertTold();
        // the second look
        emqx.wireMock().verify(2, getRequestedFor(urlPathMatching(".*/subscriptions")));
        polls.poll();
        assertTold();
        emqx.wireMock().verify(3, getRequestedFor(urlPathMatching(".*/subscriptions")));
    }

    @Test
    void withoutTheSecondLookItIs() throws Exception {
        subscribed();
        watch("subscriptions?confirmRemovals=false");
        emqx.wireMock().resetRequests();
        stubOnce("subscriptions", emptyPage());
        polls.poll();
        assertTold("deleted c1|t/1");
        emqx.wireMock().verify(1, getRequestedFor(urlPathMatching(".*/subscriptions")));
    }

    @Test
    void whatTheSecondLookSeesIsTold() throws Exception {
        subscribed();
        watch("subscriptions");
        stubOnce("subscriptions", emptyPage());
        emqx.subscribe("c1", "t/1", 2);
        polls.poll();
        assertTold("updated c1|t/1");
    }

    @Test
    void aSecondLookThatFailsSaysNothing() throws Exception {
        subscribed();
        watch("subscriptions");
        stubOnce("subscriptions", emptyPage());
        StubMapping fault = emqx.wireMock()
                .stubFor(get(urlPathMatching(".*/subscriptions"))
                        .atPriority(2)
                        .willReturn(aResponse().withStatus(500)));
        polls.poll();
        assertTold();
        emqx.wireMock().removeStub(fault);
        emqx.disconnect("c1");
        polls.poll();
        assertTold("deleted c1|t/1");
    }

    @Test
    void aPageThatFailsSaysNothing() throws Exception {
        for (int i = 0; i < 5; i++) {
            emqx.connect("c" + i);
            emqx.subscribe("c" + i, "t/1", 0);
        }
        watch("subscriptions?pageSize=2");
        emqx.disconnect("c0");
        emqx.connect("new");
        emqx.subscribe("new", "t/1", 0);
        StubMapping fault = emqx.wireMock()
                .stubFor(get(urlPathMatching(".*/subscriptions"))
                        .withQueryParam(v5() ? "page" : "_page", equalTo("2"))
                        .atPriority(1)
                        .willReturn(aResponse().withStatus(500)));
        polls.poll();
        polls.poll();
        assertTold();
        emqx.wireMock().removeStub(fault);
        polls.poll();
        assertThat(told()).containsExactlyInAnyOrder("created new|t/1", "deleted c0|t/1");
    }

    @Test
    void rowsOfALostNodeWaitUntilItIsBack() throws Exception {
        String second = second();
        subscribedOn(second);
        watch("subscriptions?nodeGrace=1");
        emqx.stopNode(second);
        polls.poll();
        polls.poll();
        assertTold();
        emqx.startNode(second);
        polls.poll();
        await().untilAsserted(() -> {
            polls.poll();
            assertTold("deleted c1|t/1");
        });
        assertThat(change(0).before()).doesNotContainKey("unreachable_since").containsEntry("node", second);
        assertThat(events.get(0).getHeader(NODE)).isEqualTo(second);
    }

    @Test
    void rowsOfANodeThatStaysAwayAreGivenUp() throws Exception {
        String second = second();
        subscribedOn(second);
        watch("subscriptions?nodeLossTimeout=1");
        emqx.stopNode(second);
        polls.poll();
        assertTold();
        await().untilAsserted(() -> {
            polls.poll();
            assertTold("deleted c1|t/1");
        });
        assertThat(change(0).after()).containsEntry("reason", "node-lost");
        assertThat(events.get(0).getHeader(CLIENT_ID)).isEqualTo("c1");
    }

    @Test
    void rowsThatMoveToAnotherNodeAreTheSame() throws Exception {
        String second = second();
        subscribedOn(second);
        watch("subscriptions?nodeLossTimeout=1");
        emqx.stopNode(second);
        polls.poll();
        subscribed();
        polls.poll();
        polls.poll();
        assertTold();
        // and the state knows where they are now
        emqx.disconnect("c1");
        polls.poll();
        assertTold("deleted c1|t/1");
        assertThat(events.get(0).getHeader(NODE)).isEqualTo(generation.firstNode());
    }

    @Test
    void whatHasNoListingIsNotWatched() {
        assertThatThrownBy(() -> watch("messages"))
                .hasStackTraceContaining("Resource messages cannot be watched. Those that can are: clients");
    }

    @Test
    void whatAGenerationLacksIsSaidAtTheStart() {
        String lacking = v5() ? "resources" : "retained";
        assertThatThrownBy(() -> watch(lacking))
                .hasStackTraceContaining("Generation " + version() + " has no " + lacking + ":list");
    }

    @Test
    void whatAGenerationThatWasFoundOutLacksIsSaidByEachPoll() throws Exception {
        String lacking = v5() ? "resources" : "retained";
        List<String> failures = new ArrayList<>();
        context.getRegistry().bind("polls", polls);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(Exception.class)
                        .handled(true)
                        .process(exchange ->
                                failures.add(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class)
                                        .getMessage()));
                from("emqx-platform:" + lacking + "?bridgeErrorHandler=true&scheduler=#polls&apiUrl=" + emqx.baseUrl())
                        .process(exchange -> events.add(exchange.getMessage().copy()));
            }
        });
        polls.poll();
        polls.poll();
        assertThat(failures).hasSize(2).allSatisfy(failure -> assertThat(failure)
                .contains(lacking + ":list", "generation " + version() + " does not have this operation"));
        assertTold();
    }

    private void subscribed() {
        emqx.connect("c1");
        emqx.subscribe("c1", "t/1", 0);
    }

    private void subscribedOn(String node) {
        emqx.connect(ClientOptions.of("c1").node(node));
        emqx.subscribe("c1", "t/1", 0);
    }

    private static Map<String, Object> rule(String id, String sql) {
        return Map.of("id", id, "sql", sql, "enable", false, "description", "counts");
    }
}
