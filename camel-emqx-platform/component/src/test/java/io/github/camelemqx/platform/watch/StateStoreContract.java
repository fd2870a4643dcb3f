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
            assertThat(state.keys(section)).isEmpty();
            assertThat(state.get(section, "k")).isNull();
        }
        state.remove("k");
        state.commit();
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
        state.put("k", row);
        state.put(Section.NOTES, "k", Map.of("of", "notes"));
        state.put(Section.EVENTS, "k", Map.of("of", "events"));
        assertThat(state.row("k")).isEqualTo(row);
        state.commit();

        WatchState again = store().open("w");
        assertThat(again.row("k")).isEqualTo(row);
        assertThat(again.keys()).containsExactly("k");
        assertThat(again.get(Section.NOTES, "k")).containsEntry("of", "notes");
        assertThat(again.get(Section.EVENTS, "k")).containsEntry("of", "events");
    }

    @Test
    void theLastValueCountsAndWhatIsForgottenIsGone() throws Exception {
        WatchState state = store().open("w");
        state.put("changed", Map.of("n", 1));
        state.put("gone", Map.of("n", 1));
        state.put("gone and back", Map.of("n", 1));
        state.commit();
        state.put("changed", Map.of("n", 2));
        state.remove("gone");
        state.remove("gone and back");
        state.put("gone and back", Map.of("n", 3));
        state.put("never there", Map.of("n", 4));
        state.remove("never there");
        state.commit();

        WatchState again = store().open("w");
        assertThat(again.keys()).containsExactlyInAnyOrder("changed", "gone and back");
        assertThat(again.row("changed")).containsEntry("n", 2);
        assertThat(again.row("gone and back")).containsEntry("n", 3);
        assertThat(again.row("gone")).isNull();
    }

    @Test
    void watchesDoNotMixWhateverTheirNames() throws Exception {
        String common = "https://host:8443/api/v5 clients {like_clientid=ä}" + "x".repeat(400);
        List<String> names = List.of("w", "W", "w ", "ä", "'; DROP TABLE x; --", common + "1", common + "2");
        for (String name : names) {
            WatchState state = store().open(name);
            state.put("k", Map.of("of", name));
            state.commit();
        }
        for (String name : names) {
            WatchState state = store().open(name);
            assertThat(state.keys()).containsExactly("k");
            assertThat(state.row("k")).containsEntry("of", name);
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
        keys.forEach(key -> state.put(key, Map.of("key", key.length())));
        assertThat(state.keys()).isEqualTo(keys);
        state.commit();
        WatchState again = store().open("w");
        assertThat(again.keys()).isEqualTo(keys);
        for (String key : keys) {
            assertThat(again.row(key)).containsEntry("key", key.length());
            assertThat(again.keys().contains(key)).isTrue();
        }
        keys.forEach(again::remove);
        again.commit();
        assertThat(store().open("w").keys()).isEmpty();
    }

    @Test
    void manyRowsAreWrittenAtOnce() throws Exception {
        WatchState state = store().open("w");
        for (int i = 0; i < 2_345; i++) {
            state.put("c" + i, Map.of("n", i));
        }
        state.commit();
        for (int i = 0; i < 2_345; i += 2) {
            state.remove("c" + i);
        }
        state.commit();
        WatchState again = store().open("w");
        assertThat(again.keys()).hasSize(1_172).contains("c1", "c2343").doesNotContain("c0", "c2344");
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
                        state.put(own + i, Map.of("n", i));
                        if (i % 50 == 0) {
                            state.commit();
                        }
                        if (i % 2 == 0) {
                            state.remove(own + i);
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
        assertThat(store().open("w").keys()).hasSize(400).contains("t0-1", "t3-199");
    }
}
