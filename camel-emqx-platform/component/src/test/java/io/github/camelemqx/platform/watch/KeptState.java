/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.watch;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/** A durable state that a test can look into: it keeps what is noted, at once. */
public final class KeptState implements WatchState {

    private final Map<Section, Map<String, Map<String, Object>>> sections = new EnumMap<>(Section.class);

    /** A state without anything. */
    public KeptState() {
        for (Section section : Section.values()) {
            sections.put(section, new ConcurrentHashMap<>());
        }
    }

    /** What is there now, by key. */
    public Map<String, Map<String, Object>> kept(Section section) {
        return Map.copyOf(sections.get(section));
    }

    @Override
    public void read(Section section, BiConsumer<String, Map<String, Object>> each) {
        sections.get(section).forEach(each);
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
        // everything is there already
    }

    @Override
    public boolean durable() {
        return true;
    }
}
