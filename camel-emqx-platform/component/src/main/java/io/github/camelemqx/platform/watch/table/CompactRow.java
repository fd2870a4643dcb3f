/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.watch.table;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A row as a map that cannot be changed, in the bytes of a table: what waits for its delivery takes little memory. */
final class CompactRow extends AbstractMap<String, Object> {

    private final RowLayout layout;
    private final Words words;
    private final byte[] bytes;

    CompactRow(RowLayout layout, Words words, byte[] bytes) {
        this.layout = layout;
        this.words = words;
        this.bytes = bytes;
    }

    /** Whether the bytes say the same to the table that has these words: each has its own. */
    boolean isOf(Words table) {
        return words == table;
    }

    /** Nobody changes them. */
    byte[] bytes() {
        return bytes;
    }

    @Override
    public Object get(Object field) {
        return at(field).value(words);
    }

    @Override
    public boolean containsKey(Object field) {
        return at(field).form() != Form.ABSENT;
    }

    private RowCursor at(Object field) {
        int index = layout.fields().indexOf(field);
        RowCursor cursor = new RowCursor(bytes, index < 0 ? bytes.length : 0, bytes.length);
        for (int i = 0; i < index; i++) {
            cursor.skip();
        }
        return cursor;
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
        return new Entries();
    }

    private final class Entries extends AbstractSet<Map.Entry<String, Object>> {

        private final List<Map.Entry<String, Object>> entries =
                new ArrayList<>(layout.fields().size());

        private Entries() {
            RowCursor cursor = new RowCursor(bytes, 0, bytes.length);
            for (String field : layout.fields()) {
                if (cursor.form() == Form.ABSENT) {
                    cursor.skip();
                } else {
                    entries.add(new SimpleImmutableEntry<>(field, cursor.value(words)));
                }
            }
        }

        @Override
        public Iterator<Map.Entry<String, Object>> iterator() {
            return List.copyOf(entries).iterator();
        }

        @Override
        public int size() {
            return entries.size();
        }
    }
}
