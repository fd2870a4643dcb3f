/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.watch.table;

import java.time.Instant;
import java.util.Arrays;

/** Reads the values of a row one after the other. */
final class RowCursor {

    private final byte[] bytes;
    private final int end;
    private int at;

    RowCursor(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.at = start;
        this.end = end;
    }

    /** What the next value is, without reading it; absent behind the end. */
    int form() {
        return at < end ? bytes[at] & 0xFF : Form.ABSENT;
    }

    int position() {
        return at;
    }

    void skip() {
        int form = form();
        at++;
        switch (form) {
            case Form.ABSENT, Form.NULL, Form.TRUE, Form.FALSE -> {}
            case Form.NUMBER, Form.TIME, Form.WORD -> varint();
            case Form.DECIMAL -> at += 8;
            case Form.JSON, Form.LONG_TEXT -> {
                int length = (int) varint();
                at += length;
            }
            default -> at += form - Form.TEXT;
        }
    }

    /** The next value, null for one that is absent too. */
    Object value(Words words) {
        int form = form();
        at++;
        return switch (form) {
            case Form.ABSENT, Form.NULL -> null;
            case Form.TRUE -> true;
            case Form.FALSE -> false;
            case Form.NUMBER -> number(signed());
            case Form.TIME -> Instant.ofEpochMilli(signed()).toString();
            case Form.WORD -> words.get((int) varint());
            case Form.DECIMAL -> decimal();
            case Form.JSON -> {
                int length = (int) varint();
                at += length;
                yield Form.ofJson(Arrays.copyOfRange(bytes, at - length, at));
            }
            case Form.LONG_TEXT -> text((int) varint());
            default -> text(form - Form.TEXT);
        };
    }

    /** Of the type that a number of this size in JSON has. */
    private static Object number(long number) {
        if (number == (int) number) {
            return (int) number;
        }
        return number;
    }

    private double decimal() {
        long bits = 0;
        for (int i = 0; i < 8; i++) {
            bits = (bits << 8) | (bytes[at++] & 0xFF);
        }
        return Double.longBitsToDouble(bits);
    }

    private String text(int size) {
        at += size;
        return Form.ofText(bytes, at - size, size);
    }

    private long signed() {
        long value = varint();
        return (value >>> 1) ^ -(value & 1);
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = bytes[at++];
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }
}
