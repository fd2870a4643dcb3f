/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.quickstart;

import io.github.camelemqx.platform.test.Generation;
import java.time.Duration;
import java.util.Map;

/**
 * What the environment asks for.
 *
 * @param deployment the real one to watch, null to simulate one
 * @param generation of the simulated one
 * @param allowWrites whether the routes that change something may run
 * @param length of the run
 */
record Settings(Deployment deployment, Generation generation, boolean allowWrites, Duration length) {

    private static final Duration USUAL_LENGTH = Duration.ofSeconds(30);

    /** Where a deployment's API is, and the key for it. */
    record Deployment(String apiUrl, String appId, String appSecret) {

        /** Without the secret, wherever it is printed. */
        @Override
        public String toString() {
            return apiUrl;
        }
    }

    /**
     * Reads the environment.
     *
     * @throws IllegalArgumentException saying which variable is wrong or missing
     */
    static Settings of(Map<String, String> environment) {
        Deployment deployment = deployment(environment);
        return new Settings(
                deployment,
                generation(environment.getOrDefault("EMQX_SIMULATOR", "v5")),
                deployment == null || "true".equals(environment.get("EMQX_ALLOW_WRITES")),
                length(environment.get("QUICKSTART_SECONDS")));
    }

    private static Deployment deployment(Map<String, String> environment) {
        String apiUrl = environment.get("EMQX_API_URL");
        String appId = environment.get("EMQX_APP_ID");
        String appSecret = environment.get("EMQX_APP_SECRET");
        if (apiUrl == null && appId == null && appSecret == null) {
            return null;
        }
        if (apiUrl == null || appId == null || appSecret == null) {
            throw new IllegalArgumentException(
                    "A real deployment needs all three of EMQX_API_URL, EMQX_APP_ID and EMQX_APP_SECRET");
        }
        return new Deployment(apiUrl, appId, appSecret);
    }

    private static Generation generation(String name) {
        return switch (name) {
            case "v4" -> Generation.V4;
            case "v5" -> Generation.V5;
            default -> throw new IllegalArgumentException("EMQX_SIMULATOR must be v4 or v5, not " + name);
        };
    }

    private static Duration length(String seconds) {
        if (seconds == null) {
            return USUAL_LENGTH;
        }
        if (!seconds.matches("[1-9]\\d{0,5}")) {
            throw new IllegalArgumentException("QUICKSTART_SECONDS must be a number of seconds, not " + seconds);
        }
        return Duration.ofSeconds(Long.parseLong(seconds));
    }

    /** A time of the usual run in this one: in a shorter run everything goes faster. */
    Duration scaled(Duration usual) {
        return length.compareTo(USUAL_LENGTH) < 0
                ? usual.multipliedBy(length.toMillis()).dividedBy(USUAL_LENGTH.toMillis())
                : usual;
    }
}
