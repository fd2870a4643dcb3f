/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.watch;

import java.util.Map;
import java.util.Set;

/**
 * What one watch has seen and delivered: rows by key, with the watched fields only. Events move it on as they are
 * delivered, from whatever thread completes them: implementations are safe for many threads, each call by itself.
 */
public interface WatchState {

    /** Whether a complete poll has been noted. */
    boolean hasBaseline();

    /** A complete poll has been noted: from now on a missing row means something. */
    void baseline();

    /** The row of a key, null without one. */
    Map<String, Object> row(String key);

    /** The keys of all rows, as they are at some moment. */
    Set<String> keys();

    /** Notes a row. */
    void put(String key, Map<String, Object> row);

    /** Forgets a row. */
    void remove(String key);
}
