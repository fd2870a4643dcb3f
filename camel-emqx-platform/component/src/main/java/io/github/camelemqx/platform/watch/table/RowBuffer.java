/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.watch.table;

import io.github.camelemqx.platform.client.FieldSink;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/**
 * One row on its way into a table: takes its fields in any order and brings them into the order of the layout. It is used
 * again for the next row. Not for many threads.
 */
public final class RowBuffer implements FieldSink {

    /** What happens with a complete row. */
    public interface Reader {
        /** The row is in the buffer until this returns. */
        void row(RowBuffer row);
    }

    private final RowLayout layout;
    private final Words words;
    private final Reader reader;
    private final boolean[] isWord;
    private final int[] starts;
    private final int[] ends;
    private byte[] values = new byte[256];
    private int filled;
    /** Whether fields have come in the order of the layout until now: then what is filled is the row already. */
    private boolean inOrder = true;

    private int nextInOrder;
    private byte[] row = new byte[256];
    private int length;
    private int keyLength;

    RowBuffer(RowLayout layout, Words words, Reader reader) {
        this.layout = layout;
        this.words = words;
        this.reader = reader;
        int fields = layout.fields().size();
        this.starts = new int[fields];
        this.ends = new int[fields];
        this.isWord = new boolean[fields];
        for (int i = 0; i < fields; i++) {
            isWord[i] = layout.words().contains(layout.fields().get(i));
        }
    }

    /** Takes a row from a map; what the layout does not have is left out. */
    public RowBuffer of(Map<String, Object> fields) {
        if (fields instanceof CompactRow compact && compact.isOf(words)) {
            copy(compact.bytes());
        } else {
            take(fields, starts.length);
        }
        return this;
    }

    /** Takes only what identifies a row from a map. */
    RowBuffer ofKey(Map<String, Object> fields) {
        take(fields, layout.keys());
        return this;
    }

    private void copy(byte[] bytes) {
        if (row.length < bytes.length) {
            row = new byte[2 * bytes.length];
        }
        System.arraycopy(bytes, 0, row, 0, bytes.length);
        length = bytes.length;
        RowCursor cursor = new RowCursor(bytes, 0, bytes.length);
        for (int i = 0; i < layout.keys(); i++) {
            cursor.skip();
        }
        keyLength = cursor.position();
    }

    private void take(Map<String, Object> fields, int count) {
        for (int i = 0; i < count; i++) {
            String field = layout.fields().get(i);
            Object value = fields.get(field);
            if (value != null || fields.containsKey(field)) {
                value(i, value);
            }
        }
        assemble();
    }

    /** The row as a map that does not change with the buffer. */
    public Map<String, Object> toMap() {
        return new CompactRow(layout, words, Arrays.copyOf(row, length));
    }

    @Override
    public void end() {
        assemble();
        reader.row(this);
    }

    /** Whether any field of the key is there, and says something. */
    public boolean hasKey() {
        for (int i = 0; i < layout.keys(); i++) {
            // until there is one, each field is a single byte
            if (row[i] != Form.ABSENT && row[i] != Form.NULL) {
                return true;
            }
        }
        return false;
    }

    byte[] bytes() {
        return row;
    }

    int length() {
        return length;
    }

    int keyLength() {
        return keyLength;
    }

    private void assemble() {
        int key = ends[layout.keys() - 1];
        if (inOrder && key > 0) {
            byte[] whole = values;
            values = row;
            row = whole;
            length = filled;
            keyLength = key;
        } else {
            bringIntoOrder();
        }
        Arrays.fill(starts, 0);
        Arrays.fill(ends, 0);
        filled = 0;
        inOrder = true;
        nextInOrder = 0;
    }

    private void bringIntoOrder() {
        if (row.length < filled + starts.length) {
            row = new byte[2 * (filled + starts.length)];
        }
        int end = 0;
        int lastField = 0;
        for (int i = 0; i < starts.length; i++) {
            int size = ends[i] - starts[i];
            if (size == 0) {
                row[end++] = Form.ABSENT;
            } else {
                System.arraycopy(values, starts[i], row, end, size);
                end += size;
                lastField = end;
            }
            if (i == layout.keys() - 1) {
                keyLength = end;
                lastField = end;
            }
        }
        // absent fields at the end go without saying
        length = lastField;
    }

    @Override
    public void text(int field, byte[] ascii, int offset, int length) {
        boolean likeATime = length >= 20 && length <= 24 && ascii[offset + length - 1] == 'Z';
        if (likeATime) {
            Long millis = Form.millis(new String(ascii, offset, length, StandardCharsets.US_ASCII));
            if (millis != null) {
                time(field, millis);
                return;
            }
        }
        encoded(field, ascii, offset, length);
    }

    /** A text that is no time, as a row has it. */
    private void encoded(int field, byte[] text, int offset, int length) {
        begin(field, length + 6);
        int word = isWord[field] ? words.number(text, offset, length) : -1;
        if (word >= 0) {
            values[filled++] = Form.WORD;
            varint(word);
        } else {
            if (length <= Form.LONGEST_SHORT_TEXT) {
                values[filled++] = (byte) (Form.TEXT + length);
            } else {
                values[filled++] = (byte) Form.LONG_TEXT;
                varint(length);
            }
            System.arraycopy(text, offset, values, filled, length);
            filled += length;
        }
        ends[field] = filled;
    }

    @Override
    public void number(int field, long value) {
        signed(field, Form.NUMBER, value);
    }

    @Override
    public void time(int field, long millis) {
        signed(field, Form.TIME, millis);
    }

    private void signed(int field, int form, long value) {
        begin(field, 11);
        values[filled++] = (byte) form;
        varint((value << 1) ^ (value >> 63));
        ends[field] = filled;
    }

    @Override
    public void value(int field, Object value) {
        if (value instanceof String text) {
            Long millis = Form.millis(text);
            if (millis != null) {
                time(field, millis);
            } else {
                byte[] encoded = Form.text(text);
                encoded(field, encoded, 0, encoded.length);
            }
        } else if (value == null) {
            single(field, Form.NULL);
        } else if (value instanceof Boolean flag) {
            single(field, flag ? Form.TRUE : Form.FALSE);
        } else if (value instanceof Integer || value instanceof Long) {
            number(field, ((Number) value).longValue());
        } else if (value instanceof Double decimal) {
            begin(field, 9);
            values[filled++] = Form.DECIMAL;
            long bits = Double.doubleToLongBits(decimal);
            for (int shift = 56; shift >= 0; shift -= 8) {
                values[filled++] = (byte) (bits >> shift);
            }
            ends[field] = filled;
        } else {
            byte[] json = Form.json(value);
            begin(field, json.length + 6);
            values[filled++] = Form.JSON;
            varint(json.length);
            System.arraycopy(json, 0, values, filled, json.length);
            filled += json.length;
            ends[field] = filled;
        }
    }

    private void single(int field, int form) {
        begin(field, 1);
        values[filled++] = (byte) form;
        ends[field] = filled;
    }

    private void begin(int field, int most) {
        int needed = filled + starts.length + most;
        if (values.length < needed) {
            values = Arrays.copyOf(values, 2 * needed);
        }
        if (inOrder) {
            inOrder = nextInOrder <= field;
            for (; nextInOrder < field; nextInOrder++) {
                values[filled++] = Form.ABSENT;
            }
            nextInOrder = field + 1;
        }
        starts[field] = filled;
    }

    private void varint(long value) {
        byte[] into = values;
        int at = filled;
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            into[at++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        into[at++] = (byte) rest;
        filled = at;
    }
}
