/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * What a benchmark saw, as a file for programs: the same form for all of them, of which the page of results is made.
 *
 * @param what what was measured, in a sentence
 * @param at when it was seen, as ISO-8601 has it
 * @param machine what it was measured on
 * @param targets what figures are to be, and are; none where nothing was promised
 * @param figures an object for each thing that was measured: names and values, of several measurements with median, min and max
 */
public record Results(String what, String at, Machine machine, List<Target> targets, List<JsonNode> figures) {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            // who reads an older or a newer file takes what is known
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** A file without targets or figures has none. */
    public Results {
        targets = targets == null ? List.of() : List.copyOf(targets);
        figures = figures == null ? List.of() : List.copyOf(figures);
    }

    /** What this machine saw just now; figures are anything that Jackson turns into objects. */
    public static Results of(String what, List<Target> targets, List<?> figures) {
        return new Results(
                what,
                Instant.now().toString(),
                Machine.here(),
                targets,
                figures.stream().<JsonNode>map(JSON::valueToTree).toList());
    }

    /** Reads such a file. */
    public static Results read(Path file) throws IOException {
        return JSON.readValue(file.toFile(), Results.class);
    }

    /** Writes such a file; its folder is made when it is not there. */
    public void write(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, JSON.writeValueAsString(this) + "\n");
    }
}
