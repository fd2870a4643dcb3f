/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelemqx.platform.watch.WatchState.Section;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The store in PostgreSQL: a real one, started for the test, in a namespace of its own where the build runs as root. */
class PostgresStateStoreTest extends JdbcStateStoreTest {

    private static final AtomicReference<EmbeddedPostgres> SERVER = new AtomicReference<>();

    @BeforeAll
    static void start() throws IOException {
        SERVER.set(EmbeddedPostgres.builder().start());
    }

    @AfterAll
    static void stop() throws IOException {
        SERVER.get().close();
    }

    @BeforeEach
    void withoutTables() throws SQLException {
        execute("DROP TABLE IF EXISTS EMQX_PLATFORM_STATE");
    }

    /** A million rows are not in memory at once: when the connection dies after the first, most of them never come. */
    @Test
    void rowsAreReadAsTheyAreTaken() throws Exception {
        WatchState state = store().open("w");
        for (int i = 0; i < 5_000; i++) {
            state.put(Section.ROWS, "c" + i, Map.of("n", i));
        }
        state.commit();
        WatchState again = store().open("w");
        AtomicInteger count = new AtomicInteger();
        assertThatThrownBy(() -> again.read(Section.ROWS, (key, row) -> {
                    if (count.incrementAndGet() == 1) {
                        assertThat(cutTransactions()).isEqualTo(1);
                    }
                }))
                .isInstanceOf(StateStoreException.class)
                .hasMessageContaining("EMQX_PLATFORM_STATE");
        assertThat(count.get()).isBetween(1, 1_000);
    }

    /** Ends the connections that are within a transaction. */
    private int cutTransactions() {
        try (Connection connection = database().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                        + " WHERE state = 'idle in transaction'")) {
            row.next();
            return row.getInt(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    DataSource database() {
        return SERVER.get().getPostgresDatabase();
    }
}
