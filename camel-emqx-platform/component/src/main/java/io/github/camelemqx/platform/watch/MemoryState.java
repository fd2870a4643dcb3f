/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.watch;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** State in memory. */
final class MemoryState implements WatchState {

    private final Map<String, Map<String, Object>> rows = new ConcurrentHashMap<>();
    private final AtomicBoolean baseline = new AtomicBoolean();

    @Override
    public boolean hasBaseline() {
        return baseline.get();
    }

    @Override
    public void baseline() {
        baseline.set(true);
    }

    @Override
    public Map<String, Object> row(String key) {
        return rows.get(key);
    }

    @Override
    public Set<String> keys() {
        return Collections.unmodifiableSet(rows.keySet());
    }

    @Override
    public void put(String key, Map<String, Object> row) {
        rows.put(key, row);
    }

    @Override
    public void remove(String key) {
        rows.remove(key);
    }
}
