/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.catalog;

/** What the body of a message is after a call. */
public enum ResultShape {
    /** {@code null}: the broker only says that it is done. */
    NOTHING,
    /** One row, a Map. */
    OBJECT,
    /** All rows in one answer, a List of Maps. */
    LIST,
    /** Rows in pages: a List of Maps, or an Iterator with {@code paging=stream}. */
    PAGE,
    /** Whatever the broker answers, without its envelope: a Map, a List, a text, a number, or null. */
    ANY,
    /** One row for each item of a bulk call, in the order of the items. */
    OUTCOMES,
    /** Numbers by name for each node, or summed over the nodes. */
    NODE_VALUES,
    /** A text, as the broker writes it. */
    TEXT,
    /** An InputStream of what the broker answers, read from the connection as it is consumed. */
    FILE
}
