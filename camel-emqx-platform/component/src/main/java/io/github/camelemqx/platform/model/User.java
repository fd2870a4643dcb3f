/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.model;

import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.time.Instant;
import java.util.Map;

/**
 * A user of the built-in database, never with a password (recordings v5 114, v4 220).
 *
 * @param userId the user name, or the client id where the database holds those
 * @param superuser whether authorization does not apply; null on generation 4, which has none in this database
 * @param createdAt null on generation 5, which does not tell
 */
public record User(
        String userId,
        Boolean superuser,
        @JsonSerialize(using = ToStringSerializer.class) Instant createdAt) {

    /** From a row; fields that are missing are null. */
    public static User of(Map<String, ?> fields) {
        Row row = new Row(fields);
        return new User(row.text("user_id"), row.flag("is_superuser"), row.instant("created_at"));
    }
}
