/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Compares a simulated answer with a recorded one: status, headers, and the whole body but for what is another each time.
 *
 * <p>Rows may come in any order. Numbers count as such only where they are results, limits or the like; elsewhere they are
 * counters, times and measurements, of which only the type is compared.
 */
final class AnswerComparison {

    /** Numbers that must be equal. */
    private static final Set<String> EXACT_NUMBERS = Set.of(
            "code",
            "reason_code",
            "count",
            "page",
            "limit",
            "qos",
            "nl",
            "rap",
            "rh",
            "keepalive",
            "proto_ver",
            "expiry_interval",
            "total",
            "success",
            "override",
            "skipped",
            "failed",
            "connections",
            "live_connections");

    /** Texts of which only the type is compared: times, made-up ids, measurements. */
    private static final Set<String> FREE_TEXTS = Set.of(
            "id",
            "msgid",
            "cursor",
            "at",
            "until",
            "created_at",
            "create_time",
            "filename",
            "publish_at",
            "connected_at",
            "disconnected_at",
            "datetime",
            "uptime",
            "memory_used",
            "memory_total",
            "load1",
            "load5",
            "load15");

    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+\\+00:00");

    /** The configuration of an action as the broker's own term, with values that the API never shows (recording v5 185). */
    private static final Pattern CHANNEL = Pattern.compile("#\\{bridge_name => .*}}");

    private static final Pattern RESOURCE = Pattern.compile("resource:[0-9a-f]{8}");

    /** Where the broker's own code crashed (recordings v4 400, 401). */
    private static final Pattern STACK = Pattern.compile("\\[\\{emqx_web_hook_actions,on_resource_create,2,.*");

    /** How strictly rows are compared. */
    enum Rows {
        EXACT,
        /** The order decides which rows a page has, and it is the hash table's: only their shape counts. */
        ANY_OF_THE_SAME_SHAPE,
        /** Their number depends on the time: each shape must occur. */
        ANY_NUMBER
    }

    private AnswerComparison() {}

    /** What differs, empty if nothing does. */
    static List<String> differences(RecordedExchange recorded, RawHttp.Reply actual, JsonNode actualJson, Rows rows) {
        List<String> differences = new ArrayList<>();
        compare(differences, "status", recorded.status(), actual.status());
        for (String header : Set.of("content-type", "www-authenticate", "allow")) {
            compare(
                    differences,
                    header,
                    recorded.headers().get(header),
                    actual.headers().get(header));
        }
        if (recorded.json() == null) {
            compare(differences, "text", recorded.text(), actual.text());
        } else if (actualJson == null) {
            differences.add("no JSON: " + actual.text());
        } else {
            compare(differences, "body", form(null, recorded.json(), rows), form(null, actualJson, rows));
        }
        return differences;
    }

    private static void compare(List<String> differences, String what, Object expected, Object actual) {
        if (expected == null ? actual != null : !expected.equals(actual)) {
            differences.add(what + "\n  recorded:  " + expected + "\n  simulated: " + actual);
        }
    }

    /** A text that is equal for equal answers. */
    private static String form(String name, JsonNode json, Rows rows) {
        // why clients were shut down (recording v4 331): what they did is not recorded
        if ("shutdown_count".equals(name)) {
            return "counts";
        }
        if (json.isObject()) {
            return object(json, rows);
        }
        if (json.isArray()) {
            List<String> elements = new ArrayList<>();
            json.forEach(element -> elements.add(form(name, element, rows)));
            return (rows == Rows.ANY_NUMBER ? elements.stream().distinct() : elements.stream())
                    .sorted()
                    .toList()
                    .toString();
        }
        if (json.isNumber()) {
            return EXACT_NUMBERS.contains(String.valueOf(name)) && rows == Rows.EXACT ? json.asText() : "number";
        }
        if (json.isTextual()) {
            boolean free = FREE_TEXTS.contains(String.valueOf(name)) || "msgids".equals(name);
            return free || rows != Rows.EXACT ? "text" : '"' + masked(json.textValue()) + '"';
        }
        return json.toString();
    }

    private static String object(JsonNode json, Rows rows) {
        Map<String, String> fields = new TreeMap<>();
        json.properties().forEach(field -> fields.put(field.getKey(), form(field.getKey(), field.getValue(), rows)));
        // what follows is the stack of the broker's own code
        if ("INTERNAL_ERROR".equals(json.path("code").textValue())) {
            fields.put("message", "crash");
        }
        return fields.toString();
    }

    private static String masked(String text) {
        String timeless = TIME.matcher(text).replaceAll("TIME");
        String idless = RESOURCE.matcher(timeless).replaceAll("resource:ID");
        return STACK.matcher(CHANNEL.matcher(idless).replaceAll("TERM")).replaceAll("STACK");
    }
}
