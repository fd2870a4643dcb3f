/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.presence;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;

/** The table as whoever wants to know reads it. */
final class Table {

    private final DataSource database;

    /** A row. */
    record Row(
            String client, String state, String username, String node, Instant since, Instant changed, String toldBy) {}

    Table(DataSource database) {
        this.database = database;
    }

    /** Makes it where there is none: once, before there are members. */
    void create() throws SQLException, IOException {
        try (InputStream sql = Table.class.getResourceAsStream("/sql/table.sql");
                Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(new String(sql.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** All rows, by client. */
    List<Row> rows() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT * FROM presence ORDER BY client_id")) {
            List<Row> rows = new ArrayList<>();
            while (found.next()) {
                rows.add(new Row(
                        found.getString("client_id"),
                        found.getString("state"),
                        found.getString("username"),
                        found.getString("node"),
                        instant(found, "since"),
                        instant(found, "event_at"),
                        found.getString("told_by")));
            }
            return rows;
        }
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    /** The state of each client. */
    Map<String, String> states() throws SQLException {
        Map<String, String> states = new TreeMap<>();
        rows().forEach(row -> states.put(row.client(), row.state()));
        return states;
    }

    void print(PrintStream out) throws SQLException {
        out.printf("  %-12s %-12s %-8s %-16s %-21s %s%n", "client", "state", "user", "node", "changed", "told by");
        for (Row row : rows()) {
            out.printf(
                    "  %-12s %-12s %-8s %-16s %-21s %s%n",
                    row.client(),
                    row.state(),
                    row.username(),
                    row.node(),
                    row.changed().truncatedTo(ChronoUnit.SECONDS),
                    row.toldBy());
        }
    }
}
