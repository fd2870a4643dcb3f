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
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** What real brokers answered: the facts that the simulator and its tests rest on. */
public final class Recordings {

    private Recordings() {}

    /** All exchanges recorded from a broker of a generation, in the order in which they took place. */
    public static List<RecordedExchange> of(Generation generation) {
        ObjectMapper mapper = new ObjectMapper();
        List<RecordedExchange> exchanges = new ArrayList<>();
        try (InputStream stream = Objects.requireNonNull(
                        Recordings.class.getResourceAsStream(generation.recordings()), generation.recordings());
                BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                exchanges.add(exchange(exchanges.size() + 1, mapper.readTree(line)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(exchanges);
    }

    private static RecordedExchange exchange(int number, JsonNode line) {
        return new RecordedExchange(
                number,
                line.get("section").textValue(),
                line.get("method").textValue(),
                line.get("path").textValue(),
                text(line, "note"),
                header(line, "authorization"),
                header(line, "accept"),
                text(line, "requestBody"),
                text(line, "requestContentType"),
                line.get("status").intValue(),
                headers(line.get("headers")),
                line.get("json"),
                text(line, "text"));
    }

    private static String text(JsonNode line, String name) {
        return line.path(name).textValue();
    }

    /** The recorder wrote "None" or null where it left the header out. */
    private static RequestHeader header(JsonNode line, String name) {
        String value = text(line, name);
        return new RequestHeader(!line.has(name), "None".equals(value) ? null : value);
    }

    private static Map<String, String> headers(JsonNode recorded) {
        Map<String, String> headers = new TreeMap<>();
        recorded.properties()
                .forEach(header -> headers.put(
                        header.getKey().toLowerCase(Locale.ROOT),
                        header.getValue().asText()));
        return Map.copyOf(headers);
    }
}
