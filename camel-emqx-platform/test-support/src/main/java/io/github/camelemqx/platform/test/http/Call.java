/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.http;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A request to the API.
 *
 * @param path as sent, percent-encoded, without the query
 * @param rawQuery as sent, empty for none
 * @param headers names in lower case
 * @param variables the parts of the path that the route names, percent-encoded; empty before routing
 */
public record Call(
        String method,
        String path,
        String rawQuery,
        Map<String, String> headers,
        Body body,
        Map<String, String> variables) {

    /** The header by which a call that waited knows which node was given up in the meantime. */
    static final String LOST_NODE = "x-simulator-lost-node";

    /** The bytes of a request; a record of its own, for an array has no place in one that is compared. */
    public interface Body {
        byte[] bytes();
    }

    /**
     * The query.
     *
     * @throws BadEscape for a bad escape in it
     */
    public Query query() {
        return Query.parse(rawQuery);
    }

    /** A part of the path, decoded. */
    public String variable(String name) {
        return Percent.decode(rawVariable(name));
    }

    /** A part of the path as sent. */
    public String rawVariable(String name) {
        return variables.get(name);
    }

    /** The first value of a header. */
    public Optional<String> header(String lowerCaseName) {
        return Optional.ofNullable(headers.get(lowerCaseName));
    }

    /** The part after a prefix in segments, empty ones left out: {@code clients//c1} is {@code clients/c1} (recording v4 456). */
    public List<String> segments() {
        return Arrays.stream(path.split("/"))
                .filter(segment -> !segment.isEmpty())
                .toList();
    }

    /** The node that was given up while this call waited for it. */
    public Optional<String> lostNode() {
        return header(LOST_NODE).filter(name -> !name.isEmpty());
    }

    /** The same call, the node that it waited for given up. */
    public Call havingLost(String node) {
        Map<String, String> more = new TreeMap<>(headers);
        more.put(LOST_NODE, node);
        return new Call(method, path, rawQuery, more, body, variables);
    }

    /** A segment of a path, decoded. */
    public static String decoded(String segment) {
        return Percent.decode(segment);
    }

    /** The same call to a path without a prefix. */
    public Call under(String prefix) {
        return new Call(method, path.substring(prefix.length()), rawQuery, headers, body, variables);
    }

    Call with(Map<String, String> pathVariables) {
        return new Call(method, path, rawQuery, headers, body, pathVariables);
    }
}
