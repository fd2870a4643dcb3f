/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import io.github.camelemqx.platform.catalog.Generation;
import io.github.camelemqx.platform.catalog.Names;
import io.github.camelemqx.platform.catalog.Operation;
import io.github.camelemqx.platform.catalog.Parameter;
import io.github.camelemqx.platform.catalog.Place;
import io.github.camelemqx.platform.catalog.Resource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.util.URISupport;

/**
 * The options of an endpoint that are parameters of calls, and what can be said against them when a route starts.
 *
 * @param values by the names of parameters: {@code clientid} for the option {@code clientId}
 */
record CallOptions(Map<String, Object> values) {

    /** Options that are parameters under another name; all others are {@code param.NAME}. */
    private static final Map<String, String> NAMED =
            Map.of("clientid", "clientId", "username", "username", "topic", "topic", "node", "node", "id", "id");

    /** The option that gives a parameter. */
    static String optionOf(String parameter) {
        return NAMED.getOrDefault(parameter, "param." + parameter);
    }

    /**
     * The values by the names of an operation's parameters, as the API has them.
     *
     * @throws IllegalArgumentException for a parameter that the operation does not have, or of a wrong type, and for a
     *     secret that Camel would print with the endpoint's URI
     */
    Map<String, Object> checked(Operation operation) {
        Map<String, Object> checked = new LinkedHashMap<>();
        values.forEach((name, value) -> {
            Parameter parameter = operation
                    .parameter(name)
                    .orElseThrow(() -> new IllegalArgumentException(
                            unknownParameter(operation, name) + " (option " + optionOf(name) + ")"));
            if (parameter.secret() && printed(name)) {
                throw new IllegalArgumentException("Option " + optionOf(name) + " of " + operation.fullName()
                        + " would be printed with the endpoint's URI: give " + name + " as an entry of the body or of"
                        + " the header " + EmqxPlatformConstants.PARAMETERS);
            }
            checked.put(parameter.name(), parameter.checked(value));
        });
        return checked;
    }

    /**
     * Checks that the route itself says what is called.
     *
     * @throws IllegalArgumentException naming the option that is missing
     */
    void steered(Operation operation) {
        operation.parameters().stream()
                .filter(parameter ->
                        parameter.steers() && parameter.required() && !values.containsKey(parameter.name()))
                .findFirst()
                .ifPresent(parameter -> {
                    throw new IllegalArgumentException("Option " + optionOf(parameter.name()) + " of "
                            + operation.fullName() + " is missing: the route must say it, unless"
                            + " allowOperationHeader=true lets messages do so");
                });
    }

    /**
     * Checks that a generation can do what the options ask for.
     *
     * @throws IllegalArgumentException naming what it lacks, and what it has instead
     */
    void check(Resource resource, Operation operation, Generation generation) {
        if (!operation.generations().contains(generation)) {
            List<String> others = resource.operations().values().stream()
                    .filter(other -> other.generations().contains(generation))
                    .map(Operation::name)
                    .toList();
            throw new IllegalArgumentException(sentence(generation) + " has no " + operation.fullName()
                    + (others.isEmpty()
                            ? ", nor any other operation of " + resource.name()
                            : ". Its operations of " + resource.name() + " are: "
                                    + Names.nearestFirst(operation.name(), others)));
        }
        checked(operation).forEach((name, value) -> {
            Place place = operation
                    .parameter(name)
                    .flatMap(parameter -> parameter.place(generation))
                    .orElseThrow(() -> new IllegalArgumentException(sentence(generation)
                            + " has no parameter " + name + " of " + operation.fullName() + "; it has: "
                            + Names.nearestFirst(name, operation.parameterNames(generation))));
            if (place.only() != null && !place.only().equals(value.toString())) {
                throw new IllegalArgumentException(sentence(generation) + " cannot express " + name + " of "
                        + operation.fullName() + " other than " + place.only());
            }
        });
    }

    /** Whether Camel does not take an option for a secret. */
    private static boolean printed(String name) {
        String uri = "emqx-platform:x?" + optionOf(name) + "=shown";
        return URISupport.sanitizeUri(uri).equals(uri);
    }

    /** A generation where a sentence begins. */
    private static String sentence(Generation generation) {
        String words = generation.words();
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    /** What to say of a parameter that an operation does not have. */
    static String unknownParameter(Operation operation, String name) {
        List<String> names =
                operation.parameters().stream().map(Parameter::name).toList();
        return operation.fullName() + " has no parameter '" + name + "'"
                + (names.isEmpty() ? "; it has none" : "; it has: " + Names.nearestFirst(name, names));
    }

    /** The names alone: a value may be a secret. */
    @Override
    public String toString() {
        return "CallOptions" + values.keySet();
    }
}
