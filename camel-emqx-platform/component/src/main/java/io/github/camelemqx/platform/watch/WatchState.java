/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.watch;

import java.util.Map;
import java.util.function.BiConsumer;

/**
 * A journal of what one watch has seen and delivered, by key, in {@link Section sections}. The watch has what it needs
 * in memory: it reads at its start, and from then on only writes. A value is what JSON can say: texts, numbers,
 * booleans, null, lists and maps of them; a number may be read as another type of number than it was put. Events move
 * the state on as they are delivered, from whatever thread completes them: implementations are safe for many threads,
 * each call by itself. What one thread notes is kept in its order: nothing is kept without what was noted before it.
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

    /**
     * Gives everything that was kept in a section, in no order, one after another: a million rows must not be in memory
     * at once. Called at the start only, before anything is put or removed.
     *
     * @param each takes a key and its value
     * @throws StateStoreException when it cannot be read; some may have been given by then
     */
    void read(Section section, BiConsumer<String, Map<String, Object>> each);

    /** Notes a value in the place of an earlier one. Nobody changes the value after that. */
    void put(Section section, String key, Map<String, Object> value);

    /** Forgets a value, if there is one. */
    void remove(Section section, String key);

    /**
     * Keeps what was noted until now, so that it is there after the process has died. What is noted and not committed
     * may be lost then, or not.
     *
     * @throws StateStoreException when that failed; the next commit tries again
     */
    void commit();

    /**
     * Whether what is committed is there when the state is opened again. Without that nothing needs to be noted, and a
     * watch goes on only as long as its route's consumer is there.
     */
    boolean durable();
}
