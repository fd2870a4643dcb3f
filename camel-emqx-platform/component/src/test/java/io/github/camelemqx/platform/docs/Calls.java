/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.docs;

import io.github.camelemqx.platform.catalog.Operation;
import io.github.camelemqx.platform.catalog.Parameter;
import io.github.camelemqx.platform.catalog.Place;
import io.github.camelemqx.platform.catalog.Route;
import java.util.ArrayList;
import java.util.List;

/** The requests behind an operation, in words. */
final class Calls {

    private Calls() {}

    /** The routes of one generation in their order, with what chooses between them. */
    static String of(Operation operation, List<Route> routes) {
        List<String> ways = new ArrayList<>();
        for (Route route : routes) {
            String request = Markdown.typed(method(operation, route) + " " + route.path());
            List<String> conditions = conditions(operation, route);
            if (conditions.isEmpty()) {
                ways.add(ways.isEmpty() ? request : "otherwise " + request);
            } else {
                ways.add(request + " with " + String.join(" and ", conditions));
            }
        }
        return String.join(", ", ways);
    }

    /** A parameter of the call may be the method. */
    private static String method(Operation operation, Route route) {
        return operation.parameters().stream()
                .filter(parameter ->
                        parameter.places().values().stream().anyMatch(place -> place.kind() == Place.Kind.METHOD))
                .findFirst()
                .map(parameter -> "{" + parameter.name() + "}")
                .orElse(route.method());
    }

    private static List<String> conditions(Operation operation, Route route) {
        List<String> conditions = new ArrayList<>();
        route.when().forEach((name, value) -> conditions.add(Markdown.typed(name + "=" + value)));
        for (String placeholder : route.placeholders()) {
            boolean always =
                    operation.parameter(placeholder).map(Parameter::required).orElse(false);
            if (!always) {
                conditions.add(Markdown.typed(placeholder));
            }
        }
        return conditions;
    }

    /** How many items of a bulk call travel together. */
    static String batch(Route.Batch batch) {
        if (batch.each() != null) {
            return "one " + Markdown.typed(batch.each()) + " for each row";
        }
        String rows = batch.items() == null ? "rows" : Markdown.typed(batch.items());
        return "up to " + batch.size() + " " + rows + " a request"
                + (batch.group() == null ? "" : ", a request for each " + Markdown.typed(batch.group()));
    }
}
