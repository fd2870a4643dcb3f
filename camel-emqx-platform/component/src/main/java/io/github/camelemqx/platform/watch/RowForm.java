/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.watch;

import io.github.camelemqx.platform.watch.table.RowLayout;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is kept of a row, and what the row is called.
 *
 * @param key the fields that identify a row
 * @param kept the fields that are kept, those of the key among them
 * @param given values for fields of the key that rows lack, because the listing was asked for them alone
 */
record RowForm(List<String> key, Set<String> kept, Map<String, Object> given) {

    /** What the settings want of a row. */
    static RowForm of(WatchSettings settings, Map<String, Object> filters) {
        List<String> key = settings.watchable().key();
        Set<String> kept = new TreeSet<>(key);
        kept.addAll(settings.watchable().structure());
        kept.addAll(settings.fields());
        return new RowForm(key, kept, filters);
    }

    /** The kept fields in the order of their table, those of the key first. */
    List<String> fields() {
        return Stream.concat(key.stream(), kept.stream().filter(field -> !key.contains(field)))
                .toList();
    }

    /** How a table keeps the rows. */
    RowLayout layout(String node) {
        List<String> all = Stream.concat(fields().stream(), Stream.of(Transitions.UNREACHABLE_SINCE))
                .toList();
        return new RowLayout(key.size(), all, node == null ? List.of() : List.of(node));
    }

    /** Whether rows may lack fields of their key. */
    boolean lacksKeys() {
        return key.stream().anyMatch(given::containsKey);
    }

    /** The row with nothing but the kept fields; a field that the row lacks stays away. */
    Map<String, Object> reduced(Map<String, Object> row) {
        Map<String, Object> reduced = new LinkedHashMap<>();
        for (String field : kept) {
            if (row.containsKey(field)) {
                reduced.put(field, row.get(field));
            } else if (key.contains(field) && given.containsKey(field)) {
                reduced.put(field, given.get(field));
            } else if (inner(row, field) != null) {
                reduced.put(field, inner(row, field));
            }
        }
        return reduced;
    }

    /** {@code a.b} is the field b of the object a. */
    private static Object inner(Map<String, Object> row, String field) {
        int dot = field.indexOf('.');
        return dot > 0 && row.get(field.substring(0, dot)) instanceof Map<?, ?> object
                ? object.get(field.substring(dot + 1))
                : null;
    }

    /**
     * What distinguishes a reduced row from all others: of several fields, bars in values are escaped, and a field that is
     * not there differs from one that is empty.
     */
    String key(Map<String, Object> row) {
        return key.size() == 1
                ? String.valueOf(row.get(key.get(0)))
                : key.stream().map(field -> part(row.get(field))).collect(Collectors.joining("|"));
    }

    private static String part(Object value) {
        if (value == null) {
            return "";
        }
        String text = value.toString();
        return text.isEmpty() ? "\\e" : text.replace("\\", "\\\\").replace("|", "\\|");
    }

    /** The key for people: the values that are there, with bars in between. */
    String name(Map<String, Object> row) {
        return key.size() == 1
                ? key(row)
                : key.stream()
                        .map(row::get)
                        .filter(Objects::nonNull)
                        .map(RowForm::part)
                        .collect(Collectors.joining("|"));
    }
}
