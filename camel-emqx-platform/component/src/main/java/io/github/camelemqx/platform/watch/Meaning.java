/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.watch;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the rows of a state are: kept beside them, so that a watch takes nobody else's for its own.
 *
 * @param deployment the address of the API
 * @param resource the watched resource
 * @param filters of the listing, as text
 * @param fields that are watched
 */
record Meaning(String deployment, String resource, String filters, List<String> fields) {

    /** Of what is written into stores. One that an older version of this component does not understand has another. */
    static final int FORMAT = 1;

    private static final String NOTE = "watch";

    /** Whether a complete poll has been noted: only then a missing row means something. */
    static boolean isIn(Notes notes) {
        return notes.get(NOTE) != null;
    }

    /**
     * Makes sure that notes are of this watch, if there are any.
     *
     * @return the watched fields that the stored rows do not have, because others were watched then
     * @throws IllegalStateException saying what the state was written for, if that is something else
     */
    Set<String> recognise(Notes notes) {
        Map<String, Object> note = notes.get(NOTE);
        if (note == null) {
            return Set.of();
        }
        if (!(note.get("format") instanceof Number format) || format.intValue() != FORMAT) {
            throw new IllegalStateException("The stored state of the watch has format " + note.get("format")
                    + ", written by another version of camel-emqx-platform; this one reads " + FORMAT
                    + ": choose another stateKey to begin anew");
        }
        same("deployment", deployment, note);
        same("resource", resource, note);
        same("filters", filters, note);
        Set<String> missing = new HashSet<>(fields);
        ((List<?>) note.get("fields")).forEach(missing::remove);
        return missing;
    }

    /** Notes that the state is of this watch and complete. */
    void noteIn(Notes notes) {
        Map<String, Object> note = new TreeMap<>();
        note.put("format", FORMAT);
        note.put("deployment", deployment);
        note.put("resource", resource);
        note.put("filters", filters);
        note.put("fields", fields);
        notes.put(NOTE, note);
    }

    private static void same(String what, String wanted, Map<String, Object> note) {
        if (!wanted.equals(note.get(what))) {
            throw new IllegalStateException(
                    "The stored state of the watch (option stateKey) was written for the " + what
                            + " " + note.get(what) + ", not for " + wanted
                            + ": its rows mean something else. Give each watch a stateKey of its own");
        }
    }
}
