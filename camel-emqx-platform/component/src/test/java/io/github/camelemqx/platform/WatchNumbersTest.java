/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import static io.github.camelemqx.platform.EmqxPlatformConstants.EVENT_ID;
import static io.github.camelemqx.platform.EmqxPlatformConstants.EVENT_TYPE;
import static io.github.camelemqx.platform.EmqxPlatformConstants.KEY;
import static io.github.camelemqx.platform.EmqxPlatformConstants.NODE;
import static io.github.camelemqx.platform.EmqxPlatformConstants.RESOURCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelemqx.platform.model.MetricChange;
import io.github.camelemqx.platform.test.ClientOptions;
import io.github.camelemqx.platform.test.Generation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.dataformat.JsonLibrary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** How much of metrics and stats is told, and stats that go up and down, with the same routes on both generations. */
@ParameterizedClass
@EnumSource(Generation.class)
class WatchNumbersTest extends BothGenerations {

    private static final String METRIC = "messages.received";
    private static final String CONNECTIONS = "connections.count";

    private final List<Message> events = new ArrayList<>();
    private final PollOnDemand polls = new PollOnDemand();

    @Test
    void smallChangesAddUp() throws Exception {
        emqx.count(METRIC, 100);
        watch("metrics?minDelta=10&metricNames=" + METRIC);
        for (int i = 0; i < 3; i++) {
            emqx.count(METRIC, 3);
            polls.poll();
        }
        assertThat(events).isEmpty();
        emqx.count(METRIC, 4);
        polls.poll();
        polls.poll();
        assertThat(changes()).hasSize(1);
        MetricChange change = changes().get(0);
        assertThat(change.previous()).isEqualTo(100);
        assertThat(change.current()).isEqualTo(113);
        assertThat(change.delta()).isEqualTo(13);
        assertThat(change.ratePerSecond()).isPositive();
        emqx.count(METRIC, 9);
        polls.poll();
        assertThat(events).hasSize(1);
    }

    @Test
    void whatAddedUpOutlivesARestartOfTheNode() throws Exception {
        emqx.count(METRIC, 100);
        watch("metrics?minDelta=10&metricNames=" + METRIC);
        emqx.count(METRIC, 6);
        polls.poll();
        emqx.restartNode(generation.firstNode());
        polls.poll();
        emqx.count(METRIC, 5);
        polls.poll();
        assertThat(changes()).hasSize(1);
        assertThat(changes().get(0).delta()).isEqualTo(11);
        assertThat(changes().get(0).current()).isEqualTo(111);
    }

    @Test
    void theChangesOfAPollComeTogether() throws Exception {
        watch("metrics?batch=true&metricNames=packets.*," + METRIC);
        emqx.count(METRIC, 1);
        emqx.count("packets.sent", 2);
        emqx.count("packets.received", 3);
        emqx.count("client.connected", 4);
        polls.poll();
        polls.poll();
        assertThat(events).hasSize(1);
        assertThat(events.get(0).getHeader(EVENT_TYPE)).isEqualTo("changed");
        assertThat(events.get(0).getHeader(RESOURCE)).isEqualTo("metrics");
        assertThat(events.get(0).getHeader(KEY)).isEqualTo("metrics");
        assertThat(batch(0))
                .extracting(change -> change.name() + " " + change.delta())
                .containsExactly(METRIC + " 1", "packets.received 3", "packets.sent 2");
    }

    @Test
    void aBatchThatFailsComesAgainAsAWhole() throws Exception {
        AtomicBoolean failing = new AtomicBoolean(true);
        List<Object> ids = new ArrayList<>();
        context.getRegistry().bind("polls", polls);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("emqx-platform:metrics?batch=true&metricNames=packets.*," + METRIC + "&scheduler=#polls")
                        .process(exchange -> {
                            ids.add(exchange.getMessage().getHeader(EVENT_ID));
                            if (failing.get()) {
                                throw new IllegalStateException("not now");
                            }
                        })
                        .process(exchange -> events.add(exchange.getMessage().copy()));
            }
        });
        polls.poll();
        emqx.count(METRIC, 1);
        emqx.count("packets.sent", 2);
        polls.poll();
        emqx.count(METRIC, 10);
        polls.poll();
        failing.set(false);
        polls.poll();
        assertThat(ids).hasSize(3);
        assertThat(ids).containsOnly(ids.get(0));
        assertThat(batch(0))
                .extracting(change -> change.name() + " " + change.delta())
                .containsExactly(METRIC + " 1", "packets.sent 2");
        polls.poll();
        assertThat(batch(1))
                .extracting(change -> change.name() + " " + change.delta())
                .containsExactly(METRIC + " 10");
    }

    @Test
    void aBatchIsMarshalled() throws Exception {
        context.getRegistry().bind("polls", polls);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("emqx-platform:metrics?batch=true&metricNames=" + METRIC + "&scheduler=#polls")
                        .marshal()
                        .json(JsonLibrary.Jackson)
                        .process(exchange -> events.add(exchange.getMessage().copy()));
            }
        });
        polls.poll();
        emqx.count(METRIC, 1);
        polls.poll();
        assertThat(events.get(0).getBody(String.class)).startsWith("[{\"name\":\"" + METRIC + "\",\"node\":null,");
    }

    @Test
    void statsGoUpAndDown() throws Exception {
        emqx.connect("c1");
        watch("stats?metricNames=" + CONNECTIONS);
        emqx.connect("c2");
        emqx.connect("c3");
        polls.poll();
        emqx.disconnect("c1");
        polls.poll();
        polls.poll();
        assertThat(changes())
                .extracting(change -> change.previous() + " " + change.current() + " " + change.delta())
                .containsExactly("1 3 2", "3 2 -1");
        assertThat(changes().get(1).ratePerSecond()).isNegative();
        assertThat(events.get(0).getHeader(RESOURCE)).isEqualTo("stats");
        assertThat(events.get(0).getHeader(KEY)).isEqualTo(CONNECTIONS);
    }

    @Test
    void aFallThatIsSmallAddsUpToo() throws Exception {
        for (int i = 0; i < 5; i++) {
            emqx.connect("c" + i);
        }
        watch("stats?minDelta=3&metricNames=" + CONNECTIONS);
        for (int i = 0; i < 3; i++) {
            assertThat(events).isEmpty();
            emqx.disconnect("c" + i);
            polls.poll();
        }
        assertThat(changes()).hasSize(1);
        assertThat(changes().get(0).delta()).isEqualTo(-3);
        assertThat(changes().get(0).previous()).isEqualTo(5);
    }

    @Test
    void aNodeThatComesOrGoesMakesNoStatJump() throws Exception {
        String second = v5() ? "emqx-b@127.0.0.1" : "emqx4-b@127.0.0.1";
        emqx.addNode(second);
        emqx.connect("c1");
        for (int i = 0; i < 7; i++) {
            emqx.connect(ClientOptions.of("second-" + i).node(second));
        }
        watch("stats?metricNames=" + CONNECTIONS);
        emqx.stopNode(second);
        polls.poll();
        emqx.startNode(second);
        polls.poll();
        polls.poll();
        assertThat(events).isEmpty();
        emqx.connect("c2");
        emqx.connect(ClientOptions.of("back").node(second));
        polls.poll();
        assertThat(changes()).hasSize(1);
        assertThat(changes().get(0).delta()).isEqualTo(2);
        assertThat(changes().get(0).current()).isEqualTo(3);
    }

    @Test
    void nodesStatsAreToldApartOnDemand() throws Exception {
        watch("stats?param.aggregate=false&metricNames=" + CONNECTIONS);
        emqx.connect("c1");
        polls.poll();
        assertThat(changes()).hasSize(1);
        assertThat(changes().get(0).node()).isEqualTo(generation.firstNode());
        assertThat(events.get(0).getHeader(NODE)).isEqualTo(generation.firstNode());
    }

    @Test
    void aNumberThatEveryNodeTellsOfTheClusterCountsOnce() throws Exception {
        String second = v5() ? "emqx-b@127.0.0.1" : "emqx4-b@127.0.0.1";
        emqx.addNode(second);
        emqx.connect("c1");
        watch("stats?metricNames=topics.count");
        emqx.subscribe("c1", "t/1", 0);
        polls.poll();
        assertThat(changes()).hasSize(1);
        assertThat(changes().get(0).delta()).isEqualTo(1);
    }

    @Test
    void optionsOfNumbersAreForNumbers() {
        for (String option : List.of("minDelta=2", "batch=true", "metricNames=x")) {
            assertThatThrownBy(() -> watch("clients?" + option))
                    .hasStackTraceContaining("Option " + option.replaceFirst("=.*", "") + " is for watches of numbers");
        }
        assertThatThrownBy(() -> watch("metrics?minDelta=0"))
                .hasStackTraceContaining("Option minDelta must be at least 1");
    }

    private void watch(String uri) throws Exception {
        context.getRegistry().bind("polls", polls);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("emqx-platform:" + uri + "&scheduler=#polls")
                        .process(exchange -> events.add(exchange.getMessage().copy()));
            }
        });
        polls.poll();
    }

    private List<MetricChange> changes() {
        return events.stream().map(event -> event.getBody(MetricChange.class)).toList();
    }

    private List<MetricChange> batch(int index) {
        List<MetricChange> changes = new ArrayList<>();
        ((List<?>) events.get(index).getBody()).forEach(change -> changes.add((MetricChange) change));
        return changes;
    }
}
