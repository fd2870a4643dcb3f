/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelemqx.platform.watch.WatchState.Section;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** Rows are in memory, and what differs is written. */
class RowsTest {

    private final Journal journal = new Journal();
    private final Rows rows = new Rows(journal);

    @Test
    void whatIsPutIsThereAndWritten() {
        rows.put("a", Map.of("n", 1));
        rows.put("b", Map.of("n", 2));
        assertThat(rows.get("a")).containsEntry("n", 1);
        assertThat(rows.contains("b")).isTrue();
        assertThat(rows.keys()).containsExactlyInAnyOrder("a", "b");
        assertThat(rows.get("c")).isNull();
        assertThat(rows.contains("c")).isFalse();
        assertThat(journal.written).containsExactly("put a {n=1}", "put b {n=2}");
    }

    @Test
    void aRowThatSaysTheSameIsNotWrittenAgain() {
        Map<String, Object> row = new HashMap<>();
        row.put("n", 1);
        row.put("none", null);
        rows.put("a", row);
        journal.written.clear();
        Map<String, Object> again = new HashMap<>();
        again.put("none", null);
        again.put("n", 1L);
        rows.put("a", again);
        assertThat(journal.written).isEmpty();
        rows.put("a", Map.of("n", 1));
        assertThat(journal.written).containsExactly("put a {n=1}");
    }

    @Test
    void whatIsForgottenIsGone() {
        rows.put("a", Map.of("n", 1));
        journal.written.clear();
        rows.remove("a");
        rows.remove("a");
        rows.remove("never there");
        assertThat(rows.get("a")).isNull();
        assertThat(rows.keys()).isEmpty();
        assertThat(journal.written).containsExactly("remove a");
    }

    @Test
    void whatWasKeptIsTakenUpAndNotWritten() {
        KeptState kept = new KeptState();
        kept.put(Section.ROWS, "a", Map.of("n", 1));
        kept.put(Section.NOTES, "b", Map.of());
        Rows again = new Rows(kept);
        assertThat(again.keys()).isEmpty();
        again.read();
        assertThat(again.keys()).containsExactly("a");
        assertThat(again.get("a")).containsEntry("n", 1);
    }

    @Test
    void rowsMayGoWhileKeysAreRead() {
        for (int i = 0; i < 100; i++) {
            rows.put("c" + i, Map.of("n", i));
        }
        rows.keys().forEach(rows::remove);
        assertThat(rows.keys()).isEmpty();
    }

    /** Notes what is written. */
    private static final class Journal implements WatchState {

        private final List<String> written = new ArrayList<>();

        @Override
        public void read(Section section, BiConsumer<String, Map<String, Object>> each) {
            throw new AssertionError(section);
        }

        @Override
        public void put(Section section, String key, Map<String, Object> value) {
            assertThat(section).isEqualTo(Section.ROWS);
            written.add("put " + key + " " + value);
        }

        @Override
        public void remove(Section section, String key) {
            assertThat(section).isEqualTo(Section.ROWS);
            written.add("remove " + key);
        }

        @Override
        public void commit() {
            throw new AssertionError();
        }

        @Override
        public boolean durable() {
            return true;
        }
    }
}
