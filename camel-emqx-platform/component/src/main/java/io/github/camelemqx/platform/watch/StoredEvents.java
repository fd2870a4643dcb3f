/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.watch;

import io.github.camelemqx.platform.model.MetricChange;
import io.github.camelemqx.platform.model.ResourceChange;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The events of a key that are not delivered yet, as a value of a state. */
final class StoredEvents {

    /** Of an event that tells of one metric: its change. */
    private static final String METRIC = "metric";

    /** Of an event that tells of many: their changes. */
    private static final String BATCH = "metrics";

    private StoredEvents() {}

    /** What is stored of the events of one key, in their order. */
    static Map<String, Object> of(Collection<WatchEvent> events) {
        return Map.of("events", events.stream().map(StoredEvents::one).toList());
    }

    /** The events of one key, as they were. */
    static List<WatchEvent> read(String key, Map<String, Object> stored) {
        return ((List<?>) stored.get("events"))
                .stream().map(event -> event(key, fields(event))).toList();
    }

    private static Map<String, Object> one(WatchEvent event) {
        Map<String, Object> stored = new LinkedHashMap<>();
        stored.put("id", event.id());
        stored.put("type", event.type());
        stored.put("name", event.name());
        stored.put("at", event.detectedAt().toString());
        if (event.body() instanceof ResourceChange change) {
            stored.put("resource", change.resource());
            stored.put("before", change.before());
            stored.put("after", change.after());
            // both are mostly the row as it is, and stored once
            if (!Objects.equals(event.row(), change.after())) {
                stored.put("row", event.row());
            }
            if (!event.fields().equals(change.after() == null ? change.before() : change.after())) {
                stored.put("fields", event.fields());
            }
        } else {
            stored.put("row", event.row());
            stored.put("fields", event.fields());
            if (event.body() instanceof List<?> changes) {
                stored.put(BATCH, changes.stream().map(StoredEvents::plain).toList());
            } else {
                stored.put(METRIC, plain(event.body()));
            }
        }
        return stored;
    }

    private static WatchEvent event(String key, Map<String, Object> stored) {
        String type = (String) stored.get("type");
        Instant at = Instant.parse((String) stored.get("at"));
        Map<String, Object> before = fields(stored.get("before"));
        Map<String, Object> after = fields(stored.get("after"));
        Map<String, Object> row = stored.containsKey("row") ? fields(stored.get("row")) : after;
        Map<String, Object> fields =
                stored.containsKey("fields") ? fields(stored.get("fields")) : after == null ? before : after;
        String name = (String) stored.get("name");
        Object body;
        if (stored.containsKey(BATCH)) {
            body = ((List<?>) stored.get(BATCH))
                    .stream().map(change -> metric(fields(change), at)).toList();
        } else if (stored.containsKey(METRIC)) {
            body = metric(fields(stored.get(METRIC)), at);
        } else {
            body = new ResourceChange((String) stored.get("resource"), type, name, before, after, at);
        }
        return new WatchEvent((String) stored.get("id"), type, key, name, fields, body, at, row);
    }

    private static Map<String, Object> plain(Object change) {
        return ((MetricChange) change).toMap();
    }

    private static MetricChange metric(Map<String, Object> stored, Instant at) {
        return new MetricChange(
                (String) stored.get("name"),
                (String) stored.get("node"),
                ((Number) stored.get("previous")).longValue(),
                ((Number) stored.get("current")).longValue(),
                ((Number) stored.get("delta")).longValue(),
                ((Number) stored.get("ratePerSecond")).doubleValue(),
                at);
    }

    /** JSON has only text for names. */
    @SuppressWarnings("unchecked")
    private static Map<String, Object> fields(Object stored) {
        return (Map<String, Object>) stored;
    }
}
