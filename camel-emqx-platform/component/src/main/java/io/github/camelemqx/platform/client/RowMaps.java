/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.client;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Makes a map of each row of a listing, with the broker's names and values: what Jackson would make of it, in half the time.
 * Not for many threads.
 */
final class RowMaps {

    /** Of which a map is full when it grows. */
    private static final float FULL = 0.75f;

    private final RowScan<Map<String, Object>> scan = new RowScan<>(NamedField::new);
    private int fieldsBefore;

    /** Puts its values under its name. */
    private record NamedField(String name) implements RowScan.Field<Map<String, Object>> {

        @Override
        public void text(byte[] ascii, int offset, int length, Map<String, Object> into) {
            into.put(name, new String(ascii, offset, length, StandardCharsets.ISO_8859_1));
        }

        @Override
        public void number(long number, Map<String, Object> into) {
            if (number == (int) number) {
                into.put(name, (int) number);
            } else {
                into.put(name, number);
            }
        }

        @Override
        public void value(Object value, Map<String, Object> into) {
            into.put(name, value);
        }
    }

    /**
     * Reads one row.
     *
     * @param parser at its beginning; left at its end
     */
    Map<String, Object> row(JsonParser parser) throws IOException {
        // with room for as many fields as the row before had
        Map<String, Object> row = new LinkedHashMap<>((int) (fieldsBefore / FULL) + 1);
        scan.row(parser, row);
        fieldsBefore = row.size();
        return row;
    }
}
