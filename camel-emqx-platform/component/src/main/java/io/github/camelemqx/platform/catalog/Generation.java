/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.catalog;

import java.util.List;

/** An API with ways of its own: paths, envelope, paging and failures differ. */
public enum Generation {
    /** EMQX 4.x: Dedicated v4. Answers come in an envelope with a result code, nearly always under HTTP 200. */
    V4("v4", "generation v4"),
    /** EMQX 5.x: Serverless, Dedicated v5, BYOC. Answers are plain, failures are HTTP statuses with a code. */
    V5("v5", "generation v5"),
    /** The account-level API (projects, deployments, certificates), which answers as generation 5 does. */
    PLATFORM("platform", "the Platform API");

    /** What a deployment may be, the older first. */
    public static final List<Generation> BROKERS = List.of(V4, V5);

    private final String label;
    private final String words;

    Generation(String label, String words) {
        this.label = label;
        this.words = words;
    }

    /** As options and the catalogue write it: {@code v4}, {@code v5}, {@code platform}. */
    public String label() {
        return label;
    }

    /** As a sentence calls it: {@code generation v4}, {@code the Platform API}. */
    public String words() {
        return words;
    }

    @Override
    public String toString() {
        return label;
    }
}
