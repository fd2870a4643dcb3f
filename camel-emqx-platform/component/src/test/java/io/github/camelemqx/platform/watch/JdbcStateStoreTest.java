/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelemqx.platform.watch.WatchState.Section;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** What the store does in every database. */
abstract class JdbcStateStoreTest extends StateStoreContract {

    /** A database without a table of ours. */
    abstract DataSource database();

    @Override
    StateStore store() {
        return new JdbcStateStore(database());
    }

    @Test
    void theTableIsAsDocumented() throws Exception {
        WatchState state = store().open("w");
        state.put(Section.ROWS, "ä", Map.of("n", 1));
        state.commit();
        try (Connection connection = database().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT watch, section, entry_id, entry_key, entry_row FROM EMQX_PLATFORM_STATE")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).isEqualTo("w");
            assertThat(rows.getString(2)).isEqualTo("ROWS");
            assertThat(rows.getString(3)).hasSize(64);
            assertThat(rows.getString(4)).isEqualTo("\\u00E4");
            assertThat(rows.getString(5)).isEqualTo("{\"n\":1}");
            assertThat(rows.next()).isFalse();
        }
    }

    @Test
    void aTableThatMustBeThereAndIsNotIsAnError() {
        JdbcStateStore store = new JdbcStateStore(database(), "SOME_TABLE", false);
        assertThatThrownBy(() -> store.open("w"))
                .isInstanceOf(StateStoreException.class)
                .hasMessageContaining("SOME_TABLE");
    }

    @Test
    void aCommitThatFailsIsMadeUpForByTheNext() throws Exception {
        WatchState state = store().open("w");
        state.put(Section.ROWS, "a", Map.of("n", 1));
        state.commit();
        state.put(Section.ROWS, "a", Map.of("n", 2));
        state.put(Section.ROWS, "b", Map.of("n", 2));
        execute("ALTER TABLE EMQX_PLATFORM_STATE RENAME TO ELSEWHERE");
        assertThatThrownBy(state::commit)
                .isInstanceOf(StateStoreException.class)
                .hasMessageContaining("EMQX_PLATFORM_STATE");
        state.put(Section.ROWS, "b", Map.of("n", 3));
        execute("ALTER TABLE ELSEWHERE RENAME TO EMQX_PLATFORM_STATE");
        state.commit();
        assertThat(rows()).isEqualTo(Map.of("a", Map.of("n", 2), "b", Map.of("n", 3)));
    }

    @Test
    void whatAnotherProcessWroteIsThereWhenTheWatchIsOpened() throws Exception {
        WatchState one = store().open("w");
        one.put(Section.ROWS, "k", Map.of("by", "one"));
        one.commit();
        WatchState other = store().open("w");
        other.put(Section.ROWS, "k", Map.of("by", "other"));
        other.put(Section.ROWS, "l", Map.of("by", "other"));
        other.commit();
        // one that is behind overwrites and does not fail
        one.put(Section.ROWS, "l", Map.of("by", "one"));
        one.commit();
        assertThat(rows()).isEqualTo(Map.of("k", Map.of("by", "other"), "l", Map.of("by", "one")));
    }

    @Test
    void aNameThatIsNoIdentifierIsRefused() {
        for (String name : new String[] {"", "a b", "x;DROP TABLE y", "a.b.c", "1a", "\"a\"", "a".repeat(64)}) {
            assertThatThrownBy(() -> new JdbcStateStore(database(), name, true))
                    .as(name)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = database().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
