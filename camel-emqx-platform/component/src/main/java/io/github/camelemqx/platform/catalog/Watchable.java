/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.catalog;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a resource is watched: a row of the catalogue, so that one more resource needs no code.
 *
 * @param kind what its events are
 * @param listing the operation that lists it; one whose result is an object lists that object, or nothing where it is not
 *     found
 * @param confirmation the operation that looks at one row by its key, null where a second listing must do
 * @param key the fields that identify a row; one that rows lack may be a parameter of the listing
 * @param structure fields that the kind of event needs besides the key
 * @param fields the fields watched for {@code updated} unless the route names others; {@code a.b} is the field b of the
 *     object a
 * @param node the field that names the node that holds a row, null where rows belong to the whole cluster
 * @param byNode the parameter of the listing that narrows it to one node, null where it has none or where that is no better
 * @param several the parameter of the listing that takes the keys of several rows at once (generation 5), null without one
 * @param ids what an operation of the resource takes for the id of a row, fields in braces: {@code {type}:{name}}. The
 *     first whose fields a row has is taken; none where no operation takes an id
 * @param filters values of the listing's parameters unless the route gives others
 * @param delay the time between two polls unless the route gives another, null for the usual
 */
public record Watchable(
        Kind kind,
        String listing,
        String confirmation,
        List<String> key,
        List<String> structure,
        List<String> fields,
        String node,
        String byNode,
        String several,
        List<String> ids,
        Map<String, Object> filters,
        Duration delay) {

    private static final Pattern FIELD = Pattern.compile("\\{([^}]+)}");

    /** What the events of a watch are. */
    public enum Kind {
        /** connected, disconnected, reconnected, updated, unreachable, deleted. */
        CLIENTS,
        /** created, updated, deleted. */
        ROWS,
        /** changed; numbers that only grow while a node runs. */
        METRICS,
        /** changed; numbers that go up and down. */
        GAUGES
    }

    /** Whether its events tell of numbers, and not of rows. */
    public boolean ofNumbers() {
        return kind == Kind.METRICS || kind == Kind.GAUGES;
    }

    /** The id of a row for operations of the resource, empty where it has none. */
    public Optional<String> idOf(Map<String, Object> row) {
        return ids.stream()
                .filter(id -> FIELD.matcher(id).results().allMatch(field -> row.get(field.group(1)) != null))
                .map(id -> FIELD.matcher(id)
                        .replaceAll(field -> Matcher.quoteReplacement(String.valueOf(row.get(field.group(1))))))
                .findFirst();
    }
}
