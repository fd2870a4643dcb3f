/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.watch;

import io.github.camelemqx.platform.watch.WatchState.Section;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** The table of a {@link JdbcStateStore}: its statements, which any database understands. */
final class StateTable {

    /** Rows that travel together. */
    private static final int BATCH = 500;

    /** What fits into the column; a longer name of a watch is cut, and told apart by its hash. */
    private static final int NAME = 255;

    private static final int HASH = 64;

    private final DataSource dataSource;
    private final String table;

    /**
     * A line of the table.
     *
     * @param text the value, null for one that is gone
     */
    record Entry(Section section, String key, String text) {}

    private interface Work<T> {
        T in(Connection connection) throws SQLException;
    }

    /** @param table checked already */
    StateTable(DataSource dataSource, String table) {
        this.dataSource = dataSource;
        this.table = table;
    }

    /** Makes sure that the table is there. */
    void ensure(boolean create) {
        SQLException missing = probe();
        if (missing == null) {
            return;
        }
        if (!create) {
            throw new StateStoreException("The state table " + table + " is not there or cannot be read", missing);
        }
        try {
            transaction("made", connection -> {
                try (Statement statement = connection.createStatement()) {
                    return statement.executeUpdate("CREATE TABLE " + table
                            + " (watch VARCHAR(" + NAME + ") NOT NULL, section VARCHAR(8) NOT NULL, entry_id CHAR("
                            + HASH
                            + ") NOT NULL, entry_key TEXT NOT NULL, entry_row TEXT NOT NULL,"
                            + " PRIMARY KEY (watch, section, entry_id))");
                }
            });
        } catch (StateStoreException e) {
            // another member of the cluster may have made it in between
            if (probe() != null) {
                throw e;
            }
        }
    }

    private SQLException probe() {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet none = statement.executeQuery(
                        "SELECT watch, section, entry_id, entry_key, entry_row FROM " + table + " WHERE 1 = 0")) {
            none.next();
            return null;
        } catch (SQLException e) {
            return e;
        }
    }

    /** The entries of one section of a watch, as they come from the database: drivers fetch some at a time. */
    void read(String watch, Section section, Consumer<Entry> entries) {
        transaction("read", connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT entry_key, entry_row FROM " + table + " WHERE watch = ? AND section = ?")) {
                // which PostgreSQL heeds within a transaction only
                select.setFetchSize(BATCH);
                select.setString(1, name(watch));
                select.setString(2, section.name());
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        entries.accept(new Entry(section, StateText.keyOf(rows.getString(1)), rows.getString(2)));
                    }
                }
                return null;
            }
        });
    }

    /** Writes entries, all of them or none. */
    void write(String watch, Collection<Entry> entries) {
        List<Entry> gone =
                entries.stream().filter(entry -> entry.text() == null).toList();
        List<Entry> there =
                entries.stream().filter(entry -> entry.text() != null).toList();
        String name = name(watch);
        transaction("written", connection -> {
            delete(connection, name, gone);
            for (int from = 0; from < there.size(); from += BATCH) {
                put(connection, name, there.subList(from, Math.min(from + BATCH, there.size())));
            }
            return null;
        });
    }

    private void delete(Connection connection, String watch, List<Entry> entries) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(
                "DELETE FROM " + table + " WHERE watch = ? AND section = ? AND entry_id = ?")) {
            int waiting = 0;
            for (Entry entry : entries) {
                identify(delete, 1, watch, entry);
                delete.addBatch();
                if (++waiting % BATCH == 0) {
                    delete.executeBatch();
                }
            }
            delete.executeBatch();
        }
    }

    /** Updates, and inserts what was not there: every database can do that, and each upserts in words of its own. */
    private void put(Connection connection, String watch, List<Entry> entries) throws SQLException {
        List<Entry> absent = new ArrayList<>();
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE " + table + " SET entry_row = ? WHERE watch = ? AND section = ? AND entry_id = ?")) {
            for (Entry entry : entries) {
                update.setString(1, entry.text());
                identify(update, 2, watch, entry);
                update.addBatch();
            }
            int[] counts = update.executeBatch();
            for (int i = 0; i < counts.length; i++) {
                boolean updated = counts[i] > 0;
                if (counts[i] == Statement.SUCCESS_NO_INFO) {
                    // a driver that does not count in batches
                    update.setString(1, entries.get(i).text());
                    identify(update, 2, watch, entries.get(i));
                    updated = update.executeUpdate() > 0;
                }
                if (!updated) {
                    absent.add(entries.get(i));
                }
            }
        }
        if (absent.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO " + table + " (watch, section, entry_id, entry_key, entry_row) VALUES (?, ?, ?, ?, ?)")) {
            for (Entry entry : absent) {
                identify(insert, 1, watch, entry);
                insert.setString(4, StateText.key(entry.key()));
                insert.setString(5, entry.text());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static void identify(PreparedStatement statement, int from, String watch, Entry entry) throws SQLException {
        statement.setString(from, watch);
        statement.setString(from + 1, entry.section().name());
        statement.setString(from + 2, hash(entry.key()));
    }

    private <T> T transaction(String what, Work<T> work) {
        try (Connection connection = dataSource.getConnection()) {
            boolean before = connection.getAutoCommit();
            connection.setAutoCommit(false);
            try {
                T result = work.in(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                rollback(connection, e);
                throw e;
            } finally {
                connection.setAutoCommit(before);
            }
        } catch (SQLException e) {
            throw new StateStoreException("The state table " + table + " cannot be " + what, e);
        }
    }

    private static void rollback(Connection connection, Exception because) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            because.addSuppressed(e);
        }
    }

    private static String name(String watch) {
        String text = StateText.key(watch);
        return text.length() <= NAME ? text : text.substring(0, NAME - HASH) + hash(watch);
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
