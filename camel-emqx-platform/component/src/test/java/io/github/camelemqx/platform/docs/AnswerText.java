/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.docs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A result as JSON that a page has room for: what is left out is marked by an ellipsis. */
final class AnswerText {

    private static final int MOST_ROWS = 2;
    private static final int MOST_VALUES = 8;
    private static final int MOST_FIELDS = 25;
    private static final int MOST_CHARACTERS = 200;

    private static final ObjectWriter JSON = new ObjectMapper()
            .writer(new DefaultPrettyPrinter(
                            Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER))
                    .withArrayIndenter(new DefaultIndenter("  ", "\n"))
                    .withObjectIndenter(new DefaultIndenter("  ", "\n")));

    private static final Pattern PLAIN_LIST = Pattern.compile("\\[\\s*\\n([^\\[\\]{}]*?)\\s*]");

    private AnswerText() {}

    /**
     * A result.
     *
     * @param first the fields that readers look for; the API has no order of its own
     */
    static String of(Object body, List<String> first) {
        try {
            return compact(JSON.writeValueAsString(cut(sorted(body, first))));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A result is no JSON", e);
        }
    }

    /** Lists of plain values on one line. */
    private static String compact(String json) {
        return PLAIN_LIST
                .matcher(json)
                .replaceAll(list ->
                        Matcher.quoteReplacement("[" + list.group(1).strip().replaceAll("\\s*\\n\\s*", " ") + "]"))
                .replace("{ }", "{}")
                .replace("[ ]", "[]");
    }

    private static Object sorted(Object value, List<String> first) {
        if (value instanceof List<?> rows) {
            return rows.stream().map(row -> sorted(row, first)).toList();
        }
        if (!(value instanceof Map<?, ?> fields)) {
            return value;
        }
        Map<Object, Object> sorted = new LinkedHashMap<>();
        first.stream().filter(fields::containsKey).forEach(name -> sorted.put(name, fields.get(name)));
        fields.forEach((name, field) -> {
            if (!sorted.containsKey(name)) {
                sorted.put(name, field);
            }
        });
        return sorted;
    }

    private static Object cut(Object value) {
        if (value instanceof Map<?, ?> fields) {
            Map<String, Object> cut = new LinkedHashMap<>();
            // one field more is no shorter than a note about it
            int most = fields.size() <= MOST_FIELDS + 1 ? fields.size() : MOST_FIELDS;
            fields.entrySet().stream()
                    .limit(most)
                    .forEach(field -> cut.put(String.valueOf(field.getKey()), cut(field.getValue())));
            if (fields.size() > most) {
                cut.put("…", (fields.size() - most) + " more fields");
            }
            return cut;
        }
        if (value instanceof List<?> list) {
            boolean rows = list.stream().anyMatch(item -> item instanceof Map || item instanceof List);
            int most = rows ? MOST_ROWS : MOST_VALUES;
            List<Object> cut = new ArrayList<>();
            list.stream().limit(most).forEach(item -> cut.add(cut(item)));
            if (list.size() > most) {
                cut.add("… " + (list.size() - most) + " more");
            }
            return cut;
        }
        return value instanceof String text && text.length() > MOST_CHARACTERS
                ? text.substring(0, MOST_CHARACTERS) + "…"
                : value;
    }
}
