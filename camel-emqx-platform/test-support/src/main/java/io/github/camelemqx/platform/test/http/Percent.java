/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Percent-decoding as the brokers do it: bytes that are no UTF-8 are taken (recording v4 453), bad escapes are not (v4 455). */
final class Percent {

    private Percent() {}

    /**
     * Decodes a part of a path or of a query.
     *
     * @throws BadEscape for an escape such as {@code %zz}
     */
    static String decode(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) != '%') {
                bytes.writeBytes(text.substring(i, i + 1).getBytes(StandardCharsets.UTF_8));
            } else if (i + 2 < text.length()) {
                bytes.write(hex(text.charAt(++i)) << 4 | hex(text.charAt(++i)));
            } else {
                throw new BadEscape("Cut-off escape in " + text);
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static int hex(char digit) {
        int value = Character.digit(digit, 16);
        if (value < 0) {
            throw new BadEscape("No hexadecimal digit: " + digit);
        }
        return value;
    }
}
