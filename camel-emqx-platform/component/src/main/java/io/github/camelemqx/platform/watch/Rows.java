/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.watch;

import io.github.camelemqx.platform.watch.WatchState.Section;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The rows of a watch as they were delivered last, by key: in memory, and written through to the state, where they are
 * when the watch starts again. Only what differs is written. Safe for many threads, as long as no two of them write the
 * same key at once.
 */
final class Rows {

    private final Map<String, Map<String, Object>> rows = new ConcurrentHashMap<>();
    private final WatchState state;

    /** No rows yet. */
    Rows(WatchState state) {
        this.state = state;
    }

    /** Takes up the rows that the state has kept. */
    void read() {
        state.read(Section.ROWS, rows::put);
    }

    /** The row of a key, null without one. */
    Map<String, Object> get(String key) {
        return rows.get(key);
    }

    boolean contains(String key) {
        return rows.containsKey(key);
    }

    /** The keys of all rows, as they are at some moment; it may be read while rows come and go. */
    Set<String> keys() {
        return Collections.unmodifiableSet(rows.keySet());
    }

    /** Notes a row; one that says the same as before is not written again. */
    void put(String key, Map<String, Object> row) {
        if (!Transitions.same(rows.get(key), row)) {
            rows.put(key, row);
            state.put(Section.ROWS, key, row);
        }
    }

    /** Forgets a row, if there is one. */
    void remove(String key) {
        if (rows.remove(key) != null) {
            state.remove(Section.ROWS, key);
        }
    }
}
