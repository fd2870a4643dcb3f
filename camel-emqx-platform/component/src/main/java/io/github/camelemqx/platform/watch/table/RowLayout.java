/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.watch.table;

import java.util.List;

/**
 * Which fields the rows of a table have.
 *
 * @param keys how many of the first fields identify a row
 * @param fields those of the key first
 * @param words the fields whose values are few and come again and again, such as the names of nodes
 */
public record RowLayout(int keys, List<String> fields, List<String> words) {

    /** Keeps copies. */
    public RowLayout {
        fields = List.copyOf(fields);
        words = List.copyOf(words);
    }
}
