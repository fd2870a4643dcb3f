/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.client;

/**
 * The two kinds of API, each with an address and a key of its own that are never mixed; what their options are called, for
 * messages.
 */
public enum ApiKind {
    /** The API of one deployment. */
    DEPLOYMENT("apiUrl", "appId", "appSecret", "https://HOST:8443/api/v5", "the deployment"),
    /** The Platform API, of the account. */
    PLATFORM("platformApiUrl", "platformKey", "platformSecret", "https://HOST/public_api/v1", "the Platform API");

    private final String urlOption;
    private final String idOption;
    private final String secretOption;
    private final String example;
    private final String words;

    ApiKind(String urlOption, String idOption, String secretOption, String example, String words) {
        this.urlOption = urlOption;
        this.idOption = idOption;
        this.secretOption = secretOption;
        this.example = example;
        this.words = words;
    }

    String urlOption() {
        return urlOption;
    }

    String idOption() {
        return idOption;
    }

    String secretOption() {
        return secretOption;
    }

    /** An address such as its documentation has. */
    String example() {
        return example;
    }

    /** As a sentence calls it. */
    String words() {
        return words;
    }
}
