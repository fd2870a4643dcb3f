/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.board;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelemqx.platform.EmqxPlatformComponent;
import io.github.camelemqx.platform.health.WatchStatus;
import io.github.camelemqx.platform.model.MetricChange;
import io.github.camelemqx.platform.model.ResourceChange;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;

/**
 * What the page shows, and who looks at it. A viewer gets the state as it is, and from then on each change: both happen under
 * one lock, so that nothing falls in between.
 */
public final class Board {

    /** As many clients as a page lists, those that changed last. */
    static final int LISTED = 500;

    /** As many viewers as are served; each of them may hold {@value Viewer#WAITING} frames. */
    static final int VIEWERS = 100;

    private static final int EVENTS = 50;
    private static final int SAMPLES = 60;
    /** An id may have 64 KB; a page wants to be read. */
    private static final int ID_CHARACTERS = 120;

    private final ObjectMapper json = new ObjectMapper();
    private final ReentrantLock lock = new ReentrantLock();
    /** By id, the one that changed last at the end. */
    private final Map<String, Row> clients = new LinkedHashMap<>();

    private final Deque<Event> events = new ArrayDeque<>();
    private final Deque<Sample> samples = new ArrayDeque<>();
    private final Set<Viewer> viewers = new HashSet<>();
    private Map<String, Watch> watches = Map.of();
    private long numbers;
    private long unreachable;

    /** A client as the page lists it; the page knows it by its number, since what is cut may be equal. */
    record Row(long number, String client, String state, String username, String address, String node, String since) {}

    /** A line of the page's list of events. */
    record Event(String at, String type, String client) {}

    /** What a poll of the metrics saw: connections since the one before, messages per second. */
    record Sample(String at, long connects, double received, double sent, double dropped) {}

    /** How a watch is: {@code starting}, {@code up}, or {@code down} and why. */
    record Watch(String state, String detail) {}

    /** A client came, went, or could not be reached. */
    public void client(ResourceChange change) {
        lock.lock();
        try {
            Row before = clients.remove(change.key());
            unreachable -= isUnreachable(before) ? 1 : 0;
            Row row =
                    switch (change.type()) {
                        case "disconnected", "deleted" -> null;
                        default -> row(before == null ? ++numbers : before.number(), change);
                    };
            if (row != null) {
                clients.put(change.key(), row);
                unreachable += isUnreachable(row) ? 1 : 0;
            }
            Event event = new Event(change.detectedAt().toString(), change.type(), cut(change.key()));
            keep(events, event, EVENTS);
            Map<String, Object> news = counts();
            news.put("event", event);
            news.put("row", row);
            news.put("gone", row == null && before != null ? before.number() : null);
            publish("client", news);
        } finally {
            lock.unlock();
        }
    }

    /** What a poll of the metrics saw change; null for nothing. */
    public void metrics(List<?> changes) {
        Map<String, MetricChange> byName = changes == null
                ? Map.of()
                : changes.stream()
                        .map(MetricChange.class::cast)
                        .collect(Collectors.toMap(MetricChange::name, Function.identity()));
        MetricChange connects = byName.get("client.connected");
        Sample sample = new Sample(
                Instant.now().toString(),
                connects == null ? 0 : connects.delta(),
                rate(byName.get("messages.received")),
                rate(byName.get("messages.sent")),
                rate(byName.get("messages.dropped")));
        lock.lock();
        try {
            keep(samples, sample, SAMPLES);
            publish("sample", sample);
        } finally {
            lock.unlock();
        }
    }

    /** How the watches are. Told each second, changed or not: a page that hears nothing knows that its stream is dead. */
    public void pulse(CamelContext camel) {
        Map<String, Watch> told = new TreeMap<>();
        EmqxPlatformComponent emqx = camel.getComponent("emqx-platform", EmqxPlatformComponent.class);
        emqx.watches().forEach(watch -> told.put(watch.resource(), watch(watch)));
        lock.lock();
        try {
            watches = told;
            publish("watches", watches);
        } finally {
            lock.unlock();
        }
    }

    /** Whether there was room for another viewer; then it gets all that happens from now on, and first what is. */
    boolean join(Viewer viewer) {
        lock.lock();
        try {
            if (viewers.size() >= VIEWERS) {
                return false;
            }
            catchUp(viewer);
            return viewers.add(viewer);
        } finally {
            lock.unlock();
        }
    }

    /** What a viewer has missed does not matter any more: it gets what is. */
    void catchUp(Viewer viewer) {
        lock.lock();
        try {
            // a page that loses the stream comes again after a second
            viewer.beginWith("retry: 1000\n" + frame("snapshot", snapshot()));
        } finally {
            lock.unlock();
        }
    }

    void leave(Viewer viewer) {
        lock.lock();
        try {
            viewers.remove(viewer);
        } finally {
            lock.unlock();
        }
    }

    /** How many look. */
    int viewers() {
        lock.lock();
        try {
            return viewers.size();
        } finally {
            lock.unlock();
        }
    }

    private Map<String, Object> snapshot() {
        List<Row> rows = new ArrayList<>(clients.values());
        Map<String, Object> snapshot = counts();
        snapshot.put("clients", rows.subList(Math.max(0, rows.size() - LISTED), rows.size()));
        snapshot.put("events", events);
        snapshot.put("samples", samples);
        snapshot.put("watches", watches);
        snapshot.put("listed", LISTED);
        return snapshot;
    }

    private Map<String, Object> counts() {
        Map<String, Object> counts = new LinkedHashMap<>();
        counts.put("connected", clients.size() - unreachable);
        counts.put("unreachable", unreachable);
        return counts;
    }

    /** A viewer that takes nothing any more is let go: if its page lives it comes again. */
    private void publish(String name, Object data) {
        if (!viewers.isEmpty()) {
            String frame = frame(name, data);
            viewers.removeIf(viewer -> !viewer.offer(frame));
        }
    }

    /** An event of a stream: JSON has no line ends of its own. */
    private String frame(String name, Object data) {
        try {
            return "event: " + name + "\ndata: " + json.writeValueAsString(data) + "\n\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Not JSON: " + name, e);
        }
    }

    private static Row row(long number, ResourceChange change) {
        Map<String, Object> fields = change.after() == null ? change.before() : change.after();
        return new Row(
                number,
                cut(change.key()),
                change.type().equals("unreachable") ? "unreachable" : "connected",
                cut(fields.get("username")),
                cut(fields.get("ip_address")),
                cut(fields.get("node")),
                cut(fields.get("connected_at")));
    }

    private static boolean isUnreachable(Row row) {
        return row != null && row.state().equals("unreachable");
    }

    private static Watch watch(WatchStatus status) {
        if (status.isReady()) {
            return new Watch("up", null);
        }
        return status.failure() == null
                ? new Watch("starting", null)
                : new Watch("down", cut(String.valueOf(status.failure().getMessage())));
    }

    private static double rate(MetricChange change) {
        return change == null ? 0 : change.ratePerSecond();
    }

    private static String cut(Object value) {
        String text = value == null ? "" : value.toString();
        return text.codePointCount(0, text.length()) <= ID_CHARACTERS
                ? text
                : text.substring(0, text.offsetByCodePoints(0, ID_CHARACTERS)) + "…";
    }

    private static <T> void keep(Deque<T> last, T one, int atMost) {
        last.addLast(one);
        if (last.size() > atMost) {
            last.removeFirst();
        }
    }
}
