/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.board;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Reads the stream as a page does, while the response stays open. */
final class OpenPage implements AutoCloseable {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What came, in its order. */
    record Frame(String name, JsonNode data) {}

    private final List<Frame> frames = Collections.synchronizedList(new ArrayList<>());
    private final HttpResponse<InputStream> response;
    private volatile boolean ended;

    OpenPage(int port) throws IOException, InterruptedException {
        response = CLIENT.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/events"))
                        .build(),
                HttpResponse.BodyHandlers.ofInputStream());
        Thread reader = new Thread(this::read, "open-page");
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            String name = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("event: ")) {
                    name = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    frames.add(new Frame(name, JSON.readTree(line.substring(6))));
                }
            }
        } catch (IOException | UncheckedIOException e) {
            // cut: that is how a stream without an end ends
        } finally {
            ended = true;
        }
    }

    HttpResponse<InputStream> response() {
        return response;
    }

    boolean ended() {
        return ended;
    }

    List<Frame> frames() {
        // in one step, while others come
        return List.of(frames.toArray(Frame[]::new));
    }

    Stream<JsonNode> named(String name) {
        return frames().stream().filter(frame -> frame.name().equals(name)).map(Frame::data);
    }

    /** The events that were told, those of the snapshot too, as {@code connected c1}. */
    List<String> events() {
        return Stream.concat(
                        named("snapshot").flatMap(snapshot -> Stream.iterate(0, i -> i + 1)
                                .limit(snapshot.get("events").size())
                                .map(i -> snapshot.get("events").get(i))),
                        named("client").map(change -> change.get("event")))
                .map(event ->
                        event.get("type").asText() + " " + event.get("client").asText())
                .toList();
    }

    /** What a page shows that has done all it was told. */
    Set<String> shown() {
        Set<String> shown = new TreeSet<>();
        Map<Long, String> rows = new HashMap<>();
        for (Frame frame : frames()) {
            if (frame.name().equals("snapshot")) {
                rows.clear();
                frame.data().get("clients").forEach(row -> put(rows, row));
            } else if (frame.name().equals("client")) {
                if (!frame.data().get("row").isNull()) {
                    put(rows, frame.data().get("row"));
                } else if (!frame.data().get("gone").isNull()) {
                    rows.remove(frame.data().get("gone").asLong());
                }
            }
        }
        shown.addAll(rows.values());
        return shown;
    }

    private static void put(Map<Long, String> rows, JsonNode row) {
        rows.put(
                row.get("number").asLong(),
                row.get("state").asText() + " " + row.get("client").asText());
    }

    @Override
    public void close() throws IOException {
        response.body().close();
    }
}
