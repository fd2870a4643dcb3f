/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelemqx.platform.watch.WatchState.Section;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A watch takes nobody else's state for its own. */
class MeaningTest {

    private final WatchState state = new MemoryState();
    private final Meaning meaning = new Meaning("https://host:8443/api/v5", "clients", "{}", List.of("a", "b"));

    @Test
    void itsOwnStateIsRecognised() {
        meaning.noteIn(state);
        state.put("k", Map.of());
        assertThat(meaning.recognise(state)).isEmpty();
        assertThat(Meaning.isNotedIn(state)).isTrue();
        assertThat(state.keys()).containsExactly("k");
    }

    @Test
    void fieldsThatWereNotWatchedAreTold() {
        meaning.noteIn(state);
        Meaning other = new Meaning(meaning.deployment(), "clients", "{}", List.of("b", "c", "d"));
        assertThat(other.recognise(state)).containsExactlyInAnyOrder("c", "d");
    }

    @Test
    void anotherFormatIsRefused() {
        meaning.noteIn(state);
        Map<String, Object> note = new TreeMap<>(state.get(Section.NOTES, "watch"));
        for (Object format : new Object[] {Meaning.FORMAT + 1, "1", null}) {
            note.put("format", format);
            state.put(Section.NOTES, "watch", note);
            assertThatThrownBy(() -> meaning.recognise(state))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("format " + format)
                    .hasMessageContaining("another version of camel-emqx-platform");
        }
    }

    @Test
    void whatAnUnfinishedFirstPollLeftIsForgotten() {
        state.put("k", Map.of());
        state.put(Section.NOTES, "nodes", Map.of());
        assertThat(meaning.recognise(state)).isEmpty();
        assertThat(state.keys()).isEmpty();
        assertThat(state.keys(Section.NOTES)).isEmpty();
    }
}
