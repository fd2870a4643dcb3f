/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.http;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;

/** The table of what an API offers: method, path, and who answers. The first row that fits counts. */
public final class Router {

    private record Route(String method, List<String> pattern, Function<Call, Answer> handler) {

        Optional<Map<String, String>> match(List<String> segments) {
            if (segments.size() != pattern.size()) {
                return Optional.empty();
            }
            Map<String, String> variables = new TreeMap<>();
            for (int i = 0; i < pattern.size(); i++) {
                String part = pattern.get(i);
                if (part.startsWith("{")) {
                    variables.put(part.substring(1, part.length() - 1), segments.get(i));
                } else if (!part.equals(segments.get(i))) {
                    return Optional.empty();
                }
            }
            return Optional.of(variables);
        }
    }

    private final List<Route> routes = new ArrayList<>();

    /** Adds a row; {@code {name}} stands for any one segment of a path. */
    public Router on(String method, String path, Function<Call, Answer> handler) {
        routes.add(new Route(method, List.of(path.split("/")), handler));
        return this;
    }

    /** Who answers a call, if anybody does. */
    public Optional<Supplier<Answer>> find(Call call) {
        List<String> segments = call.segments();
        for (Route route : routes) {
            Optional<Map<String, String>> variables =
                    route.method().equals(call.method()) ? route.match(segments) : Optional.empty();
            if (variables.isPresent()) {
                return Optional.of(() -> route.handler().apply(call.with(variables.get())));
            }
        }
        return Optional.empty();
    }

    /** The methods that a path takes; none if there is no such path. */
    public Collection<String> methods(Call call) {
        List<String> segments = call.segments();
        Collection<String> methods = new TreeSet<>();
        routes.stream()
                .filter(route -> route.match(segments).isPresent())
                .forEach(route -> methods.add(route.method()));
        return methods;
    }
}
