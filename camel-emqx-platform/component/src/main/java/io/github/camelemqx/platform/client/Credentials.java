/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.client;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * The key of an API. Its text never shows the secret.
 *
 * @param id the App ID, or the key of the Platform API
 * @param secret the App Secret, or that of the Platform API
 * @param method how the key is shown to the API
 */
public record Credentials(String id, String secret, Method method) {

    private static final int SHORTEST_SECRET = 8;

    /** How credentials are shown. */
    public enum Method {
        /** HTTP Basic, sent with every request. */
        BASIC,
        /** HTTP Digest: the secret is never sent, each call costs the API's challenge first. */
        DIGEST
    }

    /**
     * What the options of an API say.
     *
     * @throws IllegalArgumentException naming the option that is missing
     */
    public static Credentials of(ApiKind kind, String id, String secret, Method method) {
        if (id == null || id.isBlank()) {
            throw missing(kind, kind.idOption(), "id of the API key");
        }
        if (secret == null || secret.isBlank()) {
            throw missing(kind, kind.secretOption(), "secret of the API key");
        }
        return new Credentials(id, secret, method);
    }

    private static IllegalArgumentException missing(ApiKind kind, String option, String what) {
        return new IllegalArgumentException("Option " + option + " is missing: the " + what + " for " + kind.words());
    }

    /** The secret as it may come back; one so short that any sentence may have it is no key of the platform. */
    List<String> secrets() {
        String encoded = basic().substring("Basic ".length());
        return secret.length() < SHORTEST_SECRET ? List.of(encoded) : List.of(secret, encoded);
    }

    String basic() {
        byte[] pair = (id + ":" + secret).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    @Override
    public String toString() {
        return "Credentials[id=" + id + ", method=" + method + "]";
    }
}
