/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A rule of the rule engine, in what both generations tell of it (recordings v5 181, v4 374). Its actions differ: ids of
 * actions on generation 5, the actions themselves on generation 4; take them from the row.
 *
 * @param id the id
 * @param name null on generation 4, which has none
 * @param sql the SELECT or FOREACH statement
 * @param enable whether it runs
 * @param description for people; empty without one
 * @param from the topic filters and events that the statement reads; null where the broker does not tell
 * @param createdAt when it was made, to the millisecond
 * @param lastModifiedAt when it was changed last; null on generation 4, which does not tell
 */
public record Rule(
        String id,
        String name,
        String sql,
        Boolean enable,
        String description,
        List<String> from,
        Instant createdAt,
        Instant lastModifiedAt)
        implements Row {

    /** Keeps the list unmodifiable. */
    public Rule {
        from = from == null ? null : List.copyOf(from);
    }

    /**
     * From a row; fields that are missing are null, fields that the record does not have are passed over.
     *
     * @throws IllegalArgumentException naming a field of another type
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Rule of(Map<String, ?> fields) {
        FieldReader row = new FieldReader("Rule", fields);
        return new Rule(
                row.text("id"),
                row.text("name"),
                row.text("sql"),
                row.flag("enable"),
                row.text("description"),
                row.texts("from"),
                row.instant("created_at"),
                row.instant("last_modified_at"));
    }

    @Override
    public Map<String, Object> toMap() {
        return new FieldWriter()
                .with("id", id)
                .with("name", name)
                .with("sql", sql)
                .with("enable", enable)
                .with("description", description)
                .with("from", from)
                .with("created_at", createdAt)
                .with("last_modified_at", lastModifiedAt)
                .toMap();
    }
}
