/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.camelemqx.platform.test.http.Json;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tries a statement on one event, as far as plain fields and comparisons go: no functions, no CASE, no FOREACH. */
public final class RuleSqlRun {

    private static final Pattern FIELD =
            Pattern.compile("\\s*([\\w.]+)(?:\\s+as\\s+([\\w.]+))?\\s*", Pattern.CASE_INSENSITIVE);
    private static final Pattern COMPARISON = Pattern.compile("([\\w.]+)\\s*(=|<>|!=|>=|<=|>|<)\\s*(.+)");

    private final RuleSql sql;
    private final JsonNode event;
    private final Map<String, JsonNode> selected = new LinkedHashMap<>();

    /** A statement and what happened. */
    public RuleSqlRun(RuleSql sql, JsonNode event) {
        this.sql = sql;
        this.event = event;
    }

    /**
     * What the statement makes of the event; empty if its condition does not hold.
     *
     * @throws UnsupportedOperationException for what goes beyond plain fields and comparisons
     */
    public Optional<Map<String, JsonNode>> result() {
        for (String field : sql.fields().split(",", -1)) {
            select(field);
        }
        for (String condition :
                sql.where().isEmpty() ? new String[0] : sql.where().split("(?i)\\s+and\\s+")) {
            if (!holds(condition.strip())) {
                return Optional.empty();
            }
        }
        return Optional.of(selected);
    }

    private void select(String field) {
        if (field.strip().equals("*")) {
            ((ObjectNode) event).properties().forEach(each -> selected.put(each.getKey(), each.getValue()));
            return;
        }
        Matcher plain = FIELD.matcher(field);
        if (!plain.matches()) {
            throw new UnsupportedOperationException(field);
        }
        selected.put(plain.group(2) == null ? plain.group(1) : plain.group(2), value(plain.group(1)));
    }

    /** A payload is JSON as soon as something inside it is asked for. */
    private JsonNode value(String path) {
        JsonNode value = event;
        for (String name : path.split("\\.", -1)) {
            JsonNode inside = value.isTextual()
                    ? Json.read(value.textValue().getBytes(StandardCharsets.UTF_8))
                            .orElse(MissingNode.getInstance())
                    : value;
            value = inside.path(name);
        }
        // what is not there is a word
        return value.isMissingNode() ? selected.getOrDefault(path, TextNode.valueOf("undefined")) : value;
    }

    private boolean holds(String condition) {
        Matcher comparison = COMPARISON.matcher(condition);
        if (!comparison.matches()) {
            throw new UnsupportedOperationException(condition);
        }
        JsonNode value = value(comparison.group(1));
        String literal = comparison.group(3).strip();
        boolean text = literal.matches("'.*'");
        if (!text && !literal.matches("-?\\d+(\\.\\d+)?")) {
            throw new UnsupportedOperationException(condition);
        }
        if (text != value.isTextual()) {
            return comparison.group(2).matches("<>|!=");
        }
        int order = text
                ? value.textValue().compareTo(literal.substring(1, literal.length() - 1))
                : value.decimalValue().compareTo(new BigDecimal(literal));
        return switch (comparison.group(2)) {
            case "=" -> order == 0;
            case ">" -> order > 0;
            case "<" -> order < 0;
            case ">=" -> order >= 0;
            case "<=" -> order <= 0;
            default -> order != 0;
        };
    }
}
