/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.client;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * RFC 3986: a value becomes exactly one path segment, or one value of a query. Half a character is refused: it would become a
 * question mark, and with that another value.
 */
final class PercentEncoding {

    private static final String UNRESERVED = "-._~";
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private PercentEncoding() {}

    /**
     * A value as one path segment.
     *
     * @param kept what stays as it is. {@code @} always does: generation 4 does not know a node whose name has it encoded
     *     (recording v4 22); nor a listener whose id has its colons encoded (recordings v4 334 to 336 send them plain)
     * @throws IllegalArgumentException for what no segment can carry: nothing at all, the dots that proxies resolve as a
     *     step to another resource, and what is no text
     */
    static String segment(String value, String kept) {
        if (value.isEmpty() || value.equals(".") || value.equals("..")) {
            throw new IllegalArgumentException("must not be empty, '.' or '..'");
        }
        return encode(value, kept);
    }

    /**
     * A value in a query.
     *
     * @throws IllegalArgumentException for what is no text
     */
    static String query(String value) {
        return encode(value, "");
    }

    private static String encode(String value, String kept) {
        if (isPlain(value)) {
            return value;
        }
        StringBuilder encoded = new StringBuilder(value.length() + 16);
        ByteBuffer octets = octets(value);
        while (octets.hasRemaining()) {
            byte octet = octets.get();
            char c = (char) (octet & 0xff);
            if (isPlain(c) || kept.indexOf(c) >= 0) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HEX[c >> 4]).append(HEX[c & 15]);
            }
        }
        return encoded.toString();
    }

    private static boolean isPlain(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (!isPlain(value.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPlain(char c) {
        return c < 128 && (Character.isLetterOrDigit(c) || UNRESERVED.indexOf(c) >= 0);
    }

    private static ByteBuffer octets(String value) {
        try {
            return StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(value));
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("must not have half a character (a surrogate by itself)", e);
        }
    }
}
