/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.client;

import io.github.camelemqx.platform.catalog.Operation;
import io.github.camelemqx.platform.client.AccessTable.Owner;
import io.github.camelemqx.platform.exception.EmqxPartialFailureException;
import io.github.camelemqx.platform.exception.EmqxPlatformException;
import io.github.camelemqx.platform.exception.FailureDetails;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The operations of {@code acl}: no single call of either generation does them on flat rows. */
final class AccessRules {

    private final Operation operation;
    private final AccessTable table;

    AccessRules(Operation operation, AccessTable table) {
        this.operation = operation;
        this.table = table;
    }

    /** Carries out any of the operations but {@code create}. */
    CallResult call(Arguments arguments) throws EmqxPlatformException {
        Map<String, Object> values = arguments.values();
        return switch (operation.name()) {
            case "list" -> {
                Map<String, Object> filters = new LinkedHashMap<>(values);
                filters.remove("scope");
                yield result(table.list(scope(values), filters));
            }
            case "get" -> result(table.of(owner(values)));
            case "delete" -> {
                if (values.get("topic") instanceof String topic) {
                    table.remove(owner(values), topic);
                } else {
                    table.remove(owner(values));
                }
                yield result(null);
            }
            case "update" -> {
                table.replace(oneOwner(arguments), arguments.rows());
                yield result(null);
            }
            default -> throw new IllegalStateException(operation.fullName() + " is not composed here");
        };
    }

    /** Rules that travel together. */
    private record Part(Owner owner, List<Integer> indexes) {}

    /**
     * Adds rules owner by owner; what fails for one owner says nothing of the others, but a broker that is down is not
     * asked again and again.
     */
    CallResult create(Arguments arguments, boolean failOnPartialFailure) throws EmqxPlatformException {
        List<Map<String, Object>> rows = arguments.rows();
        table.check(rows);
        Map<Integer, Map<String, Object>> outcomes = new TreeMap<>();
        EmqxPlatformException first = null;
        EmqxPlatformException broken = null;
        for (Part part : parts(rows)) {
            EmqxPlatformException failure = broken;
            if (broken == null) {
                try {
                    table.add(
                            part.owner(), part.indexes().stream().map(rows::get).toList());
                } catch (EmqxPlatformException e) {
                    failure = e;
                    first = first == null ? e : first;
                    broken = BulkCall.aboutItems(e) ? null : e;
                }
            }
            for (int index : part.indexes()) {
                outcomes.put(index, outcome(index, part.owner(), rows.get(index), failure));
            }
        }
        List<Map<String, Object>> all = List.copyOf(outcomes.values());
        if (first != null && all.stream().noneMatch(AccessRules::succeeded)) {
            throw first;
        }
        if (first != null && failOnPartialFailure) {
            throw new EmqxPartialFailureException(
                    new FailureDetails(
                            operation.fullName(), first.httpStatus(), first.resultCode(), first.apiMessage()),
                    all.stream().filter(AccessRules::succeeded).toList(),
                    all.stream().filter(outcome -> !succeeded(outcome)).toList());
        }
        return result(all);
    }

    private List<Part> parts(List<Map<String, Object>> rows) throws EmqxPlatformException {
        List<Part> parts = new ArrayList<>();
        Map<Owner, Part> ofOwner = new LinkedHashMap<>();
        for (int index = 0; index < rows.size(); index++) {
            Owner owner = owner(rows.get(index));
            Part part = ofOwner.get(owner);
            if (part == null || table.oneByOne()) {
                part = new Part(owner, new ArrayList<>());
                ofOwner.put(owner, part);
                parts.add(part);
            }
            part.indexes().add(index);
        }
        return parts;
    }

    private static boolean succeeded(Map<String, Object> outcome) {
        return outcome.get("success").equals(true);
    }

    private static Map<String, Object> outcome(
            int index, Owner owner, Map<String, Object> rule, EmqxPlatformException failure) {
        Map<String, Object> outcome = new LinkedHashMap<>();
        outcome.put("index", index);
        outcome.put("success", failure == null);
        outcome.put("scope", owner.scope());
        outcome.putAll(owner.fields());
        outcome.put("topic", rule.get("topic"));
        if (failure != null) {
            outcome.put("code", failure.resultCode() == null ? "HTTP " + failure.httpStatus() : failure.resultCode());
            outcome.put("message", failure.apiMessage());
        }
        return outcome;
    }

    private Owner oneOwner(Arguments arguments) throws EmqxPlatformException {
        List<Owner> owners = new ArrayList<>();
        for (Map<String, Object> row : arguments.rows()) {
            Owner owner = owner(row);
            if (!owners.contains(owner)) {
                owners.add(owner);
            }
        }
        if (owners.size() != 1) {
            throw table.invalid("the rows must be of one client, of one user, or for everybody");
        }
        return owners.get(0);
    }

    private static String scope(Map<String, Object> values) {
        Object scope = values.get("scope");
        if (scope != null) {
            return scope.toString();
        }
        return values.containsKey("clientid") ? "client" : values.containsKey("username") ? "user" : "all";
    }

    private Owner owner(Map<String, Object> values) throws EmqxPlatformException {
        String scope = scope(values);
        String field = new Owner(scope, null).field();
        Object id = field == null ? null : values.get(field);
        if (field != null && id == null) {
            throw table.invalid("no value for " + field + ", which scope " + scope + " needs");
        }
        return new Owner(scope, id == null ? null : id.toString());
    }

    /** Several answers have no one status. */
    private static CallResult result(Object body) {
        return CallResult.of(body, 0, null);
    }
}
