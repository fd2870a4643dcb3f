/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.watch.table;

import java.util.Arrays;

/**
 * Records one after the other in pieces of memory: a mark, the length, the bytes of a row. A record has a position that
 * stays until all are moved together; one that is dead keeps its place until then.
 */
final class Arena {

    /** What a record is marked with that is no more. */
    static final int DEAD = 0;

    private static final int PIECE_BITS = 18;
    private static final int PIECE = 1 << PIECE_BITS;
    private static final int FIRST_PIECE = 1 << 10;
    private static final int MOST_PIECES = (1 << (31 - PIECE_BITS)) - 1;

    private byte[][] pieces = new byte[16][];
    private int[] used = new int[16];
    private int count;
    private long live;
    private long dead;

    long live() {
        return live;
    }

    long dead() {
        return dead;
    }

    /** Adds a record; returns its position. */
    int add(int mark, byte[] from, int start, int length) {
        int size = 1 + lengthOfLength(length) + length;
        int piece = room(size);
        byte[] bytes = pieces[piece];
        int offset = used[piece];
        int at = offset;
        bytes[at++] = (byte) mark;
        int rest = length;
        while (rest > 0x7F) {
            bytes[at++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[at++] = (byte) rest;
        System.arraycopy(from, start, bytes, at, length);
        used[piece] = offset + size;
        live += size;
        return (piece << PIECE_BITS) | offset;
    }

    private static int lengthOfLength(int length) {
        return length < 1 << 7 ? 1 : length < 1 << 14 ? 2 : length < 1 << 21 ? 3 : length < 1 << 28 ? 4 : 5;
    }

    /** The piece that has room for so many bytes. */
    private int room(int size) {
        int last = count - 1;
        if (count > 0 && used[last] + size <= PIECE) {
            int needed = used[last] + size;
            if (needed > pieces[last].length) {
                // the last piece grows as it is filled, by little: in a small table it is most of what there is
                int grown = pieces[last].length + pieces[last].length / 8;
                pieces[last] = Arrays.copyOf(pieces[last], Math.min(PIECE, Math.max(needed, grown)));
            }
            return last;
        }
        if (count == MOST_PIECES) {
            throw new IllegalStateException(
                    "A watch of more than two gigabytes of rows: split it, by node or by filters");
        }
        if (count == pieces.length) {
            pieces = Arrays.copyOf(pieces, 2 * count);
            used = Arrays.copyOf(used, 2 * count);
        }
        // a record that is larger than a piece has one to itself
        pieces[count] = new byte[Math.max(size, FIRST_PIECE)];
        used[count] = 0;
        return count++;
    }

    byte[] bytes(int position) {
        return pieces[position >>> PIECE_BITS];
    }

    int mark(int position) {
        return bytes(position)[offset(position)] & 0xFF;
    }

    void mark(int position, int mark) {
        bytes(position)[offset(position)] = (byte) mark;
    }

    void kill(int position) {
        int size = bodyOffset(position) - offset(position) + length(position);
        live -= size;
        dead += size;
        mark(position, DEAD);
    }

    static int offset(int position) {
        return position & (PIECE - 1);
    }

    /** The length of the row. */
    int length(int position) {
        byte[] bytes = bytes(position);
        int at = offset(position) + 1;
        int length = bytes[at] & 0x7F;
        for (int shift = 7; bytes[at] < 0; shift += 7) {
            at++;
            length |= (bytes[at] & 0x7F) << shift;
        }
        return length;
    }

    /** Where in its piece the row begins. */
    int bodyOffset(int position) {
        byte[] bytes = bytes(position);
        int at = offset(position) + 1;
        while (bytes[at] < 0) {
            at++;
        }
        return at + 1;
    }

    /** The first record, dead or not; negative when there is none. */
    int first() {
        return normal(0, 0);
    }

    /** The record behind one, dead or not; negative behind the last. */
    int next(int position) {
        return normal(position >>> PIECE_BITS, bodyOffset(position) + length(position));
    }

    private int normal(int piece, int offset) {
        if (piece < count && offset < used[piece]) {
            return (piece << PIECE_BITS) | offset;
        }
        return piece + 1 < count ? (piece + 1) << PIECE_BITS : -1;
    }

    /** Lets go of a piece whose records have been taken elsewhere. */
    void release(int position) {
        pieces[position >>> PIECE_BITS] = null;
    }

    /** Whether both are in one piece. */
    static boolean together(int one, int other) {
        return one >>> PIECE_BITS == other >>> PIECE_BITS;
    }
}
