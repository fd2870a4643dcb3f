/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.watch;

import io.github.camelemqx.platform.watch.WatchState.Section;
import java.util.HashMap;
import java.util.Map;

/**
 * The notes of a watch beside its rows, by name: in memory, and written through to the state. Not safe for many threads:
 * only polls note.
 */
final class Notes {

    private final Map<String, Map<String, Object>> notes = new HashMap<>();
    private final WatchState state;

    /** Takes up what the state has kept. */
    Notes(WatchState state) {
        this.state = state;
        state.read(Section.NOTES, notes::put);
    }

    /** The note of a name, null without one. */
    Map<String, Object> get(String name) {
        return notes.get(name);
    }

    /** Notes; what says the same as before is not written again. */
    void put(String name, Map<String, Object> note) {
        if (!Transitions.same(notes.get(name), note)) {
            notes.put(name, note);
            state.put(Section.NOTES, name, note);
        }
    }

    /** Forgets all notes. */
    void clear() {
        notes.keySet().forEach(name -> state.remove(Section.NOTES, name));
        notes.clear();
    }
}
