/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.client;

import com.fasterxml.jackson.core.ObjectCodec;
import com.fasterxml.jackson.core.io.IOContext;
import com.fasterxml.jackson.core.json.UTF8StreamJsonParser;
import com.fasterxml.jackson.core.sym.ByteQuadsCanonicalizer;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A parser ahead of which fields of an object can be read, as long as they lie whole in its buffer and need no decoding:
 * without a token of each, and without a character of each byte. What is not quite plain is left to the parser, which then
 * goes on as if it had read the fields before.
 */
final class ReadAheadParser extends UTF8StreamJsonParser {

    /** Of a whole number; any of so many is a long. */
    static final int MOST_DIGITS = 18;

    /** The field, or what was looked for, does not lie plain ahead. */
    static final int NOWHERE = -1;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** One in each byte. */
    private static final long ONES = 0x0101_0101_0101_0101L;

    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

    private long lastNumber;

    ReadAheadParser(
            IOContext context,
            int features,
            InputStream in,
            ObjectCodec codec,
            ByteQuadsCanonicalizer symbols,
            byte[] buffer,
            int end) {
        super(context, features, in, codec, symbols, buffer, 0, end, 0, true);
    }

    /** What has been read of the input; the parser may be anywhere in it. */
    byte[] buffer() {
        return _inputBuffer;
    }

    /** Where the parser is, if that is in an object in front of a field; otherwise {@link #NOWHERE}. */
    int position() {
        boolean between = !_tokenIncomplete && _nextToken == null && _parsingContext.inObject();
        return between ? _inputPtr : NOWHERE;
    }

    /**
     * Lets the parser go on behind fields that were read ahead of it.
     *
     * @param position in front of the next comma, or of the end of the object
     */
    void goTo(int position) {
        _inputPtr = position;
        if (!_parsingContext.hasCurrentIndex()) {
            // the next field is not the first any more
            _parsingContext.expectComma();
        }
    }

    /** The position behind some bytes, if these come next; the one that is returned is in the buffer. */
    int behind(byte[] expected, int from, int position) {
        int length = expected.length - from;
        int end = position + length;
        if (end >= _inputEnd) {
            return NOWHERE;
        }
        int at = 0;
        for (; at + Long.BYTES <= length; at += Long.BYTES) {
            if ((long) LONGS.get(_inputBuffer, position + at) != (long) LONGS.get(expected, from + at)) {
                return NOWHERE;
            }
        }
        for (; at < length; at++) {
            if (_inputBuffer[position + at] != expected[from + at]) {
                return NOWHERE;
            }
        }
        return end;
    }

    /**
     * The position of the quote that ends a text, if that is nothing but ASCII without escapes.
     *
     * @param position behind the quote that begins it
     */
    int endOfText(int position) {
        int at = position;
        for (; at + Long.BYTES <= _inputEnd; at += Long.BYTES) {
            long special = special((long) LONGS.get(_inputBuffer, at));
            if (special != 0) {
                int end = at + Long.numberOfTrailingZeros(special) / Byte.SIZE;
                return _inputBuffer[end] == '"' ? end : NOWHERE;
            }
        }
        for (; at < _inputEnd; at++) {
            byte octet = _inputBuffer[at];
            if (octet == '"') {
                return at;
            }
            if (octet < ' ' || octet == '\\') {
                return NOWHERE;
            }
        }
        return NOWHERE;
    }

    /**
     * Eight bytes at once: the lowest bit that is set is the highest bit of the first byte that is a quote, a backslash, a
     * control character, or no ASCII. Bits above that mean nothing.
     */
    private static long special(long bytes) {
        long quotes = bytes ^ ('"' * ONES);
        long backslashes = bytes ^ ('\\' * ONES);
        // what borrows from the byte above it is what was looked for itself
        long found = ((quotes - ONES) & ~quotes) | ((backslashes - ONES) & ~backslashes) | (bytes - ' ' * ONES) | bytes;
        return found & HIGH_BITS;
    }

    /**
     * The position behind the digits of a whole number, if it is short, and the field ends with it; then the parser has
     * the number.
     *
     * @param position of its first digit
     */
    int endOfNumber(int position) {
        long number = 0;
        int at = position;
        for (; at < _inputEnd; at++) {
            int digit = _inputBuffer[at] - '0';
            if (digit < 0 || digit > 9) {
                break;
            }
            number = number * 10 + digit;
        }
        int digits = at - position;
        if (digits == 0 || digits > MOST_DIGITS || (digits > 1 && _inputBuffer[position] == '0') || !endsField(at)) {
            return NOWHERE;
        }
        lastNumber = number;
        return at;
    }

    /** The number that was read ahead last. */
    long number() {
        return lastNumber;
    }

    /** Whether a field ends in front of a position, with nothing between. */
    boolean endsField(int position) {
        return position < _inputEnd && (_inputBuffer[position] == ',' || _inputBuffer[position] == '}');
    }
}
