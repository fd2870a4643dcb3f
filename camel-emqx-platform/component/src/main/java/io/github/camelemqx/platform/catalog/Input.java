/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.catalog;

/** What a call takes from the body of a message. */
public enum Input {
    /** Nothing; entries of a Map body still serve as parameters. */
    NONE,
    /** One row: a Map, a POJO, or a JSON object as text, bytes or stream. */
    ROW,
    /** Rows: a list of what {@link #ROW} takes, or a JSON array; items of a bulk call, or together the body of one call. */
    ROWS,
    /** Whatever JSON the call wants: a Map, a POJO, a list, or JSON as text, bytes or stream; sent as it is. */
    JSON,
    /** The body itself is the payload of an MQTT message, unless it is a Map of the row's own names. */
    PAYLOAD,
    /** Text as text, bytes or stream; sent as it is. */
    TEXT,
    /** A file: a File, bytes, a stream or text; streamed as one part of a form. */
    FILE
}
