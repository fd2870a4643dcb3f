/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelemqx.platform.model.MetricChange;
import io.github.camelemqx.platform.test.Generation;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Metrics watched while a node comes and goes in every way that was measured (emqx-api/clusters.md): what was counted is told,
 * once, and neither the past of a node that comes nor the loss of one that goes is ever a change.
 */
@ParameterizedClass
@EnumSource(Generation.class)
class WatchClusterMetricsTest extends WatchedCluster {

    private static final String METRIC = "messages.received";
    private static final String OTHER = "packets.sent";

    /** What was told in all, by node; null for all nodes together. */
    private final Map<String, Long> told = new HashMap<>();

    @Test
    void sumsNeverJump() throws Exception {
        begin("metrics?metricNames=" + METRIC);
        throughEverything(null);
        assertThat(told.get(null)).isEqualTo(countedOnTheOthers + countedOnSecond);
    }

    @Test
    void nodesOwnCountersNeverFall() throws Exception {
        begin("metrics?param.aggregate=false&metricNames=" + METRIC);
        throughEverything(second);
        assertThat(told).containsEntry(second, countedOnSecond);
        assertThat(told.get(first) + told.get(third)).isEqualTo(countedOnTheOthers);
    }

    @Test
    void noCounterWhateverItIsGoesBackwards() throws Exception {
        begin("metrics");
        throughEverything(null);
    }

    @Test
    void aRestartIsSeenThoughTheCounterReadsAsBefore() throws Exception {
        watch("metrics?param.aggregate=false&metricNames=client.connected");
        emqx.count(second, METRIC, 100);
        poll();
        emqx.restartNode(second);
        for (int i = 0; i < CLIENTS; i++) {
            connect("b" + i, second);
        }
        poll(2);
        assertThat(events).hasSize(1);
        assertThat(events.get(0).getBody(MetricChange.class).node()).isEqualTo(second);
        assertThat(events.get(0).getBody(MetricChange.class).delta()).isEqualTo(CLIENTS);
    }

    private long countedOnTheOthers;
    private long countedOnSecond;

    private void begin(String uri) throws Exception {
        emqx.count(first, METRIC, 1000);
        emqx.count(second, METRIC, 500_000);
        emqx.count(third, METRIC, 3000);
        emqx.count(second, OTHER, 70_000);
        emqx.hangScale(Duration.ofMillis(2));
        watch(uri);
    }

    private void throughEverything(String ofNode) {
        running(7);
        away(() -> emqx.killNode(second), 3);
        back(() -> emqx.startNode(second), 4);
        away(() -> emqx.beginStop(second), 1);
        away(() -> emqx.endStop(second), 2);
        away(() -> emqx.beginBoot(second), 2);
        back(() -> emqx.endBoot(second), 5);
        // what is counted while a node is frozen is told when it goes on
        away(() -> emqx.freezeNode(second), 2);
        back(() -> emqx.thawNode(second), 6);
        away(() -> emqx.freezeNode(second), 1);
        away(() -> emqx.dropFrozenNode(second), 1);
        away(() -> emqx.thawNode(second), 3);
        back(() -> emqx.heal(second), 2);
        away(() -> emqx.leaveNode(second), 3);
        back(() -> emqx.joinNode(second), 8);
        away(() -> emqx.cutOffNode(second), 1);
        emqx.answerAs(second);
        count(second, 5);
        count(first, 6);
        poll(2);
        emqx.answerAs(first);
        poll(2);
        back(() -> emqx.heal(second), 3);
        // it dies and is back between two polls
        emqx.restartNode(second);
        running(2);
        away(() -> emqx.killNode(second), 2);
        emqx.forceLeaveNode(second);
        poll(2);
        // a node that is new brings what it counted before it was seen along, and that is no change
        emqx.addNode(second);
        poll();
        running(4);
        check(ofNode);
    }

    /** A node goes; only what the others count can be told. */
    private void away(Runnable event, int count) {
        event.run();
        poll();
        count(first, count);
        poll();
        poll();
    }

    /** A node comes back, its counters at zero; what it counts from then on is told. */
    private void back(Runnable event, int count) {
        event.run();
        poll();
        running(count);
    }

    private void running(int count) {
        count(second, count);
        count(first, 1);
        count(third, 2);
        poll();
        poll();
    }

    private void count(String node, int count) {
        emqx.count(node, METRIC, count);
        if (node.equals(second)) {
            countedOnSecond += count;
        } else {
            countedOnTheOthers += count;
        }
    }

    private void check(String ofNode) {
        List<MetricChange> changes =
                events.stream().map(event -> event.getBody(MetricChange.class)).toList();
        Map<String, Long> last = new HashMap<>();
        for (MetricChange change : changes) {
            assertThat(change.delta()).as(change.toString()).isPositive();
            assertThat(change.delta()).as(change.toString()).isLessThan(1000);
            assertThat(change.ratePerSecond()).as(change.toString()).isBetween(0.0, 1000.0);
            if (change.name().equals(METRIC)) {
                told.merge(change.node(), change.delta(), Long::sum);
            }
            if (change.node() == null) {
                assertThat(change.current() - change.previous())
                        .as(change.toString())
                        .isEqualTo(change.delta());
                Long before = last.put(change.name(), change.current());
                assertThat(before == null ? change.previous() : before.longValue())
                        .as(change.toString())
                        .isEqualTo(change.previous());
            }
        }
        assertThat(changes).isNotEmpty();
        assertThat(ofNode == null || changes.stream().anyMatch(change -> ofNode.equals(change.node())))
                .isTrue();
    }
}
