/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.List;
import java.util.Map;

/**
 * One rule of who may do what, in the built-in database (recordings v5 145 to 148, v4 299). The same rule is equal on both
 * generations.
 *
 * @param scope whose rule it is: client, user, or all for everybody
 * @param clientId the client of scope client, null for other scopes
 * @param username the user of scope user, null for other scopes
 * @param topic the topic filter
 * @param action publish, subscribe or all
 * @param permission allow or deny
 * @param qos the QoS levels of messages that it is about; null for every level, which is all that generation 4 knows
 * @param retain the retain flag of messages that it is about; null for both, which is all that generation 4 knows
 */
public record AclRule(
        String scope,
        String clientId,
        String username,
        String topic,
        String action,
        String permission,
        List<Integer> qos,
        Boolean retain)
        implements Row {

    /** Keeps the levels unmodifiable. */
    public AclRule {
        qos = qos == null ? null : List.copyOf(qos);
    }

    /**
     * From a row; fields that are missing are null, fields that the record does not have are passed over.
     *
     * @throws IllegalArgumentException naming a field of another type
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static AclRule of(Map<String, ?> fields) {
        FieldReader row = new FieldReader("AclRule", fields);
        return new AclRule(
                row.text("scope"),
                row.text("clientid"),
                row.text("username"),
                row.text("topic"),
                row.text("action"),
                row.text("permission"),
                levels(row),
                retain(row));
    }

    @Override
    public Map<String, Object> toMap() {
        return new FieldWriter()
                .with("scope", scope)
                .with("clientid", clientId)
                .with("username", username)
                .with("topic", topic)
                .with("action", action)
                .with("permission", permission)
                .with("qos", qos)
                .with("retain", retain)
                .toMap();
    }

    /** Generation 5 names every level where a rule is about all of them. */
    private static List<Integer> levels(FieldReader row) {
        List<Integer> levels = row.integers("qos");
        return levels == null || levels.containsAll(List.of(0, 1, 2)) ? null : levels;
    }

    private static Boolean retain(FieldReader row) {
        return "all".equals(row.fields().get("retain")) ? null : row.flag("retain");
    }
}
