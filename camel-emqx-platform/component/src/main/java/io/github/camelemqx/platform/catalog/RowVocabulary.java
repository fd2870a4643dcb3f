/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.catalog;

import java.time.ZoneId;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The field names of one kind of row on both generations: rules for the fields that differ; all other fields pass under
 * the broker's own names.
 */
public final class RowVocabulary {

    /**
     * A field that a generation names or writes differently.
     *
     * @param name in the vocabulary
     * @param codec how the generation writes it
     */
    public record FieldRule(String name, Codec codec) {}

    private final String name;
    private final Map<Generation, Map<String, FieldRule>> rules;
    private final List<String> identity;
    private final Map<String, String> trueWhileNull;
    /** The generations whose rows have the same names of fields, and all that there are: values alone change. */
    private final Set<Generation> keepingNames = EnumSet.noneOf(Generation.class);

    /**
     * For the reader of the catalogue.
     *
     * @param trueWhileNull flags that a generation may leave out, each with the field that says the same by being null
     */
    RowVocabulary(
            String name,
            List<String> identity,
            Map<Generation, Map<String, FieldRule>> rules,
            Map<String, String> trueWhileNull) {
        this.name = name;
        this.trueWhileNull = trueWhileNull;
        this.identity = List.copyOf(identity);
        this.rules = rules;
        rules.forEach((generation, byField) -> {
            if (trueWhileNull.isEmpty()
                    && byField.entrySet().stream().allMatch(rule -> rule.getKey()
                            .equals(rule.getValue().name()))) {
                keepingNames.add(generation);
            }
        });
    }

    /** The name of the kind of row: {@code client}, {@code user}. */
    public String name() {
        return name;
    }

    /** The fields that tell what a row is about, for messages and for echoes of a call that answers nothing. */
    public List<String> identity() {
        return identity;
    }

    /**
     * The rules of a generation by its own names of fields, empty where a field of a row depends on others: only the whole
     * row can be decoded then.
     */
    public Optional<Map<String, FieldRule>> rules(Generation generation) {
        return trueWhileNull.isEmpty() ? Optional.of(Map.copyOf(rules.get(generation))) : Optional.empty();
    }

    /**
     * A row of the broker in the words of the vocabulary; the order of fields is kept.
     *
     * @param row may be changed, and be what is returned
     */
    public Map<String, Object> decode(Generation generation, Map<String, Object> row, ZoneId zone) {
        Map<String, FieldRule> byField = rules.get(generation);
        if (keepingNames.contains(generation)) {
            // a row has many fields, of which few have a rule
            byField.forEach((field, rule) -> {
                Object value = row.get(field);
                if (value != null || row.containsKey(field)) {
                    row.put(field, rule.codec().decode(value, zone));
                }
            });
            return row;
        }
        Map<String, Object> decoded = new LinkedHashMap<>(row.size() * 2);
        row.forEach((field, value) -> {
            FieldRule rule = byField.get(field);
            if (rule == null) {
                decoded.put(field, value);
            } else {
                decoded.put(rule.name(), rule.codec().decode(value, zone));
            }
        });
        trueWhileNull.forEach((flag, field) -> {
            decoded.putIfAbsent(field, null);
            decoded.putIfAbsent(flag, decoded.get(field) == null);
        });
        return decoded;
    }
}
