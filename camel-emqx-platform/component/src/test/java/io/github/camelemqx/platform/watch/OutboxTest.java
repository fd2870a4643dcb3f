/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelemqx.platform.model.MetricChange;
import io.github.camelemqx.platform.model.ResourceChange;
import io.github.camelemqx.platform.watch.WatchState.Section;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** Events wait until they are delivered, in order for each key, and move the state on when they are. */
class OutboxTest {

    private final KeptState state = new KeptState();
    private final Map<String, Map<String, Object>> rows = new HashMap<>();
    private final Outbox outbox = new Outbox(state, this::moveOn);

    private void moveOn(WatchEvent event) {
        if (event.row() == null) {
            rows.remove(event.key());
        } else {
            rows.put(event.key(), event.row());
        }
    }

    @Test
    void aRoundGivesEachEventOnce() {
        outbox.add(List.of(event("1", "a"), event("2", "b")));
        assertThat(ids(outbox.round())).containsExactly("1", "2");
    }

    @Test
    void theStateMovesOnWithDelivery() {
        WatchEvent event = event("1", "a");
        outbox.add(List.of(event));
        assertThat(outbox.round().next()).isEqualTo(event);
        assertThat(rows.get("a")).isNull();
        assertThat(outbox.holds("a")).isTrue();
        outbox.delivered(event);
        assertThat(rows.get("a")).containsEntry("event", "1");
        assertThat(outbox.holds("a")).isFalse();
        assertThat(outbox.size()).isZero();
    }

    @Test
    void aFailedEventComesAgainInTheNextRoundOnly() {
        outbox.add(List.of(event("1", "a"), event("2", "b")));
        Outbox.Round round = outbox.round();
        outbox.failed(round.next());
        assertThat(ids(round)).containsExactly("2");
        assertThat(ids(outbox.round())).containsExactly("1");
    }

    @Test
    void anEventUnderWayIsNotGivenAgain() {
        outbox.add(List.of(event("1", "a")));
        assertThat(ids(outbox.round())).containsExactly("1");
        assertThat(ids(outbox.round())).isEmpty();
    }

    @Test
    void theNextEventOfAKeyFollowsInTheSameRoundOnceTheFirstIsDelivered() {
        outbox.add(List.of(event("1", "a"), event("2", "a"), event("3", "b")));
        Outbox.Round round = outbox.round();
        outbox.delivered(round.next());
        assertThat(ids(round)).containsExactly("2", "3");
    }

    @Test
    void theNextEventOfAKeyWaitsWhileTheFirstIsUnderWay() {
        outbox.add(List.of(event("1", "a"), event("2", "a"), event("3", "b")));
        Outbox.Round round = outbox.round();
        WatchEvent first = round.next();
        assertThat(ids(round)).containsExactly("3");
        outbox.delivered(first);
        assertThat(ids(outbox.round())).containsExactly("2");
    }

    @Test
    void theNextEventOfAKeyDoesNotOvertakeAFailedOne() {
        outbox.add(List.of(event("1", "a"), event("2", "a")));
        Outbox.Round round = outbox.round();
        outbox.failed(round.next());
        assertThat(ids(round)).isEmpty();
        assertThat(outbox.round().next().id()).isEqualTo("1");
    }

    @Test
    void aRowThatIsGoneIsForgotten() {
        rows.put("a", Map.of("x", 1));
        Map<String, Object> row = Map.of("x", 1);
        WatchEvent gone = new WatchEvent(
                "1",
                "deleted",
                "a",
                "a",
                row,
                new ResourceChange("users", "deleted", "a", row, null, Instant.EPOCH),
                Instant.EPOCH,
                null);
        outbox.add(List.of(gone));
        outbox.delivered(outbox.round().next());
        assertThat(rows.keySet()).isEmpty();
    }

    @Test
    void whatWaitsInTheStateIsTakenUpAsItWas() {
        List<WatchEvent> events = List.of(
                event("1", "a"),
                event("2", "a", "updated"),
                new WatchEvent(
                        "3",
                        "disconnected",
                        "b",
                        "b's name",
                        Map.of("clientid", "b"),
                        new ResourceChange(
                                "clients",
                                "disconnected",
                                "b's name",
                                Map.of("clientid", "b"),
                                Map.of("reason", "node-lost"),
                                Instant.EPOCH),
                        Instant.EPOCH,
                        null),
                new WatchEvent(
                        "4",
                        "changed",
                        "c",
                        "c",
                        Map.of("node", "n"),
                        new MetricChange("c", "n", 1, 3, 2, 0.5, Instant.EPOCH),
                        Instant.EPOCH,
                        Map.of("total", 3)),
                new WatchEvent(
                        "5",
                        "changed",
                        "*",
                        "metrics",
                        Map.of(),
                        List.of(
                                new MetricChange("c", "n", 1, 3, 2, 0.5, Instant.EPOCH),
                                new MetricChange("d", null, 0, 1L << 40, 1L << 40, 0, Instant.EPOCH)),
                        Instant.EPOCH,
                        Map.of("c@n", Map.of("total", 3), "d", Map.of("total", 1L << 40))),
                new WatchEvent(
                        "6",
                        "created",
                        "a|\\e|b",
                        "a|b",
                        Map.of("first", "a", "second", "", "third", "b"),
                        new ResourceChange("listeners", "created", "a|b", null, Map.of("first", "a"), Instant.EPOCH),
                        Instant.EPOCH,
                        Map.of("first", "a")));
        outbox.add(events);
        WatchEvent first = outbox.round().next();
        outbox.delivered(first);
        Outbox next = new Outbox(state, this::moveOn);
        next.restore(List.of("created", "updated", "disconnected", "changed"));
        List<WatchEvent> taken = new ArrayList<>();
        next.round().forEachRemaining(event -> {
            taken.add(event);
            next.delivered(event);
        });
        assertThat(taken).containsExactlyInAnyOrderElementsOf(events.subList(1, 6));
        assertThat(state.kept(Section.EVENTS).keySet()).isEmpty();
        assertThat(rows.keySet()).containsExactlyInAnyOrder("a", "c", "*", "a|\\e|b");
    }

    @Test
    void whatNobodyWantsAnyMoreCountsAsDelivered() {
        outbox.add(List.of(
                event("1", "a", "created"),
                event("2", "a", "updated"),
                event("3", "b", "created"),
                event("4", "c", "updated"),
                event("5", "c", "created")));
        Outbox next = new Outbox(state, this::moveOn);
        next.restore(List.of("updated"));
        assertThat(ids(next.round())).containsExactlyInAnyOrder("2", "4");
        assertThat(rows.get("a")).containsEntry("event", "1");
        assertThat(rows.get("b")).containsEntry("event", "3");
        assertThat(rows.get("c")).isNull();
        assertThat(state.kept(Section.EVENTS).keySet()).containsExactlyInAnyOrder("a", "c");
    }

    @Test
    void whoHasLostTheStateMovesItNoMore() {
        outbox.add(List.of(event("1", "a"), event("2", "b")));
        Outbox.Round round = outbox.round();
        WatchEvent underWay = round.next();
        outbox.close();
        assertThat(round.hasNext()).isFalse();
        outbox.delivered(underWay);
        outbox.failed(underWay);
        assertThat(rows.keySet()).isEmpty();
        assertThat(state.kept(Section.EVENTS).keySet()).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void nothingIsWrittenForAStateThatKeepsNothing() {
        WatchState none = new WatchState() {
            @Override
            public void read(Section section, BiConsumer<String, Map<String, Object>> each) {
                // nothing was kept
            }

            @Override
            public void put(Section section, String key, Map<String, Object> value) {
                throw new AssertionError(key);
            }

            @Override
            public void remove(Section section, String key) {
                throw new AssertionError(key);
            }

            @Override
            public void commit() {
                throw new AssertionError();
            }

            @Override
            public boolean durable() {
                return false;
            }
        };
        Outbox volatileOutbox = new Outbox(none, this::moveOn);
        volatileOutbox.restore(List.of("created"));
        volatileOutbox.add(List.of(event("1", "a")));
        volatileOutbox.delivered(volatileOutbox.round().next());
        assertThat(rows).containsOnlyKeys("a");
        assertThat(volatileOutbox.isEmpty()).isTrue();
    }

    private static List<String> ids(Iterator<WatchEvent> events) {
        List<String> ids = new ArrayList<>();
        events.forEachRemaining(event -> ids.add(event.id()));
        return ids;
    }

    private static WatchEvent event(String id, String key) {
        return event(id, key, "created");
    }

    private static WatchEvent event(String id, String key, String type) {
        Map<String, Object> row = Map.of("event", id);
        ResourceChange change = new ResourceChange("users", type, key, null, row, Instant.EPOCH);
        return new WatchEvent(id, type, key, key, row, change, Instant.EPOCH, row);
    }
}
