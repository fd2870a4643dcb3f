/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Events wait until they are delivered, in order for each key, and move the state on when they are. */
class OutboxTest {

    private final WatchState state = new MemoryState();
    private final Outbox outbox = new Outbox(state);

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
        assertThat(state.row("a")).isNull();
        assertThat(outbox.holds("a")).isTrue();
        outbox.delivered(event);
        assertThat(state.row("a")).containsEntry("event", "1");
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
        state.put("a", Map.of("x", 1));
        WatchEvent gone = new WatchEvent("1", "deleted", "a", "a", Map.of(), "body", Instant.EPOCH, null);
        outbox.add(List.of(gone));
        outbox.delivered(outbox.round().next());
        assertThat(state.keys()).isEmpty();
    }

    private static List<String> ids(Iterator<WatchEvent> events) {
        List<String> ids = new ArrayList<>();
        events.forEachRemaining(event -> ids.add(event.id()));
        return ids;
    }

    private static WatchEvent event(String id, String key) {
        return new WatchEvent(id, "created", key, key, Map.of(), "body", Instant.EPOCH, Map.of("event", id));
    }
}
