/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.docs;

import io.github.camelemqx.platform.catalog.Generation;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The options of an endpoint that connect it to a deployment of a generation, or to the account's API. */
final class SampleConnection {

    private final Schema schema;
    private final String server;

    /**
     * @param schema tells which of these options there are
     * @param server such as {@code http://127.0.0.1:8080}
     */
    SampleConnection(Schema schema, String server) {
        this.schema = schema;
        this.server = server;
    }

    /** The path before those of the catalogue. */
    static String basePath(Generation generation) {
        return generation.label().equals("platform") ? "/public_api/v1" : "/api/" + generation.label();
    }

    /** To be put behind the options of an example. */
    String options(Generation generation) {
        Map<String, String> options = new LinkedHashMap<>();
        if (generation.label().equals("platform")) {
            options.put("platformApiUrl", server + basePath(generation));
            options.put("platformKey", "key");
            options.put("platformSecret", "word-that-is-secret");
        } else {
            options.put("apiUrl", server + basePath(generation));
            options.put("appId", "key");
            options.put("appSecret", "word-that-is-secret");
        }
        // a failure is looked at once
        options.put("maxRetries", "0");
        options.keySet().removeIf(option -> !schema.hasEndpointOption(option));
        return options.entrySet().stream()
                .map(option -> "&" + option.getKey() + "=" + option.getValue())
                .collect(Collectors.joining());
    }
}
