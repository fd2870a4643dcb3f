/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.client;

import io.github.camelemqx.platform.catalog.Generation;
import io.github.camelemqx.platform.catalog.Operation;
import io.github.camelemqx.platform.exception.EmqxInvalidRequestException;
import io.github.camelemqx.platform.exception.EmqxNotFoundException;
import io.github.camelemqx.platform.exception.EmqxPlatformException;
import io.github.camelemqx.platform.exception.FailureDetails;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The rules of a broker's built-in database as a table of flat rows, whichever way a generation keeps them: generation 5
 * one list a client or user, generation 4 one row a rule (recordings v5 138 to 156, v4 277 to 318).
 */
abstract sealed class AccessTable {

    private static final int PAGE = 1000;

    private final Deployment deployment;
    private final Operation operation;

    private AccessTable(Deployment deployment, Operation operation) {
        this.deployment = deployment;
        this.operation = operation;
    }

    static AccessTable of(Deployment deployment, Operation operation, Generation generation) {
        return switch (generation) {
            case V4 -> new Rows(deployment, operation);
            case V5 -> new Lists(deployment, operation);
            case PLATFORM -> throw new IllegalStateException(operation.fullName() + " is of deployments");
        };
    }

    /**
     * Whose rules.
     *
     * @param scope client, user or all
     * @param id of the client or user, null for all
     */
    record Owner(String scope, String id) {

        /** The field of a row that holds the id, null for all. */
        String field() {
            return switch (scope) {
                case "client" -> "clientid";
                case "user" -> "username";
                default -> null;
            };
        }

        Map<String, Object> fields() {
            return field() == null ? Map.of() : Map.of(field(), id);
        }
    }

    /** All rules of a scope. */
    abstract List<Map<String, Object>> list(String scope, Map<String, Object> filters) throws EmqxPlatformException;

    /** The rules of one owner; a client or user without any is not found. */
    abstract List<Map<String, Object>> of(Owner owner) throws EmqxPlatformException;

    /** Whether rules are added one by one, so that one may fail and the next not. */
    abstract boolean oneByOne();

    /** Refuses what the generation cannot express, before anything is sent. */
    abstract void check(List<Map<String, Object>> rules) throws EmqxInvalidRequestException;

    /** Adds rules of one owner. */
    abstract void add(Owner owner, List<Map<String, Object>> rules) throws EmqxPlatformException;

    /** Replaces all rules of one owner. */
    abstract void replace(Owner owner, List<Map<String, Object>> rules) throws EmqxPlatformException;

    /** Takes an owner away with all its rules. */
    abstract void remove(Owner owner) throws EmqxPlatformException;

    /** Takes away the rules of one owner for a topic filter. */
    abstract void remove(Owner owner, String topic) throws EmqxPlatformException;

    final Object step(String name, Map<String, Object> values, Object body) throws EmqxPlatformException {
        return deployment
                .call(operation.steps().get(name), new Arguments(values, List.of(), body))
                .body();
    }

    final List<Map<String, Object>> pages(String name, Map<String, Object> filters) throws EmqxPlatformException {
        Operation step = operation.steps().get(name);
        for (String filter : filters.keySet()) {
            if (step.parameter(filter).isEmpty()) {
                throw invalid("parameter " + filter + " is for rules of another scope");
            }
        }
        return deployment.rows(step, Arguments.of(filters), PagingStyle.AUTO, PAGE);
    }

    final EmqxNotFoundException notFound(Owner owner) {
        return new EmqxNotFoundException(
                FailureDetails.withoutAnswer(
                        operation.fullName(), "there is no such rule of " + owner.scope() + " " + owner.id()),
                null);
    }

    final EmqxInvalidRequestException invalid(String message) {
        return new EmqxInvalidRequestException(FailureDetails.withoutAnswer(operation.fullName(), message), null);
    }

    /** Fields of a JSON object. */
    private static Map<String, Object> fields(Object object) {
        Map<String, Object> fields = new LinkedHashMap<>();
        if (object instanceof Map<?, ?> map) {
            map.forEach((name, value) -> fields.put(name.toString(), value));
        }
        return fields;
    }

    private static List<Map<String, Object>> objects(Object list) {
        List<Map<String, Object>> objects = new ArrayList<>();
        if (list instanceof List<?> items) {
            items.forEach(item -> objects.add(fields(item)));
        }
        return objects;
    }

    private static Map<String, Object> row(Owner owner, Map<String, Object> rule) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("scope", owner.scope());
        row.putAll(owner.fields());
        row.putAll(rule);
        return row;
    }

    /** Generation 5: each client and user has a list of rules, and so has everybody. */
    private static final class Lists extends AccessTable {

        private static final List<String> RULE = List.of("topic", "action", "permission", "qos", "retain");

        Lists(Deployment deployment, Operation operation) {
            super(deployment, operation);
        }

        @Override
        List<Map<String, Object>> list(String scope, Map<String, Object> filters) throws EmqxPlatformException {
            if (scope.equals("all")) {
                return of(new Owner(scope, null));
            }
            String field = new Owner(scope, null).field();
            List<Map<String, Object>> rows = new ArrayList<>();
            for (Map<String, Object> owner : pages("list-" + scope, filters)) {
                rows.addAll(flat(new Owner(scope, String.valueOf(owner.get(field))), owner));
            }
            return rows;
        }

        @Override
        List<Map<String, Object>> of(Owner owner) throws EmqxPlatformException {
            String step = owner.id() == null ? "list-all" : "get-" + owner.scope();
            return flat(owner, fields(step(step, owner.fields(), null)));
        }

        private static List<Map<String, Object>> flat(Owner owner, Map<String, Object> lists) {
            return objects(lists.get("rules")).stream()
                    .map(rule -> row(owner, rule))
                    .toList();
        }

        @Override
        boolean oneByOne() {
            return false;
        }

        @Override
        void check(List<Map<String, Object>> rules) {
            // it can express every rule
        }

        @Override
        void add(Owner owner, List<Map<String, Object>> rules) throws EmqxPlatformException {
            if (owner.id() == null) {
                // the call for everybody replaces: what is there stays by being sent again
                List<Map<String, Object>> all = new ArrayList<>(of(owner));
                all.addAll(rules);
                replace(owner, all);
            } else {
                step("add-" + owner.scope(), Map.of(), List.of(nested(owner, rules)));
            }
        }

        @Override
        void replace(Owner owner, List<Map<String, Object>> rules) throws EmqxPlatformException {
            step("set-" + owner.scope(), owner.fields(), nested(owner, rules));
        }

        private static Map<String, Object> nested(Owner owner, List<Map<String, Object>> rules) {
            Map<String, Object> nested = new LinkedHashMap<>(owner.fields());
            nested.put(
                    "rules",
                    rules.stream()
                            .map(rule -> {
                                Map<String, Object> fields = new LinkedHashMap<>(rule);
                                fields.keySet().retainAll(RULE);
                                return fields;
                            })
                            .toList());
            return nested;
        }

        @Override
        void remove(Owner owner) throws EmqxPlatformException {
            step("remove-" + owner.scope(), owner.fields(), null);
        }

        @Override
        void remove(Owner owner, String topic) throws EmqxPlatformException {
            List<Map<String, Object>> rules = of(owner);
            List<Map<String, Object>> left = rules.stream()
                    .filter(rule -> !topic.equals(rule.get("topic")))
                    .toList();
            if (left.size() == rules.size()) {
                throw notFound(owner);
            }
            if (left.isEmpty()) {
                remove(owner);
            } else {
                replace(owner, left);
            }
        }
    }

    /** Generation 4: each rule is a row of its own, known by its owner and topic filter. */
    private static final class Rows extends AccessTable {

        private static final Map<String, String> ACTIONS =
                Map.of("publish", "pub", "subscribe", "sub", "all", "pubsub");

        Rows(Deployment deployment, Operation operation) {
            super(deployment, operation);
        }

        @Override
        List<Map<String, Object>> list(String scope, Map<String, Object> filters) throws EmqxPlatformException {
            return folded(pages(scope.equals("all") ? "page-all" : "list-" + scope, filters).stream()
                    .map(rule -> flat(scope, rule))
                    .toList());
        }

        @Override
        List<Map<String, Object>> of(Owner owner) throws EmqxPlatformException {
            if (owner.id() == null) {
                return list(owner.scope(), Map.of());
            }
            List<Map<String, Object>> rules =
                    folded(objects(step("get-" + owner.scope(), owner.fields(), null)).stream()
                            .map(rule -> flat(owner.scope(), rule))
                            .toList());
            if (rules.isEmpty()) {
                throw notFound(owner);
            }
            return rules;
        }

        /** The broker keeps a rule for both actions as two that differ in nothing else (emqx-api/README.md, "Generation 4"). */
        private static List<Map<String, Object>> folded(List<Map<String, Object>> rules) {
            Map<Map<String, Object>, Map<String, Object>> byRest = new LinkedHashMap<>();
            List<Map<String, Object>> folded = new ArrayList<>();
            for (Map<String, Object> rule : rules) {
                Map<String, Object> rest = new LinkedHashMap<>(rule);
                Object action = rest.remove("action");
                Map<String, Object> other = byRest.putIfAbsent(rest, rule);
                if (other == null) {
                    folded.add(rule);
                } else if (!action.equals(other.get("action"))) {
                    other.put("action", "all");
                }
            }
            return folded;
        }

        private static Map<String, Object> flat(String scope, Map<String, Object> rule) {
            Map<String, Object> row = new LinkedHashMap<>(rule);
            row.put("scope", scope);
            row.remove("all");
            row.put("permission", row.remove("access"));
            row.replace(
                    "action",
                    ACTIONS.entrySet().stream()
                            .filter(action -> action.getValue().equals(rule.get("action")))
                            .map(Map.Entry::getKey)
                            .findFirst()
                            .orElse(String.valueOf(rule.get("action"))));
            return row;
        }

        @Override
        boolean oneByOne() {
            return true;
        }

        @Override
        void check(List<Map<String, Object>> rules) throws EmqxInvalidRequestException {
            for (Map<String, Object> rule : rules) {
                check(rule);
            }
        }

        @Override
        void add(Owner owner, List<Map<String, Object>> rules) throws EmqxPlatformException {
            for (Map<String, Object> rule : rules) {
                Map<String, Object> row = new LinkedHashMap<>(owner.fields());
                row.put("topic", rule.get("topic"));
                row.put("action", ACTIONS.get(String.valueOf(rule.get("action"))));
                row.put("access", rule.get("permission"));
                step("add-rule", Map.of(), row);
            }
        }

        /** What generation 5 tells of a rule without conditions can be said; a condition cannot. */
        private void check(Map<String, Object> rule) throws EmqxInvalidRequestException {
            boolean anyQos = rule.get("qos") == null
                    || (rule.get("qos") instanceof List<?> levels && levels.containsAll(List.of(0, 1, 2)));
            boolean anyRetain = rule.get("retain") == null || rule.get("retain").equals("all");
            if (!anyQos || !anyRetain) {
                throw invalid("generation v4 cannot express " + (anyQos ? "retain" : "qos") + " of a rule");
            }
        }

        @Override
        void replace(Owner owner, List<Map<String, Object>> rules) throws EmqxPlatformException {
            check(rules);
            try {
                remove(owner);
            } catch (EmqxNotFoundException nothingToReplace) {
                // as generation 5, which sets the rules of a user it does not know (recording v5 151)
            }
            add(owner, rules);
        }

        @Override
        void remove(Owner owner) throws EmqxPlatformException {
            Set<String> topics = new LinkedHashSet<>();
            of(owner).forEach(rule -> topics.add(String.valueOf(rule.get("topic"))));
            for (String topic : topics) {
                removeTopic(owner, topic);
            }
        }

        @Override
        void remove(Owner owner, String topic) throws EmqxPlatformException {
            // the broker answers success for any topic (recording v4 311)
            if (of(owner).stream().noneMatch(rule -> topic.equals(rule.get("topic")))) {
                throw notFound(owner);
            }
            removeTopic(owner, topic);
        }

        private void removeTopic(Owner owner, String topic) throws EmqxPlatformException {
            Map<String, Object> values = new LinkedHashMap<>(owner.fields());
            values.put("topic", topic);
            step("remove-rule-" + owner.scope(), values, null);
        }
    }
}
