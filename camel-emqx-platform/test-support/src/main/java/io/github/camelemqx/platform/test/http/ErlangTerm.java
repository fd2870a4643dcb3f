/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.http;

import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Values as the broker's own language writes them: some messages of failures are terms. */
public final class ErlangTerm {

    /** A bare word. */
    public record Atom(String name) {}

    private ErlangTerm() {}

    /** A text is a binary, a map has its keys in order, null is what is not defined. */
    public static String of(Object value) {
        if (value == null) {
            return "undefined";
        }
        if (value instanceof Atom atom) {
            return atom.name().matches("[a-z]\\w*") ? atom.name() : "'" + atom.name() + "'";
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, String> fields = new TreeMap<>();
            map.forEach((name, field) -> fields.put(of(new Atom(name.toString())), of(field)));
            return fields.entrySet().stream()
                    .map(field -> field.getKey() + " => " + field.getValue())
                    .collect(Collectors.joining(",", "#{", "}"));
        }
        if (value instanceof Iterable<?> list) {
            StringBuilder elements = new StringBuilder("[");
            for (Iterator<?> each = list.iterator(); each.hasNext(); ) {
                elements.append(of(each.next())).append(each.hasNext() ? "," : "");
            }
            return elements.append(']').toString();
        }
        return value instanceof CharSequence text
                ? "<<\"" + text.toString().replace("\\", "\\\\").replace("\"", "\\\"") + "\">>"
                : value.toString();
    }
}
