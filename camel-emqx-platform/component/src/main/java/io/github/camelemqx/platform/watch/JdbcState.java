/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.watch;

import io.github.camelemqx.platform.watch.StateTable.Entry;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;

/** The state of one watch in a database: what is noted is in memory, as text, until it is written with the next commit. */
final class JdbcState implements WatchState {

    private final StateTable table;
    private final String watch;
    /** Guards what has changed: what is taken to be written is the state of one moment. */
    private final ReentrantLock noting = new ReentrantLock();
    /** One transaction after another. */
    private final ReentrantLock writing = new ReentrantLock();

    private Map<Address, Entry> changed = new HashMap<>();

    private record Address(Section section, String key) {}

    JdbcState(StateTable table, String watch) {
        this.table = table;
        this.watch = watch;
    }

    @Override
    public void read(Section section, BiConsumer<String, Map<String, Object>> each) {
        table.read(watch, section, entry -> each.accept(entry.key(), StateText.value(entry.text())));
    }

    @Override
    public void put(Section section, String key, Map<String, Object> value) {
        note(new Entry(section, key, StateText.of(value)));
    }

    @Override
    public void remove(Section section, String key) {
        note(new Entry(section, key, null));
    }

    private void note(Entry entry) {
        noting.lock();
        try {
            changed.put(new Address(entry.section(), entry.key()), entry);
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

    @Override
    public boolean durable() {
        return true;
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
