/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelemqx.platform.test.ClientOptions;
import io.github.camelemqx.platform.test.Generation;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients watched while they move from node to node, and the sessions that they leave behind (emqx-api/clusters.md, v5 and v4 (f), (g)). */
@ParameterizedClass
@EnumSource(Generation.class)
class WatchTakeoverTest extends WatchedCluster {

    @Test
    void aClientThatMovesIsReconnected() throws Exception {
        connectSession("s", first);
        watch("clients");
        connect("a0", second);
        connectSession("s", third);
        poll();
        assertThat(change("reconnected a0").before()).containsEntry("node", first);
        assertThat(change("reconnected a0").after()).containsEntry("node", second);
        assertThat(change("reconnected s").after()).containsEntry("node", third);
        assertTold("reconnected a0", "reconnected s");
        poll(2);
        assertNothingTold();
    }

    @Test
    void manyThatMoveAtOnceInTheMiddleOfAPollAreNeverMissed() throws Exception {
        watch("clients?pageSize=5");
        for (int pages = 1; pages < 8; pages++) {
            String from = pages % 2 == 1 ? "a" : "c";
            String to = pages % 3 == 0 ? second : pages % 3 == 1 ? third : first;
            emqx.afterPages(pages, () -> {
                for (int i = 0; i < CLIENTS; i++) {
                    emqx.connect(ClientOptions.of(from + i).node(to));
                }
            });
            poll();
            poll();
            assertThat(told()).isNotEmpty().allMatch(told -> told.startsWith("reconnected " + from));
            events.clear();
        }
        poll();
        assertNothingTold();
    }

    @Test
    void aClientThatOneListingLacksIsLookedForAgain() throws Exception {
        watch("clients");
        emqx.hideOnce("a0");
        poll();
        emqx.wireMock().verify(getRequestedFor(urlPathMatching(".*/clients/a0")));
        emqx.hideOnce("b1");
        emqx.hideOnce("b2");
        emqx.hideOnce("c3");
        poll();
        poll();
        assertNothingTold();
        assertThat(failures).isEmpty();
    }

    @Test
    void aClientThatTwoListingsInARowSkipIsLookedForByItself() throws Exception {
        for (int i = 0; i < 100; i++) {
            connect("x" + i, first);
        }
        watch("clients?pageSize=5");
        // three pages each of the second and third node, three of the first: then rows leave before and behind, and x3
        // to x8 fall through
        emqx.afterPages(9, () -> {
            for (int i = 0; i < 6; i++) {
                emqx.disconnect("a" + i);
            }
            for (int i = 40; i < 100; i++) {
                emqx.disconnect("x" + i);
            }
        });
        // in the second listing x4 falls through once more
        emqx.afterPages(24, () -> emqx.disconnect("a6"));
        poll(3);
        if (!v5()) {
            emqx.wireMock().verify(getRequestedFor(urlPathMatching(".*/clients/x4")));
        }
        assertTold(some("disconnected", "a", 0, 7), some("disconnected", "x", 40, 100));
    }

    @Test
    void manyThatMoveToANodeThatComesBackInTheMiddleOfAPollAreNeverMissed() throws Exception {
        for (int i = 0; i < 100; i++) {
            connect("x" + i, first);
        }
        watch("clients?pageSize=20");
        emqx.killNode(second);
        poll();
        assertTold(all("unreachable", "b"));
        // the list of nodes did not have it; one page of the third node, then those of the first; too many to look for
        // each of them by itself
        emqx.afterPages(2, () -> {
            emqx.startNode(second);
            for (int i = 0; i < 100; i++) {
                connect("x" + i, second);
            }
        });
        poll(2);
        assertTold(some("reconnected", "x", 0, 100));
    }

    @Test
    void aClientThatIsLookedForAndNotFoundOnceIsStillListed() throws Exception {
        watch("clients");
        emqx.missOnce("a0");
        poll();
        emqx.disconnect("a1");
        poll();
        assertTold("disconnected a1");
    }

    @Test
    void aClientThatIsListedTwiceIsWhereItConnectedLast() throws Exception {
        watch("clients");
        emqx.showTwice("a0", second);
        emqx.showTwice("b0", first);
        // in the order of names the second node comes first
        pass(Duration.ofSeconds(1));
        connect("c0", second);
        connect("c1", first);
        emqx.showTwice("c0", third);
        emqx.showTwice("c1", third);
        poll();
        assertThat(change("reconnected c0").after()).containsEntry("node", second);
        assertThat(change("reconnected c1").after()).containsEntry("node", first);
        assertTold("reconnected c0", "reconnected c1");
        poll(2);
        assertNothingTold();
    }

    @Test
    void ofTwoRowsOfOneSecondTheOneOnTheOtherNodeThanBeforeIsRight() throws Exception {
        watch("clients");
        // generation 4 has no fractions of seconds (clusters.md, v4 (b))
        pass(Duration.ofMillis(500));
        connect("a0", second);
        connect("c0", second);
        emqx.showTwice("a0", first);
        emqx.showTwice("c0", third);
        poll();
        assertThat(change("reconnected a0").after()).containsEntry("node", second);
        assertThat(change("reconnected c0").after()).containsEntry("node", second);
        assertTold("reconnected a0", "reconnected c0");
        poll(2);
        assertNothingTold();
    }

    @Test
    void aSessionWithoutAConnectionIsToldOnceAndDeletedWhenItGoes() throws Exception {
        connectSession("expires", first);
        connectSession("kicked", second);
        connectSession("moves", second);
        watch("clients");
        emqx.disconnect("expires");
        emqx.disconnect("kicked");
        emqx.disconnect("moves");
        poll();
        assertThat(change("disconnected expires").after())
                .containsEntry("connected", false)
                .containsKey("disconnected_at");
        assertTold("disconnected expires", "disconnected kicked", "disconnected moves");
        poll(2);
        emqx.expireSession("expires");
        result("clients?operation=kick&clientId=kicked");
        connectSession("moves", third);
        poll();
        assertThat(change("deleted expires").after()).isNull();
        assertTold("deleted expires", "deleted kicked", "connected moves");
        poll(2);
        assertNothingTold();
    }

    @Test
    void aSessionIsLostWithItsNodeForGood() throws Exception {
        connectSession("offline", second);
        emqx.disconnect("offline");
        connectSession("online", second);
        watch("clients?nodeLossTimeout=3600000");
        emqx.killNode(second);
        poll();
        assertThat(told()).contains("unreachable offline", "unreachable online").hasSize(CLIENTS + 2);
        events.clear();
        emqx.startNode(second);
        for (int i = 0; i < CLIENTS; i++) {
            connect("b" + i, second);
        }
        connectSession("online", second);
        poll();
        assertThat(told()).contains("reconnected online").hasSize(CLIENTS + 1);
        events.clear();
        pass(GRACE);
        poll();
        assertTold("deleted offline");
    }

    @Test
    void aSessionWhoseNodeIsGivenUpIsDeletedWithThatReason() throws Exception {
        connectSession("offline", second);
        emqx.disconnect("offline");
        watch("clients?nodeLossTimeout=30000");
        emqx.killNode(second);
        poll(8);
        assertThat(change("deleted offline").after()).containsEntry("reason", "node-lost");
        assertThat(told()).contains("disconnected b0").doesNotContain("disconnected offline");
    }
}
