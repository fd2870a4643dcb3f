/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.watch;

import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Fields that are watched now and were not when the rows of a state were noted. Such a row takes them from how it is seen
 * next: nobody can say that they have changed. Not safe for many threads.
 */
final class NewFields {

    private final Set<String> fields;
    /** The keys of rows that may lack them. */
    private final Set<String> lacking = new HashSet<>();

    NewFields(Set<String> fields) {
        this.fields = fields;
    }

    /** Rows from before: without new fields they lack nothing. */
    void lackedBy(Collection<String> keys) {
        if (!fields.isEmpty()) {
            lacking.addAll(keys);
        }
    }

    /** Whether every row has them, of those that are still there. */
    boolean areIn(Predicate<String> there) {
        lacking.removeIf(there.negate());
        return lacking.isEmpty();
    }

    /** Whether a row may lack them; asked once, it counts as completed. */
    boolean areDue(String key) {
        return lacking.remove(key);
    }

    /** A row as it was known, with the new fields from how it is seen. */
    Map<String, Object> completed(Map<String, Object> row, Map<String, Object> seen) {
        Map<String, Object> completed = new TreeMap<>(row);
        fields.stream()
                .filter(field -> seen.containsKey(field) && !row.containsKey(field))
                .forEach(field -> completed.put(field, seen.get(field)));
        return completed;
    }
}
