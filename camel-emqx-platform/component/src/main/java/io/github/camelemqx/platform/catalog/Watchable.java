/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.catalog;

import java.util.List;

/**
 * How a resource is watched: a row of the catalogue, so that one more resource needs no code.
 *
 * @param kind what its events are
 * @param listing the operation that lists it
 * @param confirmation the operation that looks at one row by its key, null where there is none
 * @param key the fields that identify a row
 * @param structure fields that the kind of event needs besides the key
 * @param fields the fields watched for {@code updated} unless the route names others
 * @param node the field that names the node that holds a row, null where rows belong to the whole cluster
 */
public record Watchable(
        Kind kind,
        String listing,
        String confirmation,
        List<String> key,
        List<String> structure,
        List<String> fields,
        String node) {

    /** What the events of a watch are. */
    public enum Kind {
        /** connected, disconnected, reconnected, updated, unreachable, deleted. */
        CLIENTS,
        /** created, updated, deleted. */
        ROWS,
        /** changed. */
        METRICS
    }
}
