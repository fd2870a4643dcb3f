/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.client;

import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/**
 * A request ready to be sent.
 *
 * @param operation what is called, for failures
 * @param method the HTTP method
 * @param target path and query, percent-encoded
 * @param accept the types of answers that are wanted
 * @param body null for none
 * @param unprintable finds the values that must never be printed, which only a failure has to know
 */
record ApiRequest(
        String operation,
        String method,
        String target,
        String accept,
        RequestBody body,
        Supplier<List<String>> unprintable) {

    /** Without it generation 5 answers an unknown path in HTML (recording v5 7). */
    static final String JSON = "application/json";

    /**
     * A request that takes JSON and carries nothing.
     *
     * @param secrets that the answer may quote
     */
    static ApiRequest get(String operation, String target, List<String> secrets) {
        return new ApiRequest(operation, "GET", target, JSON, null, () -> secrets);
    }

    /** The request for a page of the same listing. */
    ApiRequest withQuery(Collection<String> pairs) {
        String joint = target.contains("?") ? "&" : "?";
        return to(target + joint + String.join("&", pairs));
    }

    /**
     * The same request to another path below the API's base.
     *
     * @param path where the request goes without its query
     * @param other where it is to go, with the same query
     */
    ApiRequest at(String path, String other) {
        int end = target.contains("?") ? target.indexOf('?') : target.length();
        return to(target.substring(0, end - path.length()) + other + target.substring(end));
    }

    /** The values that must never be printed. */
    List<String> secrets() {
        return unprintable.get();
    }

    private ApiRequest to(String otherTarget) {
        return new ApiRequest(operation, method, otherTarget, accept, body, unprintable);
    }

    @Override
    public String toString() {
        return operation + " (" + method + ")";
    }
}
