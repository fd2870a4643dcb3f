/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.docs;

import io.github.camelemqx.platform.EmqxPlatformConstants;
import io.github.camelemqx.platform.catalog.Input;
import io.github.camelemqx.platform.catalog.Operation;
import io.github.camelemqx.platform.catalog.Parameter;
import java.util.Map;
import java.util.Optional;

/** The ways to give a parameter; the component's own words for one that is missing prove them right. */
final class GivenBy {

    /** Parameters with an option and a header of their own. */
    private static final Map<String, Named> NAMED = Map.of(
            "clientid", new Named("clientId", EmqxPlatformConstants.CLIENT_ID),
            "username", new Named("username", EmqxPlatformConstants.USERNAME),
            "topic", new Named("topic", EmqxPlatformConstants.TOPIC),
            "node", new Named("node", EmqxPlatformConstants.NODE),
            "id", new Named("id", EmqxPlatformConstants.ID));

    private record Named(String option, String header) {}

    private GivenBy() {}

    /** The option, which for a secret nobody should use. */
    static String option(Parameter parameter) {
        return named(parameter).map(Named::option).orElse("param." + parameter.name());
    }

    /** All ways, as Markdown. */
    static String words(Operation operation, Parameter parameter) {
        if (operation.input() == Input.PAYLOAD && parameter.name().equals("payload")) {
            return "the body";
        }
        if (parameter.secret()) {
            return secret(operation, parameter);
        }
        String typed = "option " + Markdown.typed(option(parameter))
                + named(parameter)
                        .map(named -> " or header " + Markdown.typed(named.header()))
                        .orElse("");
        if (!Example.inBody(operation, parameter)) {
            return typed;
        }
        return operation.input() == Input.ROWS ? "row; for all rows " + typed : "body, or " + typed;
    }

    /** A secret in a URI would be seen by everybody who sees routes. */
    private static String secret(Operation operation, Parameter parameter) {
        if (Example.inBody(operation, parameter)) {
            return operation.input() == Input.ROWS ? "row" : "body";
        }
        return operation.input() == Input.NONE || operation.input() == Input.ROW
                ? "entry of a Map body"
                : "entry of header " + Markdown.typed(EmqxPlatformConstants.PARAMETERS);
    }

    private static Optional<Named> named(Parameter parameter) {
        return parameter.names().filter(NAMED::containsKey).findFirst().map(NAMED::get);
    }
}
