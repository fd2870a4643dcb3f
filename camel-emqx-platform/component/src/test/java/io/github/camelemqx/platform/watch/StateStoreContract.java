/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelemqx.platform.watch.WatchState.Section;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every store of state must do. */
abstract class StateStoreContract {

    /** The store; at every call one that knows only what was committed, where it outlives the process. */
    abstract StateStore store() throws Exception;

    @Test
    void aNewStateIsEmpty() throws Exception {
        WatchState state = store().open("w");
        for (Section section : Section.values()) {
            assertThat(kept(state, section)).isEmpty();
        }
        state.remove(Section.ROWS, "k");
        state.commit();
        assertThat(rows()).isEmpty();
    }

    @Test
    void itOutlivesTheProcess() throws Exception {
        assertThat(store().open("w").durable()).isTrue();
    }

    @Test
    void whatIsCommittedIsThereAgain() throws Exception {
        Map<String, Object> row = new HashMap<>();
        row.put("text", "ä \u0000 \" \\ 𝄞 \ud800");
        row.put("none", null);
        row.put("yes", true);
        row.put("number", 42);
        row.put("large", 1L << 40);
        row.put("fraction", 0.5);
        row.put("list", List.of(1, "two", Map.of("three", 3)));
        WatchState state = store().open("w");
        state.put(Section.ROWS, "k", row);
        state.put(Section.NOTES, "k", Map.of("of", "notes"));
        state.put(Section.EVENTS, "k", Map.of("of", "events"));
        state.commit();

        WatchState again = store().open("w");
        assertThat(kept(again, Section.ROWS)).isEqualTo(Map.of("k", row));
        assertThat(kept(again, Section.NOTES)).isEqualTo(Map.of("k", Map.of("of", "notes")));
        assertThat(kept(again, Section.EVENTS)).isEqualTo(Map.of("k", Map.of("of", "events")));
    }

    @Test
    void theLastValueCountsAndWhatIsForgottenIsGone() throws Exception {
        WatchState state = store().open("w");
        state.put(Section.ROWS, "changed", Map.of("n", 1));
        state.put(Section.ROWS, "gone", Map.of("n", 1));
        state.put(Section.ROWS, "gone and back", Map.of("n", 1));
        state.commit();
        state.put(Section.ROWS, "changed", Map.of("n", 2));
        state.remove(Section.ROWS, "gone");
        state.remove(Section.ROWS, "gone and back");
        state.put(Section.ROWS, "gone and back", Map.of("n", 3));
        state.put(Section.ROWS, "never there", Map.of("n", 4));
        state.remove(Section.ROWS, "never there");
        state.commit();

        assertThat(rows()).isEqualTo(Map.of("changed", Map.of("n", 2), "gone and back", Map.of("n", 3)));
    }

    @Test
    void watchesDoNotMixWhateverTheirNames() throws Exception {
        String common = "https://host:8443/api/v5 clients {like_clientid=ä}" + "x".repeat(400);
        List<String> names = List.of("w", "W", "w ", "ä", "'; DROP TABLE x; --", common + "1", common + "2");
        for (String name : names) {
            WatchState state = store().open(name);
            state.put(Section.ROWS, "k", Map.of("of", name));
            state.commit();
        }
        for (String name : names) {
            WatchState state = store().open(name);
            assertThat(kept(state, Section.ROWS)).isEqualTo(Map.of("k", Map.of("of", name)));
        }
    }

    @Test
    void keysAreAnyText() throws Exception {
        String longest = "x".repeat(65_535);
        // the ends differ, or one is the other's beginning, or what a database would take for equal
        Set<String> keys = new HashSet<>(Set.of(
                longest,
                longest.substring(1),
                longest.substring(1) + "y",
                "",
                " ",
                "a",
                "a ",
                "A",
                "ä",
                "a|b",
                "R",
                "NRE",
                "\u0000",
                "\ud800",
                "%",
                "_",
                "'",
                "\"",
                "\\",
                "\\u0000",
                "日本",
                "𝄞"));
        WatchState state = store().open("w");
        keys.forEach(key -> state.put(Section.ROWS, key, Map.of("key", key.length())));
        state.commit();
        WatchState again = store().open("w");
        Map<String, Map<String, Object>> rows = kept(again, Section.ROWS);
        assertThat(rows.keySet()).isEqualTo(keys);
        rows.forEach((key, row) -> assertThat(row).containsEntry("key", key.length()));
        keys.forEach(key -> again.remove(Section.ROWS, key));
        again.commit();
        assertThat(rows()).isEmpty();
    }

    @Test
    void manyRowsAreWrittenAtOnce() throws Exception {
        WatchState state = store().open("w");
        for (int i = 0; i < 2_345; i++) {
            state.put(Section.ROWS, "c" + i, Map.of("n", i));
        }
        state.commit();
        for (int i = 0; i < 2_345; i += 2) {
            state.remove(Section.ROWS, "c" + i);
        }
        state.commit();
        assertThat(rows()).hasSize(1_172).containsKeys("c1", "c2343").doesNotContainKeys("c0", "c2344");
    }

    @Test
    void threadsDoNotDisturbEachOther() throws Exception {
        WatchState state = store().open("w");
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> done = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                String own = "t" + thread + "-";
                done.add(threads.submit(() -> {
                    for (int i = 0; i < 200; i++) {
                        state.put(Section.ROWS, own + i, Map.of("n", i));
                        if (i % 50 == 0) {
                            state.commit();
                        }
                        if (i % 2 == 0) {
                            state.remove(Section.ROWS, own + i);
                        }
                    }
                }));
            }
            for (Future<?> one : done) {
                one.get();
            }
        } finally {
            threads.shutdown();
        }
        state.commit();
        assertThat(rows()).hasSize(400).containsKeys("t0-1", "t3-199");
    }

    /** What is committed of the rows of the watch w. */
    Map<String, Map<String, Object>> rows() throws Exception {
        return kept(store().open("w"), Section.ROWS);
    }

    /** What a state that was just opened has in a section, each key once. */
    static Map<String, Map<String, Object>> kept(WatchState state, Section section) {
        Map<String, Map<String, Object>> kept = new HashMap<>();
        state.read(
                section,
                (key, value) -> assertThat(kept.put(key, value)).as(key).isNull());
        return kept;
    }
}
