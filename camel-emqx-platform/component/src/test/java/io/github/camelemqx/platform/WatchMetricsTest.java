/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import static io.github.camelemqx.platform.EmqxPlatformConstants.EVENT_TYPE;
import static io.github.camelemqx.platform.EmqxPlatformConstants.KEY;
import static io.github.camelemqx.platform.EmqxPlatformConstants.NODE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelemqx.platform.model.MetricChange;
import io.github.camelemqx.platform.model.ResourceChange;
import io.github.camelemqx.platform.test.Generation;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Metrics and users watched, with the same routes on both generations. */
@ParameterizedClass
@EnumSource(Generation.class)
class WatchMetricsTest extends BothGenerations {

    private static final String FAST = "delay=40&initialDelay=0";
    private static final String METRIC = "messages.received";

    private final List<Message> events = new CopyOnWriteArrayList<>();

    @Test
    void aCounterThatGrowsIsAChange() throws Exception {
        emqx.count(METRIC, 10);
        watch("metrics", "");
        emqx.count(METRIC, 5);
        await().until(() -> !events.isEmpty());
        polls(2);
        assertThat(events).hasSize(1);
        Message event = events.get(0);
        assertThat(event.getHeader(EVENT_TYPE)).isEqualTo("changed");
        assertThat(event.getHeader(KEY)).isEqualTo(METRIC);
        assertThat(event.getHeader(NODE)).isNull();
        MetricChange change = event.getBody(MetricChange.class);
        assertThat(change.name()).isEqualTo(METRIC);
        assertThat(change.node()).isNull();
        assertThat(change.previous()).isEqualTo(10);
        assertThat(change.current()).isEqualTo(15);
        assertThat(change.delta()).isEqualTo(5);
        assertThat(change.ratePerSecond()).isPositive();
        Map<?, ?> map = event.getBody(Map.class);
        assertThat(map.get("name")).isEqualTo(METRIC);
        assertThat(map.get("delta")).isEqualTo(5L);
        assertThat(event.getBody(String.class))
                .startsWith("{\"name\":\"" + METRIC + "\",\"node\":null,\"previous\":10");
    }

    @Test
    void onlyWantedMetricsAreWatched() throws Exception {
        watch("metrics", "&metricNames=packets.*,client.connected");
        emqx.count(METRIC, 1);
        emqx.count("packets.sent", 2);
        emqx.count("client.connected", 3);
        await().until(() -> events.size() == 2);
        polls(2);
        assertThat(events)
                .extracting(event -> event.getHeader(KEY))
                .containsExactlyInAnyOrder("packets.sent", "client.connected");
    }

    @Test
    void nodesAreToldApartOnDemand() throws Exception {
        String second = secondNode();
        watch("metrics", "&param.aggregate=false");
        emqx.count(second, METRIC, 4);
        await().until(() -> !events.isEmpty());
        MetricChange change = events.get(0).getBody(MetricChange.class);
        assertThat(change.node()).isEqualTo(second);
        assertThat(change.delta()).isEqualTo(4);
        assertThat(events.get(0).getHeader(NODE)).isEqualTo(second);
        assertThat(events.get(0).getHeader(KEY)).isEqualTo(METRIC);
    }

    @Test
    void aNodeThatStartsAgainCountsFromZero() throws Exception {
        emqx.count(METRIC, 100);
        emqx.count("packets.sent", 3);
        watch("metrics", "&metricNames=" + METRIC + ",packets.sent");
        emqx.restartNode(generation.firstNode());
        polls(2);
        assertThat(events).isEmpty();
        emqx.count(METRIC, 7);
        // more than before the start, and still counted from zero
        emqx.count("packets.sent", 5);
        await().until(() -> events.size() == 2);
        assertThat(delta(METRIC)).isEqualTo(7);
        assertThat(delta("packets.sent")).isEqualTo(5);
        MetricChange change = changes(METRIC).get(0);
        assertThat(change.previous()).isEqualTo(100);
        assertThat(change.current()).isEqualTo(107);
    }

    @Test
    void aNodesOwnValueStartsAgainWithTheNode() throws Exception {
        emqx.count(METRIC, 100);
        watch("metrics", "&param.aggregate=false&metricNames=" + METRIC);
        emqx.restartNode(generation.firstNode());
        emqx.count(METRIC, 7);
        await().until(() -> !events.isEmpty());
        MetricChange change = changes(METRIC).get(0);
        assertThat(change.current()).isEqualTo(7);
        assertThat(change.delta()).isEqualTo(7);
    }

    @Test
    void aNodeThatComesOrGoesMakesNoSumJump() throws Exception {
        String second = secondNode();
        emqx.count(METRIC, 10);
        emqx.count(second, METRIC, 1000);
        watch("metrics", "&metricNames=" + METRIC);
        emqx.stopNode(second);
        polls(2);
        emqx.count(METRIC, 1);
        await().until(() -> events.size() == 1);
        emqx.startNode(second);
        polls(2);
        emqx.count(second, METRIC, 2);
        await().until(() -> events.size() == 2);
        String third = second.replace("-b", "-c");
        emqx.addNode(third);
        emqx.count(third, METRIC, 4);
        polls(3);
        emqx.count(third, METRIC, 8);
        await().until(() ->
                changes(METRIC).stream().mapToLong(MetricChange::delta).sum() >= 11);
        assertThat(changes(METRIC))
                .allSatisfy(change ->
                        assertThat(change.delta()).isBetween(1L, 12L).isEqualTo(change.current() - change.previous()));
    }

    @Test
    void aFailedEventComesAgainAndNothingIsLost() throws Exception {
        AtomicInteger failures = new AtomicInteger(2);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("emqx-platform:metrics?metricNames=" + METRIC + "&" + FAST)
                        .process(exchange -> {
                            if (failures.getAndDecrement() > 0) {
                                throw new IllegalStateException("not now");
                            }
                        })
                        .process(exchange -> events.add(exchange.getMessage().copy()));
            }
        });
        polls(1);
        emqx.count(METRIC, 5);
        polls(2);
        emqx.count(METRIC, 6);
        await().until(() ->
                changes(METRIC).stream().mapToLong(MetricChange::delta).sum() == 11);
    }

    @Test
    void usersAreWatchedByTheirRowOfTheCatalogue() throws Exception {
        emqx.addUser("there-before", "p");
        watch("users", "");
        emqx.addUser("u1", "p");
        await().until(() -> events.size() == 1);
        assertThat(events.get(0).getHeader(EVENT_TYPE)).isEqualTo("created");
        assertThat(events.get(0).getHeader(KEY)).isEqualTo("u1");
        assertThat(events.get(0).getHeader(EmqxPlatformConstants.ID)).isEqualTo("u1");
        if (v5()) {
            row("users?operation=update&username=u1", Map.of("password", "p", "is_superuser", true));
            await().until(() -> events.size() == 2);
            assertThat(events.get(1).getHeader(EVENT_TYPE)).isEqualTo("updated");
            assertThat(events.get(1).getBody(ResourceChange.class).after()).containsEntry("is_superuser", true);
        }
        int before = events.size();
        result("users?operation=delete&username=u1");
        await().until(() -> events.size() > before);
        assertThat(events.get(before).getHeader(EVENT_TYPE)).isEqualTo("deleted");
    }

    private String secondNode() {
        String second = v5() ? "emqx-b@127.0.0.1" : "emqx4-b@127.0.0.1";
        emqx.addNode(second);
        return second;
    }

    private void watch(String resource, String options) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("emqx-platform:" + resource + "?" + FAST + options)
                        .process(exchange -> events.add(exchange.getMessage().copy()));
            }
        });
        polls(1);
    }

    private List<MetricChange> changes(String metric) {
        return events.stream()
                .map(event -> event.getBody(MetricChange.class))
                .filter(change -> change.name().equals(metric))
                .toList();
    }

    private long delta(String metric) {
        return changes(metric).stream().mapToLong(MetricChange::delta).sum();
    }

    private void polls(int count) {
        int before = requests();
        await().until(() -> requests() > before + count);
    }

    private int requests() {
        return emqx.wireMock().getAllServeEvents().size();
    }
}
