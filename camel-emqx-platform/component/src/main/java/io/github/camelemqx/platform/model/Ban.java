/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.model;

import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.time.Instant;
import java.util.Map;

/**
 * A client id, user name or address that may not connect (recordings v5 107, v4 173).
 *
 * @param as what {@code who} is: clientid, username, peerhost, on generation 5 also clientid_re, username_re,
 *     peerhost_net
 * @param who the client id, user name, address or pattern
 * @param reason for people
 * @param by who set it, for people
 * @param at when it began
 * @param until when it ends, null for never
 */
public record Ban(
        String as,
        String who,
        String reason,
        String by,
        @JsonSerialize(using = ToStringSerializer.class) Instant at,
        @JsonSerialize(using = ToStringSerializer.class) Instant until) {

    /** From a row; fields that are missing are null. */
    public static Ban of(Map<String, ?> fields) {
        Row row = new Row(fields);
        return new Ban(
                row.text("as"),
                row.text("who"),
                row.text("reason"),
                row.text("by"),
                row.instant("at"),
                row.instant("until"));
    }
}
