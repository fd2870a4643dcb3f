/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.watch.table;

import java.util.Arrays;

/**
 * Texts that come again and again, each with a number. One thread adds, any may read: what a number means never changes.
 */
final class Words {

    /** More than that are no names of nodes, but something that grows. */
    private static final int MOST = 1024;

    private volatile String[] words = new String[0];
    private int last;

    String get(int number) {
        return words[number];
    }

    /** The number of a text, a new one if need be; negative when there are too many. */
    int number(char[] chars, int offset, int length) {
        String[] known = words;
        if (last < known.length && is(known[last], chars, offset, length)) {
            return last;
        }
        for (int i = 0; i < known.length; i++) {
            if (is(known[i], chars, offset, length)) {
                last = i;
                return i;
            }
        }
        if (known.length == MOST) {
            return -1;
        }
        String[] more = Arrays.copyOf(known, known.length + 1);
        more[known.length] = new String(chars, offset, length);
        words = more;
        last = known.length;
        return last;
    }

    private static boolean is(String word, char[] chars, int offset, int length) {
        if (word.length() != length) {
            return false;
        }
        // the ends of names differ sooner than their beginnings
        for (int i = length - 1; i >= 0; i--) {
            if (word.charAt(i) != chars[offset + i]) {
                return false;
            }
        }
        return true;
    }
}
