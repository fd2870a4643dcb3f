/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.client;

import io.github.camelemqx.platform.catalog.Generation;
import java.util.List;

/**
 * A generation and the path at which a deployment serves its API.
 *
 * @param generation null while only an answer can tell
 * @param path before every path of the catalogue
 */
record ApiBase(Generation generation, String path) {

    /** Where the documentation has the Platform API (emqx-api/README.md, "Three APIs, three base addresses"). */
    private static final String PLATFORM_PATH = "/public_api/v1";

    /**
     * Where the API may be, the likeliest first. One candidate with a generation needs no look at the deployment.
     *
     * @param path of the option {@code apiUrl}, or {@code platformApiUrl}
     * @param wanted the option {@code apiVersion}, null for auto; the Platform API is never one of several
     */
    static List<ApiBase> candidates(String path, Generation wanted) {
        if (wanted == Generation.PLATFORM) {
            return List.of(new ApiBase(wanted, path.isEmpty() ? PLATFORM_PATH : path));
        }
        if (path.isEmpty()) {
            // the platform serves generation 4 at /api, a broker of one's own at /api/v4
            List<ApiBase> all = List.of(
                    new ApiBase(Generation.V5, "/api/v5"),
                    new ApiBase(Generation.V4, "/api/v4"),
                    new ApiBase(Generation.V4, "/api"));
            return wanted == null
                    ? all
                    : all.stream().filter(base -> base.generation() == wanted).toList();
        }
        if (wanted != null) {
            return List.of(new ApiBase(wanted, path));
        }
        for (Generation generation : Generation.BROKERS) {
            if (path.endsWith("/" + generation.label())) {
                return List.of(new ApiBase(generation, path));
            }
        }
        return List.of(
                new ApiBase(null, path),
                new ApiBase(Generation.V5, path + "/v5"),
                new ApiBase(Generation.V4, path + "/v4"));
    }
}
