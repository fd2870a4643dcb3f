/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks.churn;

import io.github.camelemqx.platform.test.Generation;
import io.github.camelemqx.platform.test.churn.ChurningCluster.Connection;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/**
 * An event that somebody told.
 *
 * @param type {@code connected}, {@code disconnected}, {@code reconnected}, and what else a watch knows
 * @param clientId of whom
 * @param connection the one that began, or of what is over the last one that was known
 * @param listed whether the client has a row in the listing, connected or not
 * @param step of the cluster in which it was seen
 */
record Told(String type, String clientId, Connection connection, boolean listed, int step) {

    /** A connection as a row has it. */
    static Connection connection(Map<String, Object> row) {
        return new Connection((String) row.get("node"), instant(String.valueOf(row.get("connected_at"))));
    }

    /** A connection as rows of a generation can show it: those of 4 have seconds (recording v4 43), those of 5 milliseconds. */
    static Connection shown(Connection connection, Generation generation) {
        ChronoUnit unit = generation == Generation.V4 ? ChronoUnit.SECONDS : ChronoUnit.MILLIS;
        return new Connection(connection.node(), connection.at().truncatedTo(unit));
    }

    /** Generation 4 writes local times, the simulator's in UTC; 5 writes an offset; the component writes instants. */
    private static Instant instant(String text) {
        if (text.indexOf('T') < 0) {
            return LocalDateTime.parse(text.replace(' ', 'T')).toInstant(ZoneOffset.UTC);
        }
        return OffsetDateTime.parse(text).toInstant();
    }
}
