/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.client;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.camelemqx.platform.catalog.Codec;
import io.github.camelemqx.platform.catalog.Generation;
import io.github.camelemqx.platform.catalog.Operation;
import io.github.camelemqx.platform.catalog.Route;
import io.github.camelemqx.platform.catalog.RowVocabulary;
import io.github.camelemqx.platform.catalog.RowVocabulary.FieldRule;
import io.github.camelemqx.platform.catalog.TimeReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Picks wanted fields out of the rows of a listing as they stream in, in the words of the vocabulary: the same values that
 * {@link RowVocabulary#decode} gives, without a map of each row. Not for many threads.
 */
final class FieldScan {

    /** More different names than that are no fields of rows, but something that grows. */
    private static final int MOST_NAMES = 512;

    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    private final Map<String, WantedField> wanted;
    private final Map<String, Name> names = new HashMap<>();
    private final Name beginning = new Name("", null);
    /** For texts that come as characters; longer ones are none that come in every row. */
    private final byte[] ascii = new byte[1 << 10];

    /**
     * A name of the broker. A broker writes its rows alike: what followed a name in the row before mostly follows it
     * again, and to see that a name is the expected one takes less than to read it.
     */
    private static final class Name {

        /** How a field of this name begins behind another; null for a name that is not plain ASCII. */
        private final byte[] lead;
        /** Null for a field that is not wanted. */
        private final WantedField field;

        private Name next;

        private Name(String text, WantedField field) {
            this.lead = lead(text);
            this.field = field;
        }

        private static byte[] lead(String text) {
            byte[] lead = new byte[text.length() + 4];
            lead[0] = ',';
            lead[1] = '"';
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c < ' ' || c >= 0x7F || c == '"' || c == '\\') {
                    return null;
                }
                lead[i + 2] = (byte) c;
            }
            lead[text.length() + 2] = '"';
            lead[text.length() + 3] = ':';
            return lead;
        }
    }

    private FieldScan(Map<String, WantedField> wanted) {
        this.wanted = wanted;
    }

    /**
     * A scan of the rows of an operation.
     *
     * @return null where a field can only be told from the whole row
     */
    static FieldScan of(Generation generation, Operation operation, Route route, List<String> fields, ZoneId zone) {
        Route.Answer form = route.answer();
        Optional<Map<String, FieldRule>> rules = operation.row() == null
                ? Optional.of(Map.of())
                : operation.row().rules(generation);
        boolean nested = fields.stream().anyMatch(field -> field.contains("."));
        if (rules.isEmpty() || nested || form.expand() != null || !form.with().isEmpty()) {
            return null;
        }
        TimeReader times = new TimeReader(zone);
        Map<String, WantedField> wanted = new HashMap<>();
        for (int i = 0; i < fields.size(); i++) {
            wanted.put(fields.get(i), new WantedField(i, Codec.AS_IS, zone, times));
        }
        rules.get().forEach((field, rule) -> {
            int index = fields.indexOf(rule.name());
            if (index < 0) {
                // the vocabulary's name means something else here
                wanted.remove(field);
            } else {
                wanted.put(field, new WantedField(index, rule.codec(), zone, times));
            }
        });
        return new FieldScan(wanted);
    }

    /** The wanted fields of a row that is in memory. */
    static void ofRow(Map<String, Object> row, List<String> fields, FieldSink sink) {
        for (int i = 0; i < fields.size(); i++) {
            String field = fields.get(i);
            int dot = field.indexOf('.');
            if (row.containsKey(field)) {
                sink.value(i, row.get(field));
            } else if (dot > 0
                    && row.get(field.substring(0, dot)) instanceof Map<?, ?> object
                    && object.get(field.substring(dot + 1)) != null) {
                sink.value(i, object.get(field.substring(dot + 1)));
            }
        }
        sink.end();
    }

    /**
     * Reads one row.
     *
     * @param parser at its beginning; left at its end
     */
    void row(JsonParser parser, FieldSink sink) throws IOException {
        Name name = beginning;
        do {
            if (parser instanceof ReadAheadParser input) {
                name = ahead(input, name, sink);
            }
            name = next(parser, name);
            if (name != null) {
                field(parser, parser.nextToken(), name.field, sink);
            }
        } while (name != null);
        sink.end();
    }

    /**
     * Reads fields ahead of the parser while they are the expected ones.
     *
     * @return the name of the last that was read
     */
    private Name ahead(ReadAheadParser input, Name before, FieldSink sink) {
        int position = input.position();
        Name last = before;
        while (position != ReadAheadParser.NOWHERE && last.next != null) {
            int value = input.behind(last.next.lead, last == beginning ? 1 : 0, position);
            int end = value == ReadAheadParser.NOWHERE ? value : value(input, value, last.next.field, sink);
            if (end == ReadAheadParser.NOWHERE) {
                break;
            }
            position = end;
            last = last.next;
        }
        if (last != before) {
            input.goTo(position);
        }
        return last;
    }

    /** Reads a value ahead; the position behind it, or nowhere when it is for the parser to read. */
    private static int value(ReadAheadParser input, int position, WantedField field, FieldSink sink) {
        return switch (input.buffer()[position]) {
            case '"' -> {
                int end = input.endOfText(position + 1);
                if (end == ReadAheadParser.NOWHERE) {
                    yield end;
                }
                if (field != null) {
                    field.text(input.buffer(), position + 1, end - position - 1, sink);
                }
                yield end + 1;
            }
            case '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> {
                int end = input.endOfNumber(position);
                if (end != ReadAheadParser.NOWHERE && field != null) {
                    field.number(input.number(), sink);
                }
                yield end;
            }
            case 't' -> word(input, position, TRUE, true, field, sink);
            case 'f' -> word(input, position, FALSE, false, field, sink);
            case 'n' -> word(input, position, NULL, null, field, sink);
            default -> ReadAheadParser.NOWHERE;
        };
    }

    private static int word(
            ReadAheadParser input, int position, byte[] word, Object value, WantedField field, FieldSink sink) {
        int end = input.behind(word, 0, position);
        if (end == ReadAheadParser.NOWHERE || !input.endsField(end)) {
            return ReadAheadParser.NOWHERE;
        }
        if (field != null) {
            field.value(value, sink);
        }
        return end;
    }

    /** The name behind another; null at the end of the row. */
    private Name next(JsonParser parser, Name before) throws IOException {
        String text = parser.nextFieldName();
        if (text == null) {
            return null;
        }
        Name name = names.get(text);
        if (name == null) {
            name = new Name(text, wanted.get(text));
            if (names.size() < MOST_NAMES) {
                names.put(text, name);
            }
        }
        before.next = name.lead == null ? null : name;
        return name;
    }

    private void field(JsonParser parser, JsonToken token, WantedField field, FieldSink sink) throws IOException {
        if (field == null) {
            parser.skipChildren();
            return;
        }
        switch (token) {
            case VALUE_STRING -> text(parser, field, sink);
            case VALUE_NUMBER_INT -> {
                if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
                    field.value(BoundedNumbers.at(parser), sink);
                } else {
                    field.number(parser.getLongValue(), sink);
                }
            }
            case START_OBJECT, START_ARRAY -> field.value(structure(parser), sink);
            default -> field.value(scalar(parser, token), sink);
        }
    }

    private void text(JsonParser parser, WantedField field, FieldSink sink) throws IOException {
        int length = parser.getTextLength();
        if (length <= ascii.length && isAscii(parser.getTextCharacters(), parser.getTextOffset(), length)) {
            field.text(ascii, 0, length, sink);
        } else {
            field.value(parser.getText(), sink);
        }
    }

    /** Whether a text is ASCII, as which it is copied then. */
    private boolean isAscii(char[] chars, int offset, int length) {
        int all = 0;
        for (int i = 0; i < length; i++) {
            char c = chars[offset + i];
            all |= c;
            ascii[i] = (byte) c;
        }
        return all < 0x80;
    }

    private static Object scalar(JsonParser parser, JsonToken token) throws IOException {
        return switch (token) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> BoundedNumbers.at(parser);
            case VALUE_STRING -> parser.getText();
            default -> null;
        };
    }

    /** An object or an array; how deep it may go, the parser bounds. */
    private static Object structure(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.START_ARRAY) {
            List<Object> list = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                list.add(element(parser));
            }
            return list;
        }
        Map<String, Object> object = new LinkedHashMap<>();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            object.put(name, element(parser));
        }
        return object;
    }

    private static Object element(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        return token.isStructStart() ? structure(parser) : scalar(parser, token);
    }
}
