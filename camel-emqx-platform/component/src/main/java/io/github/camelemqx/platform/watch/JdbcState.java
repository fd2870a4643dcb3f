/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.watch;

import io.github.camelemqx.platform.watch.StateTable.Entry;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/** The state of one watch in a database: in memory as text, written with the next commit. */
final class JdbcState implements WatchState {

    private final StateTable table;
    private final String watch;
    private final Map<Section, Map<String, String>> sections = new EnumMap<>(Section.class);
    /** Guards what has changed: what is taken to be written is the state of one moment. */
    private final ReentrantLock noting = new ReentrantLock();
    /** One transaction after another. */
    private final ReentrantLock writing = new ReentrantLock();

    private Map<Address, Entry> changed = new HashMap<>();

    private record Address(Section section, String key) {}

    JdbcState(StateTable table, String watch) {
        this.table = table;
        this.watch = watch;
        for (Section section : Section.values()) {
            sections.put(section, new ConcurrentHashMap<>());
        }
        table.read(watch, entry -> sections.get(entry.section()).put(entry.key(), entry.text()));
    }

    @Override
    public Map<String, Object> get(Section section, String key) {
        return StateText.value(sections.get(section).get(key));
    }

    @Override
    public Set<String> keys(Section section) {
        return Collections.unmodifiableSet(sections.get(section).keySet());
    }

    @Override
    public void put(Section section, String key, Map<String, Object> value) {
        String text = StateText.of(value);
        noting.lock();
        try {
            if (!text.equals(sections.get(section).put(key, text))) {
                changed.put(new Address(section, key), new Entry(section, key, text));
            }
        } finally {
            noting.unlock();
        }
    }

    @Override
    public void remove(Section section, String key) {
        noting.lock();
        try {
            if (sections.get(section).remove(key) != null) {
                changed.put(new Address(section, key), new Entry(section, key, null));
            }
        } finally {
            noting.unlock();
        }
    }

    @Override
    public void commit() {
        writing.lock();
        try {
            Map<Address, Entry> taken = take();
            if (taken.isEmpty()) {
                return;
            }
            boolean written = false;
            try {
                table.write(watch, taken.values());
                written = true;
            } finally {
                if (!written) {
                    giveBack(taken);
                }
            }
        } finally {
            writing.unlock();
        }
    }

    private Map<Address, Entry> take() {
        noting.lock();
        try {
            Map<Address, Entry> taken = changed;
            changed = new HashMap<>();
            return taken;
        } finally {
            noting.unlock();
        }
    }

    /** What has changed again since then is newer. */
    private void giveBack(Map<Address, Entry> taken) {
        noting.lock();
        try {
            taken.putAll(changed);
            changed = taken;
        } finally {
            noting.unlock();
        }
    }
}
