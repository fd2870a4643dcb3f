/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.docs;

import java.util.List;

/** A path with placeholders, and the paths that it stands for; segments stay percent-encoded. */
record PathTemplate(List<String> segments) {

    static PathTemplate of(String path) {
        return new PathTemplate(List.of(path.split("/", -1)));
    }

    /** Whether a path, or another template, is one of those that this one stands for. */
    boolean matches(String path) {
        String[] others = path.split("/", -1);
        if (others.length != segments.size()) {
            return false;
        }
        for (int i = 0; i < others.length; i++) {
            boolean any = placeholder(segments.get(i)) && !others[i].isEmpty();
            if (!any && !segments.get(i).equals(others[i])) {
                return false;
            }
        }
        return true;
    }

    /** How many of its segments are no placeholders: of two templates for one path, the one with more is meant. */
    long literals() {
        return segments.stream().filter(segment -> !placeholder(segment)).count();
    }

    private static boolean placeholder(String segment) {
        return segment.startsWith("{") && segment.endsWith("}");
    }

    @Override
    public String toString() {
        return String.join("/", segments);
    }
}
