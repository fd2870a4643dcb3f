/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.catalog;

/** A generation of the broker, with an API of its own: paths, envelope, paging and failures differ. */
public enum Generation {
    /** EMQX 4.x: Dedicated v4. Answers come in an envelope with a result code, nearly always under HTTP 200. */
    V4("v4"),
    /** EMQX 5.x: Serverless, Dedicated v5, BYOC. Answers are plain, failures are HTTP statuses with a code. */
    V5("v5");

    private final String label;

    Generation(String label) {
        this.label = label;
    }

    /** As options and the catalogue write it: {@code v4}, {@code v5}. */
    public String label() {
        return label;
    }

    @Override
    public String toString() {
        return label;
    }
}
