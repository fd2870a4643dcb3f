/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.springboot;

import io.github.camelemqx.platform.model.Client;
import io.github.camelemqx.platform.model.ResourceChange;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The clients that are connected, by their ids, with the time since when. */
@RestController
public class Presence {

    private final Map<String, Instant> online = new ConcurrentSkipListMap<>();

    /** Takes note of an event. */
    public void changed(ResourceChange change) {
        switch (change.type()) {
            case "connected", "reconnected" ->
                online.put(change.key(), Client.of(change.after()).connectedAt());
            case "disconnected" -> online.remove(change.key());
            default -> {
                // whoever is out of sight with his node is not known to be gone
            }
        }
    }

    @GetMapping("/clients")
    Map<String, Instant> online() {
        return online;
    }
}
