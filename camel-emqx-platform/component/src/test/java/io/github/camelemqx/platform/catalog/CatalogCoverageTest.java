/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The catalogue holds the whole API: compared with the checked-in lists of every method and path of EMQX 5.8.9, EMQX 4.4
 * and the Platform API, nothing is missing and nothing is invented.
 */
class CatalogCoverageTest {

    /** Real, but in no list: each with where it comes from. */
    private static final Map<String, String> UNLISTED = Map.of(
            "PUT /clients/{clientid}/keepalive", "recordings v5 74, 75",
            "GET {path}", "api:request");

    /** What travels otherwise than as a parameter of that name. */
    private static final Set<String> TRAVELS_OTHERWISE = Set.of(
            // of listings: the client itself asks for pages
            "page",
            "limit",
            // files: the form's part, or rows instead of a file
            "POST /plugins/install plugin",
            "POST /relup/package/upload plugin",
            "POST /authentication/{id}/import_users filename",
            // the id tells it
            "PUT /gateways/{name}/listeners/{id} name",
            // topic-metrics:reset says it by its name
            "PUT /mqtt/topic_metrics action");

    private static final Pattern FIELD = Pattern.compile("([a-z0-9_]+)\\*?:");

    private final Catalog catalog = Catalog.load();

    /** A row of a list. */
    private record Listed(String method, String path, String query, String body) {

        Pattern pattern() {
            String literal = Stream.of(path.split("(?=\\{)|(?<=})"))
                    .map(part -> part.startsWith("{") ? "[^/]+" : Pattern.quote(part))
                    .collect(Collectors.joining());
            return Pattern.compile(literal);
        }

        boolean is(Route route) {
            // a route may bring a pair of the query with its path
            String path = route.path().replaceFirst("\\?.*", "");
            return method.equals(route.method()) && pattern().matcher(path).matches();
        }

        String name() {
            return method + " " + path;
        }
    }

    private record Catalogued(Operation operation, Route route) {}

    @ParameterizedTest
    @EnumSource(Generation.class)
    void everyListedRowIsCalledByAnOperation(Generation generation) {
        List<Catalogued> routes = routes(generation);
        Set<String> missing = new TreeSet<>();
        for (Listed row : listed(generation)) {
            if (routes.stream().noneMatch(catalogued -> row.is(catalogued.route()))) {
                missing.add(row.name());
            }
        }
        assertThat(missing).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Generation.class)
    void noOperationCallsWhatIsNotListed(Generation generation) {
        List<Listed> rows = listed(generation);
        Set<String> invented = new TreeSet<>();
        for (Catalogued catalogued : routes(generation)) {
            Route route = catalogued.route();
            String name = route.method() + " " + route.path();
            if (rows.stream().noneMatch(row -> row.is(route)) && !UNLISTED.containsKey(name)) {
                invented.add(catalogued.operation().fullName() + ": " + name);
            }
        }
        assertThat(invented).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Generation.class)
    void theListsAreWhole(Generation generation) {
        assertThat(listed(generation))
                .hasSize(
                        switch (generation) {
                            case V4 -> 165;
                            case V5 -> 293;
                            case PLATFORM -> 10;
                        });
    }

    @Test
    void everyParameterOfGeneration5IsThere() {
        List<Catalogued> routes = routes(Generation.V5);
        Set<String> missing = new TreeSet<>();
        for (Listed row : listed(Generation.V5)) {
            List<Operation> operations = routes.stream()
                    .filter(catalogued -> row.is(catalogued.route()) && !isListedLiterally(catalogued.route(), row))
                    .map(Catalogued::operation)
                    .filter(operation -> operation.input() != Input.JSON)
                    .toList();
            for (Operation operation : operations) {
                for (String field : fields(row)) {
                    boolean there = operation.parameters().stream()
                            .flatMap(parameter -> parameter.place(Generation.V5).stream())
                            .anyMatch(place -> place.name().equals(field));
                    if (!there
                            && !TRAVELS_OTHERWISE.contains(field)
                            && !TRAVELS_OTHERWISE.contains(row.name() + " " + field)) {
                        missing.add(operation.fullName() + " " + field + " (" + row.name() + ")");
                    }
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    /** {@code /authentication/order} is no {@code /authentication/{id}}. */
    private static boolean isListedLiterally(Route route, Listed but) {
        return listed(Generation.V5).stream()
                .anyMatch(other -> !other.equals(but)
                        && other.method().equals(route.method())
                        && other.path().equals(route.path()));
    }

    private static Set<String> fields(Listed row) {
        Set<String> fields = new LinkedHashSet<>();
        for (String text : List.of(row.query(), row.body())) {
            Matcher matcher = FIELD.matcher(text);
            while (matcher.find()) {
                fields.add(matcher.group(1));
            }
        }
        return fields;
    }

    private List<Catalogued> routes(Generation generation) {
        List<Catalogued> routes = new ArrayList<>();
        catalog.resources().forEach(resource -> resource.operations().values().forEach(operation -> {
            Stream.concat(Stream.of(operation), operation.steps().values().stream())
                    .forEach(called -> called.routes()
                            .getOrDefault(generation, List.of())
                            .forEach(route -> routes.add(new Catalogued(called, route))));
        }));
        return routes;
    }

    /** Columns: method, path, answers, query, body. */
    private static List<Listed> listed(Generation generation) {
        String file = "operations-" + generation.label() + ".tsv";
        try (InputStream stream = Objects.requireNonNull(CatalogCoverageTest.class.getResourceAsStream(file), file)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .map(line -> line.split("\t", -1))
                    .map(cells -> new Listed(
                            cells[0], cells[1], cells.length > 3 ? cells[3] : "", cells.length > 4 ? cells[4] : ""))
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException(file, e);
        }
    }
}
