/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.watch;

import java.util.Map;
import java.util.function.BiConsumer;

/** A state that keeps nothing: what the watch has in memory is all there is. */
final class MemoryState implements WatchState {

    @Override
    public void read(Section section, BiConsumer<String, Map<String, Object>> each) {
        // nothing was kept
    }

    @Override
    public void put(Section section, String key, Map<String, Object> value) {
        // the watch has it
    }

    @Override
    public void remove(Section section, String key) {
        // nothing was kept
    }

    @Override
    public void commit() {
        // there is nothing that would outlive the process
    }

    @Override
    public boolean durable() {
        return false;
    }
}
