/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.client;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The key of an API. Its text never shows the secret.
 *
 * @param id the App ID
 * @param secret the App Secret
 * @param method how the key is shown to the API
 */
public record Credentials(String id, String secret, Method method) {

    /** How credentials are shown. */
    public enum Method {
        /** HTTP Basic, sent with every request. */
        BASIC,
        /** HTTP Digest: the secret is never sent, each call costs the API's challenge first. */
        DIGEST
    }

    /** Checks that there is something to show. */
    public Credentials {
        if (id == null || id.isBlank()) {
            throw new IllegalArgumentException("Option appId is missing: the App ID of the deployment");
        }
        if (secret == null || secret.isBlank()) {
            throw new IllegalArgumentException("Option appSecret is missing: the App Secret of the deployment");
        }
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
