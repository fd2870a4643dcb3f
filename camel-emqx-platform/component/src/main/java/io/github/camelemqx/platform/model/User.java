/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.time.Instant;
import java.util.Map;

/**
 * A user of the built-in database, never with a password (recordings v5 114, v4 220): as the body of {@code users:create}
 * it leaves the password to the header {@code CamelEmqxPlatformParameters}.
 *
 * @param userId the user name, or the client id where the database holds those
 * @param superuser whether authorization does not apply; null on generation 4, which has none in this database
 * @param createdAt null on generation 5, which does not tell
 */
public record User(String userId, Boolean superuser, Instant createdAt) implements Row {

    /**
     * From a row; fields that are missing are null, fields that the record does not have are passed over.
     *
     * @throws IllegalArgumentException naming a field of another type
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static User of(Map<String, ?> fields) {
        FieldReader row = new FieldReader("User", fields);
        return new User(row.text("user_id"), row.flag("is_superuser"), row.instant("created_at"));
    }

    @Override
    public Map<String, Object> toMap() {
        return new FieldWriter()
                .with("user_id", userId)
                .with("is_superuser", superuser)
                .with("created_at", createdAt)
                .toMap();
    }
}
