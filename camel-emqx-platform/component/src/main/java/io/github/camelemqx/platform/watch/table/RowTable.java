/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.watch.table;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The rows of a watch as they were delivered last, in few bytes each, with what was seen of them at the present poll. A
 * listing mostly comes in the order of the one before, so that the next row is looked for behind the last: a poll that finds
 * no change walks through memory once, and makes nothing. Not for many threads.
 */
public final class RowTable {

    /** What the table knows of a row that is listed. */
    public enum Known {
        /** It is as it was. */
        SAME,
        /** There is another row of its key. */
        OTHER,
        /** There is no row of its key. */
        NONE
    }

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** A record's mark when it was not seen at the present poll, and at none that would be taken for it. */
    private static final int UNSEEN = 1;

    private static final int LAST_POLL = 255;
    private static final int NEVER_USED = 0;
    private static final int REMOVED = -1;
    private static final int LEAST_SLOTS = 16;
    /** Below that, moving all records together is not worth it. */
    private static final long LEAST_DEAD = 1 << 16;

    private final RowLayout layout;
    private final Words words = new Words();
    private final RowBuffer scratch;
    private final long seed = (System.identityHashCode(this) * 0x9E3779B97F4A7C15L) ^ System.nanoTime();
    private Arena arena = new Arena();
    /** Positions of records, and one more: 0 is a slot that was never used. */
    private int[] slots = new int[LEAST_SLOTS];

    private int size;
    private int usedSlots;
    private int poll = UNSEEN + 1;
    private int expected = -1;
    private int found = -1;
    private int seen;
    private boolean seenBefore;

    /** An empty table. */
    public RowTable(RowLayout layout) {
        this.layout = layout;
        this.scratch = new RowBuffer(layout, words, row -> {});
    }

    /** A buffer for rows of this table. */
    public RowBuffer buffer(RowBuffer.Reader reader) {
        return new RowBuffer(layout, words, reader);
    }

    /** How many rows there are. */
    public int size() {
        return size;
    }

    /** How many rows were seen at this poll and are still there. */
    public int seen() {
        return seen;
    }

    /** A poll begins: nothing has been seen yet. */
    public void beginPoll() {
        poll++;
        if (poll > LAST_POLL) {
            poll = UNSEEN + 1;
            // a record last seen 253 polls ago would count as seen
            for (int at = arena.first(); at >= 0; at = arena.next(at)) {
                if (arena.mark(at) != Arena.DEAD) {
                    arena.mark(at, UNSEEN);
                }
            }
        }
        expected = arena.first();
        seen = 0;
    }

    /** Notes that a row is listed; says what is known of it. */
    public Known see(RowBuffer row) {
        int next = expected;
        while (next >= 0 && arena.mark(next) == Arena.DEAD) {
            next = arena.next(next);
        }
        if (next >= 0 && isRow(next, row)) {
            return seen(next, Known.SAME);
        }
        int at = next >= 0 && isKeyOf(next, row) ? next : find(row);
        if (at < 0) {
            found = at;
            seenBefore = false;
            return Known.NONE;
        }
        return seen(at, isRow(at, row) ? Known.SAME : Known.OTHER);
    }

    private Known seen(int at, Known known) {
        found = at;
        seenBefore = arena.mark(at) == poll;
        expected = arena.next(at);
        see(at);
        return known;
    }

    private void see(int at) {
        if (arena.mark(at) != poll) {
            arena.mark(at, poll);
            seen++;
        }
    }

    /** The row that the table has of the key that was seen last; null for none. */
    public Map<String, Object> found() {
        return found < 0 ? null : row(found);
    }

    /** Whether the key that was seen last had been seen at this poll before. */
    public boolean seenBefore() {
        return seenBefore;
    }

    /** The row of the key of another; null without one. */
    public Map<String, Object> get(Map<String, Object> key) {
        int at = find(scratch.ofKey(key));
        return at < 0 ? null : row(at);
    }

    /** Whether the row of a key was seen at this poll. */
    public boolean isSeen(Map<String, Object> key) {
        return isSeen(scratch.ofKey(key));
    }

    /** Whether the row of the key in a buffer was seen at this poll. */
    public boolean isSeen(RowBuffer row) {
        int at = find(row);
        return at >= 0 && arena.mark(at) == poll;
    }

    /** Whether one of the rows that were seen at this poll is like that. */
    public boolean anySeen(Predicate<Map<String, Object>> predicate) {
        for (int at = arena.first(); at >= 0; at = arena.next(at)) {
            if (arena.mark(at) == poll && predicate.test(row(at))) {
                return true;
            }
        }
        return false;
    }

    /** Every row; the table must not change meanwhile. */
    public void forEach(Consumer<Map<String, Object>> consumer) {
        for (int at = arena.first(); at >= 0; at = arena.next(at)) {
            if (arena.mark(at) != Arena.DEAD) {
                consumer.accept(row(at));
            }
        }
    }

    /** Every row that was not seen at this poll; the table must not change meanwhile. */
    public void forEachUnseen(Consumer<Map<String, Object>> consumer) {
        if (seen < size) {
            for (int at = arena.first(); at >= 0; at = arena.next(at)) {
                int mark = arena.mark(at);
                if (mark != Arena.DEAD && mark != poll) {
                    consumer.accept(row(at));
                }
            }
        }
    }

    /** Every row, in the order of their keys, shorter texts first; the table must not change meanwhile. */
    public void forEachInOrder(Consumer<Map<String, Object>> consumer) {
        Integer[] positions = new Integer[size];
        int count = 0;
        for (int at = arena.first(); at >= 0; at = arena.next(at)) {
            if (arena.mark(at) != Arena.DEAD) {
                positions[count++] = at;
            }
        }
        // values say where they end: whole rows compare by their keys first
        Arrays.sort(positions, this::compare);
        for (Integer at : positions) {
            consumer.accept(row(at));
        }
    }

    private int compare(int one, int other) {
        int start = arena.bodyOffset(one);
        int otherStart = arena.bodyOffset(other);
        return Arrays.compareUnsigned(
                arena.bytes(one),
                start,
                start + arena.length(one),
                arena.bytes(other),
                otherStart,
                otherStart + arena.length(other));
    }

    /** Takes a row, in place of one of the same key if there is one: what was seen of that holds for this. */
    public void put(Map<String, Object> fields) {
        put(scratch.of(fields));
    }

    /** Takes the row in a buffer, as {@link #put(Map)}. */
    public void put(RowBuffer row) {
        int slot = slot(row);
        int at = slots[slot] - 1;
        if (slots[slot] != NEVER_USED) {
            if (arena.length(at) == row.length()) {
                System.arraycopy(row.bytes(), 0, arena.bytes(at), arena.bodyOffset(at), row.length());
                return;
            }
            int mark = arena.mark(at);
            arena.kill(at);
            slots[slot] = arena.add(mark, row.bytes(), 0, row.length()) + 1;
        } else {
            slots[slot] = arena.add(UNSEEN, row.bytes(), 0, row.length()) + 1;
            size++;
            usedSlots++;
        }
        tidy();
    }

    /** Takes a row and notes that it is listed. */
    public void putSeen(RowBuffer row) {
        put(row);
        see(find(row));
    }

    /** Forgets the row of a key; nothing happens without one. */
    public void remove(Map<String, Object> key) {
        int slot = slot(scratch.ofKey(key));
        if (slots[slot] != NEVER_USED) {
            int at = slots[slot] - 1;
            if (arena.mark(at) == poll) {
                seen--;
            }
            arena.kill(at);
            slots[slot] = REMOVED;
            size--;
            tidy();
        }
    }

    private void tidy() {
        if (arena.dead() > LEAST_DEAD && arena.dead() > arena.live() / 4) {
            moveTogether();
        } else if (usedSlots > slots.length / 10 * 7) {
            index();
        }
    }

    private void moveTogether() {
        Arena old = arena;
        arena = new Arena();
        for (int at = old.first(); at >= 0; ) {
            int next = old.next(at);
            if (old.mark(at) != Arena.DEAD) {
                arena.add(old.mark(at), old.bytes(at), old.bodyOffset(at), old.length(at));
            }
            if (next < 0 || !Arena.together(at, next)) {
                old.release(at);
            }
            at = next;
        }
        // wherever the listing is now: the next row is looked for by its key
        expected = -1;
        index();
    }

    private void index() {
        int capacity = LEAST_SLOTS;
        while (capacity < 2L * size) {
            capacity *= 2;
        }
        slots = new int[capacity];
        usedSlots = size;
        for (int at = arena.first(); at >= 0; at = arena.next(at)) {
            if (arena.mark(at) != Arena.DEAD) {
                byte[] bytes = arena.bytes(at);
                int start = arena.bodyOffset(at);
                int slot = first(bytes, start, keyEnd(bytes, start, start + arena.length(at)) - start);
                while (slots[slot] != NEVER_USED) {
                    slot = (slot + 1) & (slots.length - 1);
                }
                slots[slot] = at + 1;
            }
        }
    }

    private int keyEnd(byte[] bytes, int start, int end) {
        RowCursor cursor = new RowCursor(bytes, start, end);
        for (int i = 0; i < layout.keys(); i++) {
            cursor.skip();
        }
        return cursor.position();
    }

    /** The position of the record of a row's key; negative without one. */
    private int find(RowBuffer row) {
        int slot = slot(row);
        return slots[slot] == NEVER_USED ? -1 : slots[slot] - 1;
    }

    /** The slot of the record of a row's key, or the one that was never used where it would be. */
    private int slot(RowBuffer row) {
        int slot = first(row.bytes(), 0, row.keyLength());
        while (slots[slot] != NEVER_USED && (slots[slot] == REMOVED || !isKeyOf(slots[slot] - 1, row))) {
            slot = (slot + 1) & (slots.length - 1);
        }
        return slot;
    }

    private int first(byte[] bytes, int start, int length) {
        return (int) (hash(bytes, start, length) & (slots.length - 1));
    }

    private long hash(byte[] bytes, int start, int length) {
        long hash = seed + length;
        int at = start;
        int end = start + length;
        for (; at + 8 <= end; at += 8) {
            hash = mixed(hash ^ (long) LONGS.get(bytes, at));
        }
        long rest = 0;
        for (; at < end; at++) {
            rest = (rest << 8) | (bytes[at] & 0xFF);
        }
        return mixed(hash ^ rest);
    }

    private static long mixed(long hash) {
        long product = hash * 0x9E3779B97F4A7C15L;
        return product ^ (product >>> 32);
    }

    /** Values say where they end: equal beginnings are equal keys. */
    private boolean isKeyOf(int at, RowBuffer row) {
        byte[] bytes = arena.bytes(at);
        int start = arena.bodyOffset(at);
        int end = start + row.keyLength();
        return row.keyLength() <= arena.length(at) && Arrays.equals(bytes, start, end, row.bytes(), 0, row.keyLength());
    }

    private boolean isRow(int at, RowBuffer row) {
        int start = arena.bodyOffset(at);
        return arena.length(at) == row.length()
                && Arrays.equals(arena.bytes(at), start, start + row.length(), row.bytes(), 0, row.length());
    }

    private Map<String, Object> row(int at) {
        int start = arena.bodyOffset(at);
        return new CompactRow(layout, words, Arrays.copyOfRange(arena.bytes(at), start, start + arena.length(at)));
    }
}
