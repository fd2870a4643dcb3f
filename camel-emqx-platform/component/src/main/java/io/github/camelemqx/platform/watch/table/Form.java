/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.watch.table;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;

/**
 * How values are written in a row: a first byte that says what follows, or all there is to say. Each value has one form
 * only, so that equal rows are equal bytes.
 */
final class Form {

    static final int ABSENT = 0;
    static final int NULL = 1;
    static final int TRUE = 2;
    static final int FALSE = 3;
    /** A whole number follows. */
    static final int NUMBER = 4;
    /** The eight bytes of a double follow. */
    static final int DECIMAL = 5;
    /** Milliseconds since 1970 follow; it is the text of that instant. */
    static final int TIME = 6;
    /** The number of a word follows. */
    static final int WORD = 7;
    /** The length and the text of anything else in JSON follow. */
    static final int JSON = 8;
    /** A text; the length, if it is short, is added. */
    static final int TEXT = 16;
    /** A text; its length follows. */
    static final int LONG_TEXT = 255;
    /** In bytes. */
    static final int LONGEST_SHORT_TEXT = LONG_TEXT - TEXT - 1;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private Form() {}

    /** The milliseconds of a text that is exactly how an instant of whole milliseconds is written; null for others. */
    static Long millis(String text) {
        boolean possible = text.length() >= 20
                && text.length() <= 24
                && text.charAt(text.length() - 1) == 'Z'
                && text.charAt(10) == 'T';
        if (!possible) {
            return null;
        }
        try {
            long millis = Instant.parse(text).toEpochMilli();
            return Instant.ofEpochMilli(millis).toString().equals(text) ? millis : null;
        } catch (DateTimeException notATime) {
            return null;
        }
    }

    /** A text in three bytes at most for each character: what is half of a pair by itself is kept too. */
    static byte[] text(String text) {
        byte[] bytes = new byte[3 * text.length()];
        int size = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                bytes[size++] = (byte) c;
            } else if (c < 0x800) {
                bytes[size++] = (byte) (0xC0 | (c >> 6));
                bytes[size++] = (byte) (0x80 | (c & 0x3F));
            } else {
                bytes[size++] = (byte) (0xE0 | (c >> 12));
                bytes[size++] = (byte) (0x80 | ((c >> 6) & 0x3F));
                bytes[size++] = (byte) (0x80 | (c & 0x3F));
            }
        }
        return Arrays.copyOf(bytes, size);
    }

    /** The text that was written so. */
    static String ofText(byte[] bytes, int start, int size) {
        char[] chars = new char[size];
        int count = 0;
        int at = start;
        while (at < start + size) {
            int first = bytes[at++];
            if (first >= 0) {
                chars[count++] = (char) first;
            } else if ((first & 0xE0) == 0xC0) {
                chars[count++] = (char) (((first & 0x1F) << 6) | (bytes[at++] & 0x3F));
            } else {
                chars[count++] = (char) (((first & 0x0F) << 12) | ((bytes[at++] & 0x3F) << 6) | (bytes[at++] & 0x3F));
            }
        }
        return new String(chars, 0, count);
    }

    static byte[] json(Object value) {
        try {
            return MAPPER.writeValueAsString(value).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Not a value of JSON: " + value.getClass(), e);
        }
    }

    static Object ofJson(byte[] json) {
        try {
            return MAPPER.readValue(new String(json, StandardCharsets.UTF_8), Object.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A row was written that cannot be read", e);
        }
    }
}
