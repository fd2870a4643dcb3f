/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks.naive;

/** An answer that is no page of a listing. */
public final class NoPage extends Exception {

    private static final long serialVersionUID = 1;

    NoPage(String message) {
        super(message);
    }
}
