/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.catalog;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * An operation of a resource: what a route may call by name.
 *
 * @param resource the name of its resource
 * @param name in the resource
 * @param fullName {@code clients:kick}: how messages and failures name it
 * @param description for people
 * @param since the first version of generation 5 that has it, null where that is not known or it always did
 * @param effect whether it may be repeated
 * @param input what it takes from the message's body
 * @param result what the message's body becomes
 * @param row the kind of row that goes in or comes out, null where the broker's fields pass unchanged
 * @param open whether fields of a row that are no parameters pass to the API unchanged
 * @param absent the kind of failure that an empty answer stands for where an object was asked for
 * @param parameters in the order of the documentation
 * @param routes the ways of each generation, the first that suits is taken; a generation that is missing lacks the
 *     operation
 * @param steps for an operation that no single call of either generation carries out: the calls that it is composed of, by
 *     name; empty for others
 * @param limit how often the API allows it, null where no limit of its own is documented
 * @param waitable what comes of it after a while, null where its answer is all
 * @param shared numbers that every node tells of the whole cluster, not of itself: they are not summed
 */
public record Operation(
        String resource,
        String name,
        String fullName,
        String description,
        String since,
        Effect effect,
        Input input,
        ResultShape result,
        RowVocabulary row,
        boolean open,
        FailureKind absent,
        List<Parameter> parameters,
        Map<Generation, List<Route>> routes,
        Map<String, Operation> steps,
        CallLimit limit,
        Waitable waitable,
        Set<String> shared) {

    /** Whether it is carried out in steps. */
    public boolean composed() {
        return !steps.isEmpty();
    }

    /** Whether the rows that it takes are the body of one request, and not the items of a bulk call. */
    public boolean takesRowsTogether() {
        return input == Input.ROWS && !composed() && !inBatches();
    }

    /** Whether a parameter is of each row that it takes, and not of the call. */
    public boolean ofItem(Parameter parameter) {
        return parameter.at(Place::inBody)
                || allRoutes()
                        .filter(route -> route.batch() != null)
                        .anyMatch(route -> parameter.name().equals(route.batch().group())
                                || (route.batch().each() != null
                                        && route.placeholders().contains(parameter.name())));
    }

    private boolean inBatches() {
        return allRoutes().anyMatch(route -> route.batch() != null);
    }

    private Stream<Route> allRoutes() {
        return routes.values().stream().flatMap(List::stream);
    }

    /** The generations that have it. */
    public Set<Generation> generations() {
        return routes.keySet();
    }

    /** The parameter of that name or alias. */
    public Optional<Parameter> parameter(String nameOrAlias) {
        for (Parameter parameter : parameters) {
            if (parameter.name().equals(nameOrAlias)) {
                return Optional.of(parameter);
            }
        }
        for (Parameter parameter : parameters) {
            if (parameter.aliases().contains(nameOrAlias)) {
                return Optional.of(parameter);
            }
        }
        return Optional.empty();
    }

    /** The names of the parameters that a generation can express. */
    public Set<String> parameterNames(Generation generation) {
        Set<String> names = new LinkedHashSet<>();
        parameters.stream()
                .filter(parameter -> parameter.place(generation).isPresent())
                .forEach(parameter -> names.add(parameter.name()));
        return names;
    }

    /** The parameter of a bulk call that an item may consist of alone, such as the client id of a client to kick. */
    public Optional<Parameter> itemParameter() {
        return routes.values().stream()
                .flatMap(List::stream)
                .filter(route -> route.batch() != null && route.batch().items() != null)
                .findFirst()
                .flatMap(route -> parameter(route.batch().items()));
    }
}
