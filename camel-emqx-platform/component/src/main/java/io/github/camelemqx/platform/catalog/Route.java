/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.catalog;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One way of a generation to carry out an operation.
 *
 * @param method the HTTP method
 * @param path below the API's base, with {@code {name}} for path parameters by the generation's own names; all else is
 *     percent-encoded already
 * @param placeholders the names in the path, in their order
 * @param when values that parameters must have for this route to be taken
 * @param renamed names of parameters that this route alone calls differently
 * @param constants fields of the request body that are always sent
 * @param defaults fields of the request body that are sent unless given
 * @param part the name of the part of a form that holds a file, null where none is sent so
 * @param field the field of the request body that holds the text of a file, null where none is sent so
 * @param answer how the answer is read
 * @param batch how the items of a bulk call travel, null for other calls
 * @param cursor the listing by cursor that a deployment may offer instead, null for none
 */
public record Route(
        String method,
        String path,
        List<String> placeholders,
        Map<String, String> when,
        Map<String, String> renamed,
        Map<String, Object> constants,
        Map<String, Object> defaults,
        String part,
        String field,
        Answer answer,
        Batch batch,
        Cursor cursor) {

    /**
     * How the answer of a route is read where it is not what the result wants already.
     *
     * @param bare whether generation 4 answers this route without its envelope
     * @param rows the field that holds the rows of a page
     * @param expand the field of a row that holds the rows that are meant, each of which gets the other fields of the row
     *     too; null where rows are rows
     * @param with fields that every row gets from parameters of the call, which the broker does not repeat
     * @param content the field of the answer's data that holds a text or a file, null where the answer itself is that
     * @param unpaged whether a listing comes whole: nothing is said of pages
     * @param emptyIsAbsent whether an empty list means that what was asked for is not there
     * @param echo parameters that make up the result where the broker answers nothing, or go with the outcome of an item
     *     where it does not repeat them; empty where it answers
     */
    public record Answer(
            boolean bare,
            String rows,
            String expand,
            Map<String, String> with,
            String content,
            boolean unpaged,
            boolean emptyIsAbsent,
            List<String> echo) {}

    /**
     * How the items of a bulk call travel.
     *
     * @param size the most items of one request
     * @param items the parameter that alone is sent of each item, null where an item is an object
     * @param group the parameter that must be the same for all items of a request, null where they may differ
     * @param each the operation that is called for each item where the generation has no bulk call, null where it has
     * @param distinct the parameter that no two items of a request may share, because the answer tells of items by it;
     *     null where it tells of them in their order
     */
    public record Batch(int size, String items, String group, String each, String distinct) {}

    /**
     * A listing by cursor, which walks on from row to row where a page by its number is a new listing that skips.
     *
     * @param path below the API's base, percent-encoded, without placeholders
     * @param filters the parameters that it takes: with any other the listing goes by page number
     */
    public record Cursor(String path, Set<String> filters) {}

    /**
     * The path with values in place of its placeholders.
     *
     * @param base of the API, before it
     * @param values in the order of the placeholders, percent-encoded
     */
    public String filled(String base, String... values) {
        if (placeholders.isEmpty()) {
            return base.concat(path);
        }
        StringBuilder filled = new StringBuilder(base.length() + path.length() + 32).append(base);
        int from = 0;
        for (int i = 0; i < values.length; i++) {
            int open = path.indexOf('{', from);
            filled.append(path, from, open).append(values[i]);
            from = open + placeholders.get(i).length() + 2;
        }
        return filled.append(path, from, path.length()).toString();
    }

    /** Whether the values that the route depends on are as it wants them; values are compared as text. */
    public boolean suits(Map<String, Object> values) {
        for (Map.Entry<String, String> wanted : when.entrySet()) {
            if (!wanted.getValue().equals(String.valueOf(values.get(wanted.getKey())))) {
                return false;
            }
        }
        for (String placeholder : placeholders) {
            if (!values.containsKey(placeholder)) {
                return false;
            }
        }
        return true;
    }
}
