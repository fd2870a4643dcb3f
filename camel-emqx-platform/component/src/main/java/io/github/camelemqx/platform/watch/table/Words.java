/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.watch.table;

import java.util.Arrays;

/**
 * Texts that come again and again, each with a number. One thread adds, any may read: what a number means never changes.
 */
final class Words {

    /** More than that are no names of nodes, but something that grows. */
    private static final int MOST = 1024;

    private volatile Word[] words = new Word[0];
    private int last;

    /** A text, also as rows have it. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Word(String text, byte[] bytes) {

        private boolean is(byte[] encoded, int offset, int length) {
            return Arrays.equals(bytes, 0, bytes.length, encoded, offset, offset + length);
        }
    }

    String get(int number) {
        return words[number].text();
    }

    /** The number of a text as rows have it, a new one if need be; negative when there are too many. */
    int number(byte[] encoded, int offset, int length) {
        Word[] known = words;
        if (last < known.length && known[last].is(encoded, offset, length)) {
            return last;
        }
        for (int i = 0; i < known.length; i++) {
            if (known[i].is(encoded, offset, length)) {
                last = i;
                return i;
            }
        }
        if (known.length == MOST) {
            return -1;
        }
        Word[] more = Arrays.copyOf(known, known.length + 1);
        byte[] bytes = Arrays.copyOfRange(encoded, offset, offset + length);
        more[known.length] = new Word(Form.ofText(bytes, 0, length), bytes);
        words = more;
        last = known.length;
        return last;
    }
}
