/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.http;

/** A percent sign that no two hexadecimal digits follow. */
public final class BadEscape extends RuntimeException {

    BadEscape(String message) {
        super(message);
    }
}
