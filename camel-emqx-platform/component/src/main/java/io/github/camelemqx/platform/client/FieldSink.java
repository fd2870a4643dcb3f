/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.client;

/**
 * Takes the wanted fields of rows while they are read, without an object made of each: a million rows need no memory.
 * Fields are numbered as they were asked for; they come in any order, and of one that comes twice the last counts.
 */
public interface FieldSink {

    /** A text that is ASCII; the bytes belong to the caller and are good for the time of this call only. */
    void text(int field, byte[] ascii, int offset, int length);

    /** A whole number. */
    void number(int field, long value);

    /** A time in milliseconds since 1970; the vocabulary writes it as an ISO-8601 instant. */
    void time(int field, long millis);

    /** Any value of JSON, null too, as the vocabulary has it; also a text or a whole number. */
    void value(int field, Object value);

    /** The row is complete: fields that did not come are not there. */
    void end();
}
