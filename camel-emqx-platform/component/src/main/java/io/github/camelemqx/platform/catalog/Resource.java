/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.catalog;

import java.util.Map;
import java.util.Optional;

/**
 * A resource of the API, what the path of an endpoint names.
 *
 * @param name as in the endpoint's URI
 * @param description for people
 * @param operations by name, in the order of the documentation
 * @param watchable how it is watched, empty where it cannot be
 */
public record Resource(
        String name, String description, Map<String, Operation> operations, Optional<Watchable> watchable) {

    /** Whether it belongs to the account: the Platform API is asked for it, not a deployment. */
    public boolean ofAccount() {
        return operations.values().stream()
                .anyMatch(operation -> operation.generations().contains(Generation.PLATFORM));
    }

    /**
     * The operation of that name.
     *
     * @throws IllegalArgumentException naming the operations there are, the nearest first
     */
    public Operation operation(String operation) {
        Operation found = operations.get(operation);
        if (found == null) {
            throw new IllegalArgumentException("Resource " + name + " has no operation '" + operation
                    + "'. Its operations are: " + Names.nearestFirst(operation, operations.keySet()));
        }
        return found;
    }
}
