/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.watch;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** State in memory. */
final class MemoryState implements WatchState {

    private final Map<Section, Map<String, Map<String, Object>>> sections = new EnumMap<>(Section.class);

    MemoryState() {
        for (Section section : Section.values()) {
            sections.put(section, new ConcurrentHashMap<>());
        }
    }

    @Override
    public Map<String, Object> get(Section section, String key) {
        return sections.get(section).get(key);
    }

    @Override
    public Set<String> keys(Section section) {
        return Collections.unmodifiableSet(sections.get(section).keySet());
    }

    @Override
    public void put(Section section, String key, Map<String, Object> value) {
        sections.get(section).put(key, value);
    }

    @Override
    public void remove(Section section, String key) {
        sections.get(section).remove(key);
    }

    @Override
    public void commit() {
        // there is nothing that would outlive the process
    }
}
