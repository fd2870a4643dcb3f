/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A line of the recordings of clusters: a poll, of which equal ones that follow are folded into it. What was done to the
 * cluster is in lines of their own, which are left out here.
 *
 * @param number of the line, from 1
 * @param at seconds since the run began
 * @param status 0 if there was no answer
 * @param body the summary of the answer, or null
 * @param text the answer if it was no JSON, or why there was none
 */
record ClusterRecording(
        int number,
        Generation generation,
        String run,
        double at,
        String node,
        String method,
        String path,
        int status,
        double seconds,
        JsonNode body,
        String text,
        int repeats) {

    /** Calls that took longer than that waited for a node. */
    private static final double AT_ONCE = 4;

    static List<ClusterRecording> of(Generation generation) {
        String file = generation.recordings().replace(".jsonl", "-cluster.jsonl");
        String first = generation == Generation.V5 ? "emqx1@127.0.0.1" : "emqx5@127.0.0.1";
        ObjectMapper mapper = new ObjectMapper();
        List<ClusterRecording> lines = new ArrayList<>();
        try (InputStream stream = Objects.requireNonNull(ClusterRecording.class.getResourceAsStream(file), file);
                BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            int number = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                JsonNode json = mapper.readTree(line.replace(first, generation.firstNode()));
                if (!json.has("event")) {
                    lines.add(line(number, generation, json));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(lines);
    }

    private static ClusterRecording line(int number, Generation generation, JsonNode json) {
        String api = json.get("api").textValue();
        boolean first = api.equals("emqx1") || api.equals("emqx5");
        return new ClusterRecording(
                number,
                generation,
                json.get("run").textValue(),
                json.get("t").doubleValue(),
                first ? generation.firstNode() : api + "@127.0.0.1",
                json.get("method").textValue(),
                json.get("path").textValue().replaceFirst("/api/v\\d", ""),
                json.path("status").asInt(0),
                json.get("ms").doubleValue() / 1000,
                json.get("json"),
                json.path("text").asText(json.path("error").asText("")),
                json.path("repeats").asInt(1));
    }

    boolean ofFirstNode() {
        return node.equals(generation.firstNode());
    }

    /** True if the recorder gave up. */
    boolean abandoned() {
        return text.contains("timed out") || text.contains("gave up");
    }

    boolean hung() {
        return seconds > AT_ONCE;
    }

    /** True if it was answered after a while: a call without an answer ended by its own limit. */
    boolean waited() {
        return hung() && status != 0;
    }

    double answeredAt() {
        return at + seconds;
    }

    @Override
    public String toString() {
        return generation + " " + run + " " + number + " at " + at + " " + method + " " + path + " on " + node;
    }
}
