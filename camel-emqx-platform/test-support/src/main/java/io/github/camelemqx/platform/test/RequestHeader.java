/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test;

/**
 * What a recorded request sent in one header.
 *
 * @param usual true if the line does not mention the header: the recorder's usual value was sent (the valid key, {@code application/json})
 * @param value what was sent instead, or null if the header was left out; null if {@code usual}
 */
public record RequestHeader(boolean usual, String value) {

    /** The value to send, or null for none, when the usual one is {@code usualValue}. */
    public String orUsual(String usualValue) {
        return usual ? usualValue : value;
    }
}
