/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.docs;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** What the pages call the constants of the catalogue, from {@code words.properties}. */
final class Words {

    private final Map<String, String> words;

    private Words(Map<String, String> words) {
        this.words = words;
    }

    static Words load() {
        Map<String, String> words = new HashMap<>();
        for (String line : DataFile.lines("words.properties")) {
            int equals = line.indexOf('=');
            words.put(line.substring(0, equals), line.substring(equals + 1));
        }
        return new Words(words);
    }

    /**
     * The words for a constant.
     *
     * @param kind such as {@code effect}
     * @throws IllegalStateException for a constant that has none yet
     */
    String of(String kind, Enum<?> constant) {
        return of(kind, constant.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    /** The words for a name. */
    String of(String kind, String name) {
        String found = words.get(kind + "." + name);
        if (found == null) {
            throw new IllegalStateException("words.properties does not say what " + kind + "." + name + " is");
        }
        return found;
    }
}
