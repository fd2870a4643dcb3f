/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelemqx.platform.test.Generation;
import io.github.camelemqx.platform.test.NodeCondition;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients watched while a node freezes, is given up, lives on by itself and is healed (emqx-api/clusters.md, v5 (d) and v4 (d)). */
@ParameterizedClass
@EnumSource(Generation.class)
class WatchFreezeTest extends WatchedCluster {

    /** How long a poll waits for an answer, in milliseconds. */
    private static final int PATIENCE = 1500;

    @Test
    void aFrozenNodeCostsNothingButTimeThatIsLimited() throws Exception {
        watch("clients?responseTimeout=" + PATIENCE);
        // the broker's own limits of 30 to 60 seconds are never reached
        emqx.hangScale(Duration.ofHours(1));
        emqx.freezeNode(second);
        connect("a-new", first);
        connect("a0", third);
        emqx.disconnect("c0");
        poll();
        assertTold("connected a-new", "reconnected a0");
        // the nodes before and after, and the node itself
        assertThat(emqx.hanging()).isBetween(1, 3);
        int hanging = emqx.hanging();
        connect("c-new", third);
        poll();
        assertTold("connected c-new");
        // the node is known for not answering: it is not asked while the list of nodes hangs
        assertThat(emqx.hanging() - hanging).isBetween(0, 2);
        emqx.thawNode(second);
        poll();
        assertTold("disconnected c0");
        poll(2);
        assertNothingTold();
        assertThat(failures).isEmpty();
    }

    @Test
    void whoWaitsAsLongAsTheBrokerHearsThatTheNodeIsAwayAndThatItIsBack() throws Exception {
        watch("clients");
        emqx.freezeNode(second);
        connect("a-new", first);
        poll();
        // generation 5 lists the other nodes after 30 seconds, generation 4 closes the connection after 60
        assertTold(v5() ? all("unreachable", "b") : Stream.of(), Stream.of("connected a-new"));
        emqx.thawNode(second);
        poll();
        assertTold(v5() ? all("connected", "b") : Stream.of());
        poll();
        assertNothingTold();
    }

    @Test
    void aClientThatTriedElsewhereInVainIsGoneWhenItsNodeGoesOn() throws Exception {
        watch("clients");
        emqx.hangScale(Duration.ofMillis(1));
        emqx.freezeNode(second);
        assertThatThrownBy(() -> connect("b0", first)).isInstanceOf(IllegalStateException.class);
        emqx.disconnect("b1");
        emqx.thawNode(second);
        poll();
        assertTold("disconnected b0", "disconnected b1");
        connect("b0", first);
        poll();
        assertTold("connected b0");
    }

    @Test
    void aNodeThatIsGivenUpAndHealedLosesNobodyWhoComesBack() throws Exception {
        watch("clients");
        emqx.hangScale(Duration.ofMillis(1));
        emqx.freezeNode(second);
        emqx.dropFrozenNode(second);
        poll();
        assertTold(all("unreachable", "b"));
        emqx.thawNode(second);
        assertThat(emqx.condition(second)).isEqualTo(NodeCondition.CUT_OFF);
        // still connected to the other part, and not to be seen from here; what is missing here may have gone there
        emqx.disconnect("a0");
        connect("b-there", second);
        poll(3);
        assertNothingTold();
        connect("c-new", third);
        poll();
        assertTold("connected c-new");
        emqx.heal(second);
        connect("b0", second);
        connect("b1", first);
        poll();
        assertTold("disconnected a0", "reconnected b0", "reconnected b1");
        connect("b2", second);
        poll();
        assertTold("reconnected b2");
        pass(GRACE);
        poll();
        assertTold(some("disconnected", "b", 3, CLIENTS));
        poll();
        assertNothingTold();
    }

    @Test
    void aClientThatConnectedOnTheOtherSideOfASplitIsNotGone() throws Exception {
        watch("clients");
        // before the poll: the last that was known of it is the node that is well
        connect("a0", second);
        emqx.cutOffNode(second);
        poll(4);
        assertTold(all("unreachable", "b"));
        emqx.heal(second);
        connect("a0", second);
        poll();
        assertTold("reconnected a0");
    }

    /** There is one alarm, however many parts there are: it ends with the first of them that is back. */
    @Test
    void aClusterInThreePartsIsNotWholeWhenOneOfThemIsBack() throws Exception {
        watch("clients");
        emqx.cutOffNode(second);
        emqx.cutOffNode(third);
        poll();
        assertTold(all("unreachable", "b"), all("unreachable", "c"));
        emqx.heal(second);
        for (int i = 0; i < CLIENTS; i++) {
            connect("b" + i, second);
        }
        emqx.disconnect("a0");
        connect("a0", third);
        poll(4);
        assertTold(all("reconnected", "b"));
        emqx.heal(third);
        connect("a0", third);
        poll();
        assertTold("reconnected a0");
    }

    @Test
    void aSplitThatBeginsJustBeforeTheSecondLookSpoilsIt() throws Exception {
        watch("clients");
        // it moves to a node that was listed already
        emqx.afterPages(1, () -> connect("a0", second));
        AtomicBoolean whole = new AtomicBoolean(true);
        emqx.wireMock().addMockServiceRequestListener((request, response) -> {
            if (request.getUrl().contains("/alarms") && whole.getAndSet(false)) {
                emqx.cutOffNode(second);
            }
        });
        poll();
        assertThat(whole).isFalse();
        poll(2);
        assertTold(all("unreachable", "b"));
        emqx.heal(second);
        connect("a0", second);
        poll();
        assertTold("reconnected a0");
    }

    @Test
    void alarmsThatCannotBeAskedForYetAreNotSilent() throws Exception {
        watch("clients");
        connect("a0", second);
        emqx.cutOffNode(second);
        emqx.wireMock()
                .stubFor(get(urlPathMatching(".*/alarms.*"))
                        .atPriority(1)
                        .willReturn(aResponse()
                                .withStatus(404)
                                .withBody("{\"code\":\"NOT_FOUND\",\"message\":\"Request Path Not Found\"}")));
        poll(2);
        assertTold(all("unreachable", "b"));
    }

    @Test
    void aClusterOfTwoThatIsSplitLooksLikeOneNodeAndIsNone() throws Exception {
        emqx.killNode(third);
        emqx.forceLeaveNode(third);
        for (int i = 0; i < CLIENTS; i++) {
            emqx.disconnect("b" + i);
        }
        watch("clients");
        connect("a0", second);
        emqx.cutOffNode(second);
        poll(4);
        assertNothingTold();
        emqx.heal(second);
        connect("a0", second);
        poll();
        assertTold("reconnected a0");
    }

    @Test
    void nobodyIsGivenUpWhileTheOtherSideLives() throws Exception {
        watch("clients?nodeLossTimeout=30000");
        emqx.cutOffNode(second);
        poll();
        assertTold(all("unreachable", "b"));
        pass(Duration.ofMinutes(1));
        poll(2);
        assertNothingTold();
        emqx.killNode(second);
        poll();
        assertThat(change("disconnected b0").after()).containsEntry("reason", "node-lost");
        assertTold(all("disconnected", "b"));
    }

    @Test
    void aClientOfBothSidesIsWhereItIsLeftWhenTheSplitIsOver() throws Exception {
        watch("clients");
        emqx.cutOffNode(second);
        connect("a0", second);
        emqx.answerAs(second);
        poll();
        assertThat(told()).contains("reconnected a0");
        events.clear();
        emqx.answerAs(first);
        emqx.heal(second);
        poll(2);
        assertThat(change("reconnected a0").after()).containsEntry("node", first);
        events.clear();
        poll(2);
        assertThat(told()).doesNotContain("reconnected a0", "disconnected a0");
        events.clear();
        emqx.disconnect("a0");
        poll();
        assertThat(told()).contains("disconnected a0");
    }

    @Test
    void whatTheSmallerSideSaysIsNotTheWholeTruth() throws Exception {
        watch("clients");
        emqx.cutOffNode(second);
        emqx.answerAs(second);
        connect("b-new", second);
        poll();
        assertTold(all("unreachable", "a"), all("unreachable", "c"), Stream.of("connected b-new"));
        poll(3);
        emqx.answerAs(first);
        poll();
        assertTold(
                all("unreachable", "b"), Stream.of("unreachable b-new"), all("connected", "a"), all("connected", "c"));
        emqx.heal(second);
        for (int i = 0; i < CLIENTS; i++) {
            connect("b" + i, second);
        }
        connect("b-new", first);
        poll();
        assertTold(all("reconnected", "b"), Stream.of("reconnected b-new"));
        pass(GRACE);
        poll(2);
        assertNothingTold();
    }
}
