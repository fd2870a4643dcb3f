/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.state;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** As much of the rule engine's SQL as its answers show: where a rule selects from, and what is wrong with what is no SQL. */
public record RuleSql(String text) {

    private static final Pattern STATEMENT = Pattern.compile(
            "\\s*(?:SELECT|FOREACH)\\s+(?<fields>.*)\\sFROM\\s+(?<from>\"[^\"]*\"(?:\\s*,\\s*\"[^\"]*\")*)\\s*(?:WHERE\\s+(?<where>.+))?",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");

    private Matcher matched() {
        Matcher statement = STATEMENT.matcher(text);
        if (!statement.matches()) {
            throw new IllegalStateException("Not understood: " + text);
        }
        return statement;
    }

    /** Whether it is a statement. */
    public boolean valid() {
        return STATEMENT.matcher(text).matches();
    }

    /** What is selected. */
    public String fields() {
        return matched().group("fields");
    }

    /** The condition, empty for none. */
    public String where() {
        String where = matched().group("where");
        return where == null ? "" : where.strip();
    }

    /** The topics and events that are selected from. */
    public List<String> from() {
        return QUOTED.matcher(matched().group("from"))
                .results()
                .map(topic -> topic.group(1))
                .toList();
    }

    /** What the broker's parser says of what is no statement: where it stopped, and all words, each with its length. */
    public String parseError() {
        List<String> words = Arrays.stream(text.strip().split("\\s+"))
                .map(word -> word.replace("\"", ""))
                .toList();
        boolean statement = words.get(0).toUpperCase(Locale.ROOT).matches("SELECT|FOREACH");
        String stop = words.get(statement ? words.size() - 1 : 0);
        String tokens = words.stream()
                .map(word -> "{'NAME'," + word.length() + ",\"" + word + "\"}")
                .collect(Collectors.joining(","));
        return "{parse_error,{\"" + stop.length() + ": syntax error before: \\\"" + stop + "\\\"\",[" + tokens + "]}}";
    }
}
