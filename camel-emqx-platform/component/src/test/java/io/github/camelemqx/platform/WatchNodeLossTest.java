/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelemqx.platform.test.Generation;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients watched while a node dies, stops, leaves and comes back (emqx-api/clusters.md, v5 and v4 (a), (a2), (b), (c), (e)). */
@ParameterizedClass
@EnumSource(Generation.class)
class WatchNodeLossTest extends WatchedCluster {

    @Test
    void clientsOfAKilledNodeAreUnreachableUntilTheyAreSeenOrTheirNodeIsBackForAWhile() throws Exception {
        watch("clients");
        emqx.killNode(second);
        poll();
        assertTold(all("unreachable", "b"));
        poll(3);
        emqx.startNode(second);
        poll();
        assertNothingTold();
        for (int i = 0; i < 4; i++) {
            connect("b" + i, second);
        }
        connect("b4", third);
        poll();
        assertThat(change("reconnected b4").after()).containsEntry("node", third);
        assertTold(some("reconnected", "b", 0, 5));
        pass(GRACE);
        poll();
        assertThat(change("disconnected b5").after()).isNull();
        assertTold(some("disconnected", "b", 5, CLIENTS));
        poll(3);
        assertNothingTold();
        assertThat(failures).isEmpty();
    }

    @Test
    void clientsOfANodeThatStaysAwayAreGivenUp() throws Exception {
        watch("clients?nodeLossTimeout=60000");
        emqx.killNode(second);
        poll();
        assertTold(all("unreachable", "b"));
        connect("b0", first);
        poll(11);
        assertTold("reconnected b0");
        poll();
        assertThat(change("disconnected b1").after()).containsEntry("reason", "node-lost");
        assertTold(some("disconnected", "b", 1, CLIENTS));
        emqx.startNode(second);
        connect("b1", second);
        poll(5);
        assertTold("connected b1");
    }

    @Test
    void aRestartBetweenTwoPollsGivesClientsTheTimeToComeBack() throws Exception {
        watch("clients");
        emqx.restartNode(second);
        connect("b0", second);
        poll();
        assertTold("reconnected b0");
        connect("b1", second);
        poll();
        assertTold("reconnected b1");
        pass(GRACE);
        poll();
        assertTold(some("disconnected", "b", 2, CLIENTS));
    }

    @Test
    void aNodeThatIsSeenWhileItBootsIsBackWhenItIsUp() throws Exception {
        watch("clients");
        emqx.killNode(second);
        emqx.beginBoot(second);
        poll();
        // generation 4 says that it is running, before it knows for how long (clusters.md, v4 (b))
        assertTold(v5() ? all("unreachable", "b") : Stream.of());
        emqx.endBoot(second);
        connect("b0", second);
        poll();
        assertTold("reconnected b0");
        connect("b1", second);
        poll();
        assertTold("reconnected b1");
        pass(GRACE);
        poll();
        assertTold(some("disconnected", "b", 2, CLIENTS));
    }

    @Test
    void aGracefulStopIsALossToo() throws Exception {
        watch("clients");
        emqx.beginStop(second);
        connect("a-new", first);
        emqx.disconnect("c0");
        poll();
        // generation 4 answers no second look while a node stops (clusters.md, v4 (c))
        assertTold(
                all("unreachable", "b"),
                Stream.of("connected a-new"),
                v5() ? Stream.of("disconnected c0") : Stream.of());
        poll(2);
        assertNothingTold();
        emqx.endStop(second);
        poll();
        assertTold(v5() ? Stream.of() : Stream.of("disconnected c0"));
        emqx.beginBoot(second);
        poll();
        emqx.endBoot(second);
        for (int i = 0; i < CLIENTS; i++) {
            connect("b" + i, second);
        }
        poll();
        assertTold(all("reconnected", "b"));
        pass(GRACE);
        poll(2);
        assertNothingTold();
    }

    @Test
    void aNodeThatLeavesTakesItsClientsAlongAndWhatItSaysOfItselfCountsNoMore() throws Exception {
        watch("clients");
        emqx.leaveNode(second);
        connect("b0", first);
        connect("b-alone", second);
        poll();
        assertTold(some("unreachable", "b", 1, CLIENTS), Stream.of("reconnected b0"));
        poll(2);
        emqx.joinNode(second);
        poll();
        assertNothingTold();
        connect("b1", second);
        connect("b2", third);
        poll();
        assertTold(some("reconnected", "b", 1, 3));
        pass(GRACE);
        poll();
        assertTold(some("disconnected", "b", 3, CLIENTS));
    }

    @Test
    void aNodeThatIsPutOutOfTheClusterNeverComesBack() throws Exception {
        watch("clients?nodeLossTimeout=60000");
        emqx.killNode(second);
        poll();
        assertTold(all("unreachable", "b"));
        emqx.forceLeaveNode(second);
        poll(11);
        assertNothingTold();
        poll();
        assertThat(change("disconnected b0").after()).containsEntry("reason", "node-lost");
        assertTold(all("disconnected", "b"));
        emqx.addNode(second);
        connect("b0", second);
        poll();
        assertTold("connected b0");
    }

    @Test
    void aNodeThatDiesInTheMiddleOfAWalkCostsItsOwnClientsOnly() throws Exception {
        watch("clients?pageSize=5");
        connect("a-new", first);
        connect("c-new", third);
        emqx.disconnect("c0");
        // which comes first in the order of names, and has three pages
        emqx.killNodeAfter(second, 1);
        poll();
        // a node that did not give all its rows may have any of the missing ones: the next poll knows
        assertTold(some("unreachable", "b", 5, CLIENTS), Stream.of("connected a-new", "connected c-new"));
        poll();
        assertTold(some("unreachable", "b", 0, 5), Stream.of("disconnected c0"));
        poll();
        assertNothingTold();
    }

    @Test
    void whereNodesAreNotListedAWalkThatLosesItsPlaceSaysNothingOfBystanders() throws Exception {
        withoutNodes();
        watch("clients?pageSize=5");
        connect("a-new", first);
        // the next page is an offset into what is left: all clients of the third node fall through (clusters.md, v5
        // (a2))
        emqx.killNodeAfter(second, 5);
        poll();
        assertTold("connected a-new");
        poll();
        assertTold(all("unreachable", "b"));
        poll(3);
        assertNothingTold();
        emqx.startNode(second);
        for (int i = 0; i < CLIENTS; i++) {
            connect("b" + i, second);
        }
        poll(3);
        assertTold(all("reconnected", "b"));
    }

    @Test
    void whereNodesAreNotListedANodeThatLosesAllItsClientsIsTakenForLost() throws Exception {
        withoutNodes();
        watch("clients?nodeLossTimeout=60000");
        emqx.killNode(second);
        emqx.disconnect("c0");
        poll();
        assertTold(all("unreachable", "b"), Stream.of("disconnected c0"));
        poll(11);
        assertNothingTold();
        poll();
        assertThat(change("disconnected b0").after()).containsEntry("reason", "node-lost");
        assertTold(all("disconnected", "b"));
    }

    @Test
    void theNodeThatIsAskedIsNoDifferentWhenItStartsAgain() throws Exception {
        emqx.answerAs(first);
        watch("clients");
        emqx.killNode(first);
        poll(2);
        assertThat(failures).hasSize(2);
        emqx.beginBoot(first);
        poll();
        // its first words are that it knows none of its paths (clusters.md, v5 (b))
        assertThat(failures).hasSize(3);
        assertNothingTold();
        emqx.endBoot(first);
        connect("a0", first);
        poll();
        assertTold("reconnected a0");
        connect("a1", second);
        poll();
        assertTold("reconnected a1");
        pass(GRACE.plus(Duration.ofSeconds(1)));
        poll();
        assertTold(some("disconnected", "a", 2, CLIENTS));
        assertThat(failures).hasSize(3);
    }

    private void withoutNodes() {
        emqx.wireMock()
                .stubFor(get(urlPathMatching(".*/nodes"))
                        .atPriority(1)
                        .willReturn(aResponse().withStatus(403)));
    }
}
