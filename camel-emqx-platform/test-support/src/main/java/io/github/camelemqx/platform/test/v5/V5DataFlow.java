/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.v5;

import io.github.camelemqx.platform.test.state.DeadAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Connectors, actions and rules as configured, and who uses whom: a rule its actions, an action its connector. */
final class V5DataFlow {

    private final Map<String, Map<String, Object>> connectors = new LinkedHashMap<>();
    private final Map<String, Map<String, Object>> actions = new LinkedHashMap<>();
    private final Map<String, Map<String, Object>> rules = new LinkedHashMap<>();

    /** By id, {@code type:name}. */
    Map<String, Map<String, Object>> connectors() {
        return connectors;
    }

    /** By id, {@code type:name}. */
    Map<String, Map<String, Object>> actions() {
        return actions;
    }

    /** By id. */
    Map<String, Map<String, Object>> rules() {
        return rules;
    }

    static String id(Map<String, Object> row) {
        return row.get("type") + ":" + row.get("name");
    }

    static String connectorOf(Map<String, Object> action) {
        return action.get("type") + ":" + action.get("connector");
    }

    /** The actions of a connector. */
    List<Map<String, Object>> actionsOf(String connector) {
        return actions.values().stream()
                .filter(action -> connectorOf(action).equals(connector))
                .toList();
    }

    /** The ids of the rules that have an action. */
    List<String> rulesOf(String action) {
        return rules.values().stream()
                .filter(rule -> ((List<?>) rule.get("actions")).contains(action))
                .map(rule -> rule.get("id").toString())
                .toList();
    }

    /** Whether a connector reaches its server. */
    boolean connected(String connector) {
        Map<String, Object> row = connectors.get(connector);
        return row != null
                && Objects.equals(row.get("enable"), true)
                && !DeadAddress.is(String.valueOf(row.getOrDefault("url", row.get("server"))));
    }
}
