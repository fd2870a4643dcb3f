/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.client;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * A request ready to be sent.
 *
 * @param operation what is called, for failures
 * @param method the HTTP method
 * @param target path and query, percent-encoded
 * @param accept the types of answers that are wanted
 * @param body null for none
 * @param secrets values in the request that must never be printed
 */
record ApiRequest(
        String operation, String method, String target, String accept, RequestBody body, List<String> secrets) {

    /** Without it generation 5 answers an unknown path in HTML (recording v5 7). */
    static final String JSON = "application/json";

    /** A request that takes JSON and carries nothing. */
    static ApiRequest get(String operation, String target) {
        return new ApiRequest(operation, "GET", target, JSON, null, List.of());
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

    /** The same request, with more that must never be printed. */
    ApiRequest keeping(List<String> moreSecrets) {
        List<String> all = secrets.isEmpty()
                ? moreSecrets
                : Stream.concat(secrets.stream(), moreSecrets.stream()).toList();
        return new ApiRequest(operation, method, target, accept, body, all);
    }

    private ApiRequest to(String otherTarget) {
        return new ApiRequest(operation, method, otherTarget, accept, body, secrets);
    }

    @Override
    public String toString() {
        return operation + " (" + method + ")";
    }
}
