/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelemqx.platform.model.ResourceChange;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What events of clients tell, replayed on an empty set: for each client one possible story, in which each event goes on where the one before ended. */
final class ClientStories {

    private final Map<String, Map<String, Object>> rows = new HashMap<>();
    private final Map<String, Instant> last = new HashMap<>();
    private final Set<String> ids = new HashSet<>();

    /** An event has arrived. */
    void tell(String id, ResourceChange change) {
        String key = change.key();
        Map<String, Object> before = rows.get(key);
        assertThat(ids.add(id)).as("told twice: " + change).isTrue();
        assertThat(change.before()).as("what was before " + change).isEqualTo(before);
        assertThat(change.detectedAt()).as("order of " + change).isAfterOrEqualTo(last.getOrDefault(key, Instant.MIN));
        last.put(key, change.detectedAt());
        boolean connected = before != null && !Boolean.FALSE.equals(before.get("connected"));
        boolean unreachable = before != null && before.containsKey("unreachable_since");
        boolean possible =
                switch (change.type()) {
                    case "connected" -> before == null || !connected || unreachable;
                    case "reconnected", "disconnected" -> connected || unreachable;
                    case "updated" -> before != null && !unreachable;
                    case "unreachable" -> before != null && !unreachable;
                    case "deleted" -> before != null && !connected;
                    default -> false;
                };
        assertThat(possible).as(change + " after " + before).isTrue();
        boolean over = change.after() == null || change.after().containsKey("reason");
        assertThat(
                        over
                                ? Set.of("disconnected", "deleted")
                                : Set.of("connected", "reconnected", "disconnected", "updated", "unreachable"))
                .as(change.toString())
                .contains(change.type());
        if (over) {
            rows.remove(key);
        } else {
            rows.put(key, change.after());
        }
    }

    /** All clients and sessions as the stories have them: where each is, and whether it is connected. */
    Map<String, String> end() {
        Map<String, String> end = new TreeMap<>();
        rows.forEach((key, row) -> end.put(
                key,
                row.get("node") + " " + row.get("connected")
                        + (row.containsKey("unreachable_since") ? " unreachable" : "")));
        return end;
    }
}
