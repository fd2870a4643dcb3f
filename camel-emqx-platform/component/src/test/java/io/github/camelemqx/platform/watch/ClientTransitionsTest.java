/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What differences between two looks at a client mean (emqx-api/clusters.md, v5 (f) and (g)). */
class ClientTransitionsTest {

    private static final String T1 = "2026-11-23T10:00:01Z";
    private static final String T2 = "2026-11-23T10:00:02.500Z";

    private final ClientTransitions transitions = new ClientTransitions(List.of("username"));

    @Test
    void aNewClientIsConnected() {
        assertThat(types(null, online(T1))).containsExactly("connected");
    }

    @Test
    void aNewOfflineSessionWasConnectedAndDisconnected() {
        List<Transition> steps = transitions.between(null, offline(T1));
        assertThat(steps).extracting(Transition::type).containsExactly("connected", "disconnected");
        assertThat(steps.get(0).after()).containsEntry("connected", true).doesNotContainKey("disconnected_at");
        assertThat(steps.get(1).before()).isEqualTo(steps.get(0).after());
        assertThat(steps.get(1).row()).isEqualTo(offline(T1));
    }

    @Test
    void theSameRowIsNothing() {
        assertThat(types(online(T1), online(T1))).isEmpty();
        assertThat(types(offline(T1), offline(T1))).isEmpty();
    }

    @Test
    void aNewerConnectionIsReconnected() {
        assertThat(types(online(T1), online(T2))).containsExactly("reconnected");
    }

    @Test
    void anotherNodeIsReconnected() {
        assertThat(types(online(T1), with(online(T1), "node", "b@127.0.0.1"))).containsExactly("reconnected");
    }

    @Test
    void anotherPortInTheSameSecondIsReconnected() {
        assertThat(types(online(T1), with(online(T1), "port", 2))).containsExactly("reconnected");
    }

    @Test
    void anOlderConnectionIsTheOldSideOfATakeover() {
        assertThat(types(online(T2), with(online(T1), "node", "b@127.0.0.1"))).isEmpty();
        assertThat(types(online(T2), offline(T1))).isEmpty();
    }

    @Test
    void aSessionLeftBehindIsDisconnected() {
        assertThat(types(online(T1), offline(T1))).containsExactly("disconnected");
    }

    @Test
    void aSessionTakenUpIsConnected() {
        assertThat(types(offline(T1), online(T2))).containsExactly("connected");
    }

    @Test
    void whatHappenedBetweenTwoLooksIsToldInOrder() {
        assertThat(types(online(T1), offline(T2))).containsExactly("reconnected", "disconnected");
        assertThat(types(offline(T1), offline(T2))).containsExactly("connected", "disconnected");
    }

    @Test
    void aWatchedFieldIsUpdated() {
        assertThat(types(online(T1), with(online(T1), "username", "bob"))).containsExactly("updated");
        assertThat(types(online(T1), with(online(T1), "heap_size", 4711))).isEmpty();
    }

    @Test
    void aRowThatIsGoneWasConnectedOrASession() {
        assertThat(transitions.gone(online(T1)).type()).isEqualTo("disconnected");
        assertThat(transitions.gone(offline(T1)).type()).isEqualTo("deleted");
        assertThat(transitions.gone(online(T1)).row()).isNull();
    }

    @Test
    void anUnreachableClientComesBack() {
        Map<String, Object> lost = Transitions.unreachable(online(T1), T2).row();
        assertThat(types(lost, online(T1))).containsExactly("connected");
        assertThat(types(lost, online(T2))).containsExactly("reconnected");
        assertThat(types(lost, with(online(T2), "node", "b@127.0.0.1"))).containsExactly("reconnected");
        assertThat(types(lost, offline(T1))).containsExactly("disconnected");
    }

    private List<String> types(Map<String, Object> before, Map<String, Object> after) {
        return transitions.between(before, after).stream().map(Transition::type).toList();
    }

    private static Map<String, Object> online(String connectedAt) {
        return with(
                Map.of("clientid", "c1", "node", "a@127.0.0.1", "port", 1, "connected_at", connectedAt),
                "connected",
                true);
    }

    private static Map<String, Object> offline(String connectedAt) {
        return with(with(online(connectedAt), "connected", false), "disconnected_at", "2026-11-23T10:00:09Z");
    }

    private static Map<String, Object> with(Map<String, Object> row, String field, Object value) {
        Map<String, Object> changed = new HashMap<>(row);
        changed.put(field, value);
        return changed;
    }
}
