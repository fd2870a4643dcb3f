/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.client;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.SerializedString;
import io.github.camelemqx.platform.catalog.Codec;
import io.github.camelemqx.platform.catalog.Generation;
import io.github.camelemqx.platform.catalog.Operation;
import io.github.camelemqx.platform.catalog.Route;
import io.github.camelemqx.platform.catalog.RowVocabulary;
import io.github.camelemqx.platform.catalog.RowVocabulary.FieldRule;
import java.io.IOException;
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

    private static final String UNDEFINED = "undefined";

    /** More different names than that are no fields of rows, but something that grows. */
    private static final int MOST_NAMES = 512;

    private final Map<String, Target> targets;
    private final TimeReader times;
    private final ZoneId zone;
    private final Map<String, Name> names = new HashMap<>();
    private final Name beginning = new Name("", null);

    /** Where a field of the broker goes to, and how it is written there. */
    private record Target(int field, Codec codec) {}

    /**
     * A name of the broker. A broker writes its rows alike: what followed a name in the row before mostly follows it
     * again, and to see that a name is the expected one takes less than to read it.
     */
    private static final class Name {

        private final SerializedString text;
        /** Null for a field that is not wanted. */
        private final Target target;

        private Name next;

        private Name(String text, Target target) {
            this.text = new SerializedString(text);
            this.target = target;
        }
    }

    private FieldScan(Map<String, Target> targets, ZoneId zone) {
        this.targets = targets;
        this.times = new TimeReader(zone);
        this.zone = zone;
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
        Map<String, Target> targets = new HashMap<>();
        for (int i = 0; i < fields.size(); i++) {
            targets.put(fields.get(i), new Target(i, Codec.AS_IS));
        }
        rules.get().forEach((field, rule) -> {
            int index = fields.indexOf(rule.name());
            if (index < 0) {
                // the vocabulary's name means something else here
                targets.remove(field);
            } else {
                targets.put(field, new Target(index, rule.codec()));
            }
        });
        return new FieldScan(targets, zone);
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
        for (Name name = next(parser, beginning); name != null; name = next(parser, name)) {
            JsonToken token = parser.nextToken();
            if (name.target != null) {
                field(parser, token, name.target, sink);
            } else if (token.isStructStart()) {
                parser.skipChildren();
            }
        }
        sink.end();
    }

    /** The name behind another; null at the end of the row. */
    private Name next(JsonParser parser, Name before) throws IOException {
        Name expected = before.next;
        if (expected != null && parser.nextFieldName(expected.text)) {
            return expected;
        }
        String text = expected == null ? parser.nextFieldName() : parser.currentName();
        if (parser.currentToken() != JsonToken.FIELD_NAME) {
            return null;
        }
        Name name = names.get(text);
        if (name == null) {
            name = new Name(text, targets.get(text));
            if (names.size() < MOST_NAMES) {
                names.put(text, name);
            }
        }
        before.next = name;
        return name;
    }

    private void field(JsonParser parser, JsonToken token, Target target, FieldSink sink) throws IOException {
        int field = target.field();
        switch (token) {
            case VALUE_STRING -> text(parser, target, sink);
            case VALUE_NUMBER_INT -> {
                if (passesNumbers(target.codec()) && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
                    sink.number(field, parser.getLongValue());
                } else {
                    sink.value(field, target.codec().decode(BoundedNumbers.at(parser), zone));
                }
            }
            case VALUE_TRUE, VALUE_FALSE -> {
                boolean flag = token == JsonToken.VALUE_TRUE;
                sink.value(
                        field,
                        target.codec() == Codec.AS_IS ? flag : target.codec().decode(flag, zone));
            }
            case START_OBJECT, START_ARRAY -> sink.value(field, target.codec().decode(structure(parser), zone));
            default -> sink.value(field, target.codec().decode(scalar(parser, token), zone));
        }
    }

    private static boolean passesNumbers(Codec codec) {
        return switch (codec) {
            case AS_IS, UNDEFINED_IS_NULL, LOWER_CASE, TIME, LOCAL_TIME -> true;
            case EPOCH_SECONDS, EPOCH_MICROS, MICROSECONDS, EPOCH_MILLIS -> false;
        };
    }

    private void text(JsonParser parser, Target target, FieldSink sink) throws IOException {
        char[] chars = parser.getTextCharacters();
        int offset = parser.getTextOffset();
        int length = parser.getTextLength();
        int field = target.field();
        switch (target.codec()) {
            case AS_IS -> sink.text(field, chars, offset, length);
            case UNDEFINED_IS_NULL -> {
                if (isUndefined(chars, offset, length)) {
                    sink.value(field, null);
                } else {
                    sink.text(field, chars, offset, length);
                }
            }
            case TIME -> time(parser, target, times.withOffset(chars, offset, length), sink);
            case LOCAL_TIME -> time(parser, target, times.local(chars, offset, length), sink);
            case LOWER_CASE, EPOCH_SECONDS, EPOCH_MICROS, MICROSECONDS, EPOCH_MILLIS ->
                sink.value(field, target.codec().decode(parser.getText(), zone));
        }
    }

    /** What the quick reader does not know may be a time all the same. */
    private void time(JsonParser parser, Target target, long millis, FieldSink sink) throws IOException {
        if (millis == TimeReader.NONE) {
            sink.value(target.field(), target.codec().decode(parser.getText(), zone));
        } else {
            sink.time(target.field(), millis);
        }
    }

    private static boolean isUndefined(char[] chars, int offset, int length) {
        if (length != UNDEFINED.length()) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (chars[offset + i] != UNDEFINED.charAt(i)) {
                return false;
            }
        }
        return true;
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
