/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.watch;

import java.util.regex.Pattern;
import javax.sql.DataSource;

/**
 * A store in one table of a database, for any number of watches, so that another process goes on where one ended: with
 * {@code master:NAME:emqx-platform:clients} the members of a cluster take turns. One process at a time may run a watch;
 * two at once overwrite each other's rows. What a watch has seen it has in memory: the database is read when the watch
 * starts, and written to, in one transaction, after each poll and its deliveries, with what changed.
 *
 * <p>Tested with H2 and PostgreSQL. Where the statement does not fit the database, make the table yourself:
 *
 * <pre>
 * CREATE TABLE EMQX_PLATFORM_STATE (
 *     watch VARCHAR(255) NOT NULL,   -- the stateKey
 *     section VARCHAR(8) NOT NULL,   -- NOTES, ROWS or EVENTS
 *     entry_id CHAR(64) NOT NULL,    -- SHA-256 of the key
 *     entry_key TEXT NOT NULL,       -- the key, such as the client id: up to 64 KB, ASCII, the rest escaped as in JSON
 *     entry_row TEXT NOT NULL,       -- the row as JSON in ASCII
 *     PRIMARY KEY (watch, section, entry_id))
 * </pre>
 *
 * <p>It holds ids, user names and addresses of clients in clear text.
 */
public final class JdbcStateStore implements StateStore {

    /** The table's name unless another is given. */
    public static final String TABLE = "EMQX_PLATFORM_STATE";

    private static final Pattern IDENTIFIER =
            Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,62}(\\.[A-Za-z_][A-Za-z0-9_]{0,62})?");

    private final StateTable table;
    private final boolean createTable;

    /**
     * A store in the table {@value #TABLE}, which is made where there is none.
     *
     * @param dataSource of the database; the store closes each connection after use, and never the source
     */
    public JdbcStateStore(DataSource dataSource) {
        this(dataSource, TABLE, true);
    }

    /**
     * A store in a table of another name.
     *
     * @param dataSource of the database
     * @param table letters, digits and underscores, after a schema and a dot if need be
     * @param createTable whether to make the table where there is none
     * @throws IllegalArgumentException for another kind of name
     */
    public JdbcStateStore(DataSource dataSource, String table, boolean createTable) {
        if (!IDENTIFIER.matcher(table).matches()) {
            throw new IllegalArgumentException(
                    "The name of the state table must be letters, digits and underscores, as in " + TABLE
                            + " or SCHEMA." + TABLE + ", not '" + table + "'");
        }
        this.table = new StateTable(dataSource, table);
        this.createTable = createTable;
    }

    @Override
    public WatchState open(String watch) {
        table.ensure(createTable);
        return new JdbcState(table, watch);
    }
}
