/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.time.Instant;
import java.util.Map;

/**
 * A client id, user name or address that may not connect (recordings v5 107, v4 173). Times have a resolution of a second.
 * As the body of {@code banned:create} it is a ban for ever where {@code until} is null.
 *
 * @param as what {@code who} is: clientid, username, peerhost, on generation 5 also clientid_re, username_re, peerhost_net
 * @param who the client id, user name, address or pattern
 * @param reason for people; empty or null without one
 * @param by who set it, for people; null in the answer of generation 4 to {@code create} unless it was given
 * @param at when it began; null in the answer of generation 4 to {@code create} unless it was given
 * @param until when it ends, null for never
 */
public record Ban(String as, String who, String reason, String by, Instant at, Instant until) implements Row {

    /**
     * From a row; fields that are missing are null, fields that the record does not have are passed over.
     *
     * @throws IllegalArgumentException naming a field of another type
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Ban of(Map<String, ?> fields) {
        FieldReader row = new FieldReader("Ban", fields);
        return new Ban(
                row.text("as"),
                row.text("who"),
                row.text("reason"),
                row.text("by"),
                row.instant("at"),
                row.instantOrNever("until"));
    }

    @Override
    public Map<String, Object> toMap() {
        return new FieldWriter()
                .with("as", as)
                .with("who", who)
                .with("reason", reason)
                .with("by", by)
                .with("at", at)
                .with("until", until == null ? "infinity" : until)
                .toMap();
    }
}
