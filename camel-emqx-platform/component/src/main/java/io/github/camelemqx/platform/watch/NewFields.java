/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.watch;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

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

    /** A row from before: without new fields it lacks nothing. */
    void lackedBy(String key) {
        if (!fields.isEmpty()) {
            lacking.add(key);
        }
    }

    /** Whether some row may lack them. */
    boolean arePending() {
        return !lacking.isEmpty();
    }

    /** Only these are still there. */
    void retain(Set<String> keys) {
        lacking.retainAll(keys);
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
