/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.http;

/** Ends a call with a failure: thrown from wherever it is found. */
public final class Refusal extends RuntimeException {

    private final transient Answer answer;

    /** Ends a call with an answer. */
    public Refusal(Answer answer) {
        super("HTTP " + answer.status(), null, false, false);
        this.answer = answer;
    }

    /** What the caller gets. */
    public Answer answer() {
        return answer;
    }
}
