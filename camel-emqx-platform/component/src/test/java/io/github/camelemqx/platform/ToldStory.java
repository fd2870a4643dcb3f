/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelemqx.platform.model.ResourceChange;
import io.github.camelemqx.platform.test.EmqxSimulator;
import io.github.camelemqx.platform.test.SimulatedClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.Exchange;

/** What watches of clients in processes that are killed have told: a line for each delivery, in a file that they share. */
record ToldStory(Path file) {

    /** Writes a delivery down: one write at the end of a file is there as a whole when the process dies after it. */
    void tell(Exchange exchange) throws IOException {
        ResourceChange change = exchange.getMessage().getBody(ResourceChange.class);
        String line = ProcessHandle.current().pid() + " "
                + exchange.getMessage().getHeader(EmqxPlatformConstants.EVENT_ID) + " " + change.type() + " "
                + change.key() + " " + connection(change.before()) + " " + connection(change.after());
        Files.write(
                file,
                (line + "\n").getBytes(StandardCharsets.UTF_8),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    /** What tells one connection of a client from another; times are whole seconds on generation 4. */
    private static String connection(Map<String, Object> row) {
        return row == null ? "none" : String.valueOf(row.get("port"));
    }

    List<String> lines() throws IOException {
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    /** The process that told last. */
    long lastTeller() throws IOException {
        List<String> lines = lines();
        String last = lines.get(lines.size() - 1);
        return Long.parseLong(last.substring(0, last.indexOf(' ')));
    }

    /** What was told, each event once by its id; one that came again came as it was. */
    Map<String, String> events() throws IOException {
        Map<String, String> events = new LinkedHashMap<>();
        for (String line : lines()) {
            String[] words = line.split(" ", 3);
            String earlier = events.putIfAbsent(words[1], words[2]);
            assertThat(earlier).isIn(null, words[2]);
        }
        return events;
    }

    /** The connection that each client has by all that was told: each event begins where the one before ended. */
    Map<String, String> ends() throws IOException {
        Map<String, String> connections = new HashMap<>();
        for (String event : events().values()) {
            String[] words = event.split(" ", -1);
            String client = words[1];
            assertThat(words[2]).as(event).isEqualTo(connections.getOrDefault(client, "none"));
            connections.put(client, words[3]);
        }
        connections.values().removeIf("none"::equals);
        return new TreeMap<>(connections);
    }

    /** The connections that there are. */
    static Map<String, String> truth(EmqxSimulator emqx) {
        Map<String, String> connections = new TreeMap<>();
        for (SimulatedClient client : emqx.clients()) {
            connections.put(client.clientId(), String.valueOf(client.port()));
        }
        return connections;
    }
}
