/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.client;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelemqx.platform.exception.EmqxPlatformException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/**
 * Reads a page of either generation as it streams in; no more than a row of it is in memory at a time. Rows are handed
 * out before generation 4's code is known, which comes last (recording v4 43): they count only when the whole page has
 * been read.
 */
final class PageReader {

    /**
     * The page but for its rows.
     *
     * @param isObject false for a bare array of rows
     * @param hasData whether there was a list of rows
     * @param code generation 4's result code, null when the answer has none
     * @param message what goes with the code, null when the answer has none
     * @param cursor where the next page begins, null when the answer does not say
     */
    record Page(
            boolean isObject, boolean hasData, PageMeta meta, Object code, String message, String cursor, int rows) {}

    /** What is no listing at all. */
    private static final Page NO_PAGE = new Page(false, false, PageMeta.NONE, null, null, null, 0);

    private final ObjectMapper json;

    PageReader(ObjectMapper json) {
        this.json = json;
    }

    /**
     * Reads to the end of the body.
     *
     * @param rowsField the field that holds the rows
     */
    Page read(InputStream body, String rowsField, RowReader rows) throws IOException, EmqxPlatformException {
        try (JsonParser parser = json.createParser(body)) {
            JsonToken first = parser.nextToken();
            Page page = NO_PAGE;
            if (first == JsonToken.START_ARRAY) {
                page = new Page(false, true, PageMeta.NONE, null, null, null, rows(parser, rows));
            } else if (first == JsonToken.START_OBJECT) {
                page = object(parser, rowsField, rows);
            }
            return parser.nextToken() == null ? page : NO_PAGE;
        }
    }

    private Page object(JsonParser parser, String rowsField, RowReader rows) throws IOException, EmqxPlatformException {
        boolean hasData = false;
        int count = 0;
        PageMeta meta = PageMeta.NONE;
        Object code = null;
        String message = null;
        String cursor = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            JsonToken value = parser.nextToken();
            if (field.equals(rowsField)) {
                if (hasData) {
                    // those that came first have been given out, and nobody knows which are meant
                    throw new JsonParseException(parser, "the rows of the listing come twice");
                }
                hasData = value == JsonToken.START_ARRAY;
                if (hasData) {
                    count = rows(parser, rows);
                } else {
                    parser.skipChildren();
                }
                continue;
            }
            switch (field) {
                case "meta" -> {
                    Object fields = JsonValues.at(parser);
                    meta = PageMeta.of(fields);
                    cursor = cursor(fields);
                }
                case "code" -> code = JsonValues.at(parser);
                case "message" -> message = String.valueOf(JsonValues.at(parser));
                default -> parser.skipChildren();
            }
        }
        return new Page(true, hasData, meta, code, message, cursor, count);
    }

    /** Whatever it is made of: only the broker that gave it can read it. */
    private static String cursor(Object meta) {
        Object cursor = meta instanceof Map<?, ?> fields ? fields.get("cursor") : null;
        return cursor == null || cursor.toString().isEmpty() ? null : cursor.toString();
    }

    private static int rows(JsonParser parser, RowReader rows) throws IOException, EmqxPlatformException {
        int count = 0;
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            rows.row(parser);
            count++;
        }
        if (parser.currentToken() != JsonToken.END_ARRAY) {
            throw new JsonParseException(parser, "a row of the listing is not an object");
        }
        return count;
    }
}
