/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.http;

/** The REST API of one generation. */
public interface Api {

    /** The answer to any call, a failure being an answer too. */
    Answer answer(Call call);
}
