/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.http;

import java.time.Duration;

/** The REST API of one generation. */
public interface Api {

    /** The answer to any call, a failure being an answer too; to a call that had to wait, the one after waiting. */
    Answer answer(Call call);

    /** How long a call waits before it is answered; nothing is done yet. */
    default Duration wait(Call call) {
        return Duration.ZERO;
    }
}
