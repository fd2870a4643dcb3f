/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.docs;

import io.github.camelemqx.platform.catalog.Operation;
import io.github.camelemqx.platform.catalog.Parameter;
import java.util.Optional;

/** The first version of a broker that has something, empty where it is not known or has always been there. */
final class Since {

    private Since() {}

    static Optional<String> of(Operation operation) {
        return Optional.ofNullable(operation.since());
    }

    static Optional<String> of(Parameter parameter) {
        return Optional.ofNullable(parameter.since());
    }
}
