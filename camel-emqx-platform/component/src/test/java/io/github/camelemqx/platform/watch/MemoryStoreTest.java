/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelemqx.platform.watch.WatchState.Section;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The store that ends with the process keeps nothing, and says so: the watch has it all. */
class MemoryStoreTest {

    @Test
    void nothingIsKept() {
        StateStore store = StateStore.inMemory();
        WatchState state = store.open("w");
        assertThat(state.durable()).isFalse();
        for (Section section : Section.values()) {
            state.put(section, "k", Map.of("n", 1));
            state.remove(section, "other");
        }
        state.commit();
        for (Section section : Section.values()) {
            state.read(section, (key, value) -> {
                throw new AssertionError(key);
            });
            store.open("w").read(section, (key, value) -> {
                throw new AssertionError(key);
            });
        }
    }
}
