/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test;

/** The two generations of the EMQX REST API: the one of brokers 4.x (recorded from 4.4.19), the one of brokers 5.x (5.8.9). */
public enum Generation {
    V4("emqx4@127.0.0.1", "recordings-v4.4.19.jsonl"),
    V5("emqx@127.0.0.1", "recordings-v5.8.9.jsonl");

    private final String firstNode;
    private final String recordings;

    Generation(String firstNode, String recordings) {
        this.firstNode = firstNode;
        this.recordings = recordings;
    }

    /** The name of the node that a fresh broker of this generation consists of, as recorded. */
    public String firstNode() {
        return firstNode;
    }

    String recordings() {
        return recordings;
    }
}
