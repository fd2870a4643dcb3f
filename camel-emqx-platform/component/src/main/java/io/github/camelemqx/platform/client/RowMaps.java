/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.client;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes a map of each row, with the broker's names and values: what Jackson would make of it, in half the time. Rows within
 * a row are read like that too, as generation 4 has all its rows within an envelope. Not for many threads.
 */
final class RowMaps {

    /** Of which a map is full when it grows. */
    private static final float FULL = 0.75f;

    private final RowScan<Map<String, Object>> scan;
    private int fieldsBefore;

    RowMaps() {
        // one for whatever is within a row: what is learnt has an end
        this(new RowMaps(null));
    }

    /** @param within reads what is within a row; null for the innermost */
    private RowMaps(RowMaps within) {
        this.scan = new RowScan<>(name -> new NamedField(name, within));
    }

    /** Puts its values under its name. */
    private record NamedField(String name, RowMaps within) implements RowScan.Field<Map<String, Object>> {

        @Override
        public Object read(JsonParser parser) throws IOException {
            return within == null ? JsonValues.at(parser) : within.value(parser);
        }

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
     * The value at which a parser is, as {@link JsonValues#at} reads it: a row, several of them, or no row at all.
     *
     * @param parser at the first token of the value; left at the last
     * @return null for JSON's null
     */
    Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> row(parser);
            case START_ARRAY -> {
                List<Object> values = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    values.add(value(parser));
                }
                yield values;
            }
            default -> JsonValues.at(parser);
        };
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
