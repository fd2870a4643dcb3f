/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.watch;

import java.util.Map;
import java.util.Set;

/**
 * What one watch has seen and delivered, by key, in {@link Section sections}. A value is what JSON can say: texts,
 * numbers, booleans, null, lists and maps of them; after a restart a number may come back as another type of number.
 * Events move it on as they are delivered, from whatever thread completes them: implementations are safe for many
 * threads, each call by itself. What one thread notes is kept in its order: nothing is kept without what was noted
 * before it.
 */
public interface WatchState {

    /** The parts of a state. */
    enum Section {
        /** What the state is of, and what is known of nodes: a handful. */
        NOTES,
        /** The rows as they were delivered last, with the watched fields only. */
        ROWS,
        /** The events of a key that are not delivered yet. */
        EVENTS
    }

    /** The value of a key, null without one. */
    Map<String, Object> get(Section section, String key);

    /** The keys of a section, as they are at some moment. */
    Set<String> keys(Section section);

    /** Notes a value. */
    void put(Section section, String key, Map<String, Object> value);

    /** Forgets a value. */
    void remove(Section section, String key);

    /**
     * Keeps what was noted until now, so that it is there after the process has died. What is noted and not committed
     * may be lost then, or not.
     *
     * @throws StateStoreException when that failed; the next commit tries again
     */
    void commit();

    /** The row of a key, null without one. */
    default Map<String, Object> row(String key) {
        return get(Section.ROWS, key);
    }

    /** The keys of all rows, as they are at some moment. */
    default Set<String> keys() {
        return keys(Section.ROWS);
    }

    /** Notes a row. */
    default void put(String key, Map<String, Object> row) {
        put(Section.ROWS, key, row);
    }

    /** Forgets a row. */
    default void remove(String key) {
        remove(Section.ROWS, key);
    }
}
