/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.http;

import java.util.Optional;

/**
 * What a node that is lost, frozen or not yet up does to a call.
 *
 * @param seconds how long the call hangs before it is answered, as recorded; 0 for not at all
 * @param failure the answer; empty if the call is answered as usual, though perhaps with less
 */
public record Outage(int seconds, Optional<Answer> failure) {

    /** No outage. */
    public static final Outage NONE = new Outage(0, Optional.empty());

    /** Longer than anybody waits: a node that is frozen takes calls and never answers (clusters.md, v5 d). */
    private static final int EVER = 3_600;

    /** A call that fails at once. */
    public static Outage failing(Answer failure) {
        return new Outage(0, Optional.of(failure));
    }

    /** A call that fails after a while. */
    public static Outage failing(int seconds, Answer failure) {
        return new Outage(seconds, Optional.of(failure));
    }

    /** A call that is answered after a while. */
    public static Outage slow(int seconds) {
        return new Outage(seconds, Optional.empty());
    }

    /** A call to a node that is frozen itself. */
    public static Outage silence() {
        return failing(EVER, Answer.closed());
    }
}
