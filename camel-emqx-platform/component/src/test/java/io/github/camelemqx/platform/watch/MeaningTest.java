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

    private final KeptState state = new KeptState();
    private final Meaning meaning = new Meaning("https://host:8443/api/v5", "clients", "{}", List.of("a", "b"));

    @Test
    void itsOwnStateIsRecognised() {
        meaning.noteIn(new Notes(state));
        Notes notes = new Notes(state);
        assertThat(meaning.recognise(notes)).isEmpty();
        assertThat(Meaning.isIn(notes)).isTrue();
    }

    @Test
    void fieldsThatWereNotWatchedAreTold() {
        meaning.noteIn(new Notes(state));
        Meaning other = new Meaning(meaning.deployment(), "clients", "{}", List.of("b", "c", "d"));
        assertThat(other.recognise(new Notes(state))).containsExactlyInAnyOrder("c", "d");
    }

    @Test
    void anotherFormatIsRefused() {
        meaning.noteIn(new Notes(state));
        Map<String, Object> note = new TreeMap<>(state.kept(Section.NOTES).get("watch"));
        for (Object format : new Object[] {Meaning.FORMAT + 1, "1", null}) {
            note.put("format", format);
            state.put(Section.NOTES, "watch", note);
            assertThatThrownBy(() -> meaning.recognise(new Notes(state)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("format " + format)
                    .hasMessageContaining("another version of camel-emqx-platform");
        }
    }

    @Test
    void whereNothingIsNotedNothingIsWrong() {
        Notes notes = new Notes(state);
        notes.put("nodes", Map.of());
        assertThat(meaning.recognise(notes)).isEmpty();
        assertThat(Meaning.isIn(notes)).isFalse();
    }

    @Test
    void notesThatSayTheSameAreNotWrittenAgainAndCanBeForgotten() {
        Notes notes = new Notes(state);
        Map<String, Object> first = Map.of("n", 1);
        notes.put("a", first);
        notes.put("a", Map.of("n", 1L));
        assertThat(state.kept(Section.NOTES).get("a")).isSameAs(first);
        notes.put("a", Map.of("n", 2));
        assertThat(state.kept(Section.NOTES)).containsEntry("a", Map.of("n", 2));
        notes.clear();
        assertThat(notes.get("a")).isNull();
        assertThat(state.kept(Section.NOTES)).isEmpty();
    }
}
