/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** What Camel's generator found out about the component: its options and headers. */
final class Schema {

    private static final String FILE = "/META-INF/io/github/camelemqx/platform/emqx-platform.json";

    private final JsonNode root;

    private Schema(JsonNode root) {
        this.root = root;
    }

    static Schema load() {
        try (InputStream stream = Schema.class.getResourceAsStream(FILE)) {
            return new Schema(new ObjectMapper().readTree(stream));
        } catch (IOException e) {
            throw new UncheckedIOException(FILE + " cannot be read", e);
        }
    }

    /** An option or a header, with its name. */
    record Entry(String name, JsonNode json) {

        String text(String field) {
            return json.path(field).asText("");
        }

        boolean is(String field) {
            return json.path(field).asBoolean();
        }
    }

    List<Entry> componentOptions() {
        return entries("componentProperties");
    }

    List<Entry> endpointOptions() {
        return entries("properties");
    }

    List<Entry> headers() {
        return entries("headers");
    }

    boolean hasEndpointOption(String name) {
        return root.path("properties").has(name);
    }

    private List<Entry> entries(String part) {
        List<Entry> entries = new ArrayList<>();
        root.path(part).properties().forEach(entry -> entries.add(new Entry(entry.getKey(), entry.getValue())));
        return entries;
    }
}
