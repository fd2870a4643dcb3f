/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.watch;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

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

    @Override
    DataSource database() {
        return SERVER.get().getPostgresDatabase();
    }
}
