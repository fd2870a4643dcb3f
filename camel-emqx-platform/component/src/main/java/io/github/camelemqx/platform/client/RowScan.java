/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.client;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Reads the fields of rows as they stream in, ahead of the parser wherever that is possible. Not for many threads.
 *
 * @param <S> what takes the fields of a row
 */
final class RowScan<S> {

    /**
     * A field of the broker.
     *
     * @param <S> what takes it
     */
    interface Field<S> {

        /** The broker wrote a text that is ASCII; the bytes are good for the time of this call only. */
        void text(byte[] ascii, int offset, int length, S into);

        /** The broker wrote a whole number. */
        void number(long number, S into);

        /** The broker wrote something, perhaps null. */
        void value(Object value, S into);

        /** Reads what is neither a text nor a whole number, for {@link #value}; as {@link JsonValues#at} does. */
        default Object read(JsonParser parser) throws IOException {
            return JsonValues.at(parser);
        }
    }

    /** More different names than that are no fields of rows, but something that grows. */
    private static final int MOST_NAMES = 512;

    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    private final Function<String, Field<S>> fields;
    private final Map<String, Name<S>> names = new HashMap<>();
    private final Name<S> beginning = new Name<>("", null);
    /** For texts that come as characters; longer ones are none that come in every row. */
    private final byte[] ascii = new byte[1 << 10];

    /**
     * A name of the broker. A broker writes its rows alike: what followed a name in the row before mostly follows it
     * again, and to see that a name is the expected one takes less than to read it.
     */
    private static final class Name<S> {

        /** How a field of this name begins behind another; null for a name that is not plain ASCII. */
        private final byte[] lead;
        /** Null for a field that is not wanted. */
        private final Field<S> field;

        private Name<S> next;

        private Name(String text, Field<S> field) {
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

    /** @param fields finds the field of a name of the broker; null for one that is passed over */
    RowScan(Function<String, Field<S>> fields) {
        this.fields = fields;
    }

    /**
     * Reads one row.
     *
     * @param parser at its beginning; left at its end
     */
    void row(JsonParser parser, S into) throws IOException {
        Name<S> name = beginning;
        do {
            if (parser instanceof ReadAheadParser input) {
                name = ahead(input, name, into);
            }
            name = next(parser, name);
            if (name != null) {
                field(parser, parser.nextToken(), name.field, into);
            }
        } while (name != null);
    }

    /**
     * Reads fields ahead of the parser while they are the expected ones.
     *
     * @return the name of the last that was read
     */
    private Name<S> ahead(ReadAheadParser input, Name<S> before, S into) {
        int position = input.position();
        Name<S> last = before;
        while (position != ReadAheadParser.NOWHERE && last.next != null) {
            int value = input.behind(last.next.lead, last == beginning ? 1 : 0, position);
            int end = value == ReadAheadParser.NOWHERE ? value : value(input, value, last.next.field, into);
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
    private int value(ReadAheadParser input, int position, Field<S> field, S into) {
        return switch (input.buffer()[position]) {
            case '"' -> {
                int end = input.endOfText(position + 1);
                if (end == ReadAheadParser.NOWHERE) {
                    yield end;
                }
                if (field != null) {
                    field.text(input.buffer(), position + 1, end - position - 1, into);
                }
                yield end + 1;
            }
            case '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> {
                int end = input.endOfNumber(position);
                if (end != ReadAheadParser.NOWHERE && field != null) {
                    field.number(input.number(), into);
                }
                yield end;
            }
            case 't' -> word(input, position, TRUE, true, field, into);
            case 'f' -> word(input, position, FALSE, false, field, into);
            case 'n' -> word(input, position, NULL, null, field, into);
            default -> ReadAheadParser.NOWHERE;
        };
    }

    private int word(ReadAheadParser input, int position, byte[] word, Object value, Field<S> field, S into) {
        int end = input.behind(word, 0, position);
        if (end == ReadAheadParser.NOWHERE || !input.endsField(end)) {
            return ReadAheadParser.NOWHERE;
        }
        if (field != null) {
            field.value(value, into);
        }
        return end;
    }

    /** The name behind another; null at the end of the row. */
    private Name<S> next(JsonParser parser, Name<S> before) throws IOException {
        String text = parser.nextFieldName();
        if (text == null) {
            return null;
        }
        Name<S> name = names.get(text);
        if (name == null) {
            name = new Name<>(text, fields.apply(text));
            if (names.size() < MOST_NAMES) {
                names.put(text, name);
            }
        }
        before.next = name.lead == null ? null : name;
        return name;
    }

    private void field(JsonParser parser, JsonToken token, Field<S> field, S into) throws IOException {
        if (field == null) {
            parser.skipChildren();
            return;
        }
        switch (token) {
            case VALUE_STRING -> text(parser, field, into);
            case VALUE_NUMBER_INT -> {
                if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
                    field.value(BoundedNumbers.at(parser), into);
                } else {
                    field.number(parser.getLongValue(), into);
                }
            }
            default -> field.value(field.read(parser), into);
        }
    }

    private void text(JsonParser parser, Field<S> field, S into) throws IOException {
        int length = parser.getTextLength();
        if (length <= ascii.length && isAscii(parser.getTextCharacters(), parser.getTextOffset(), length)) {
            field.text(ascii, 0, length, into);
        } else {
            field.value(parser.getText(), into);
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
}
