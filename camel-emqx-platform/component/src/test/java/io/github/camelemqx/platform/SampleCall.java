/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import io.github.camelemqx.platform.catalog.Codec;
import io.github.camelemqx.platform.catalog.Generation;
import io.github.camelemqx.platform.catalog.Input;
import io.github.camelemqx.platform.catalog.Operation;
import io.github.camelemqx.platform.catalog.Parameter;
import io.github.camelemqx.platform.catalog.Place;
import io.github.camelemqx.platform.catalog.Route;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A call of an operation by one of its routes with a value for every parameter that can travel on it, and what of it must
 * arrive. Reads the catalogue, but shares no code with the client.
 *
 * @param operation what is called
 * @param generation by which API
 * @param route the way that must be taken
 */
record SampleCall(Operation operation, Generation generation, Route route) {

    /** A segment with everything that tempts an encoder. */
    private static final String ODD = "a/b %2F+ü?#";

    private static final String TIME = "2026-11-23T10:00:00Z";

    /** The values by the names of the vocabulary, those of the path and the query apart from those of the body. */
    Map<String, Object> values(boolean ofBody) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (Parameter parameter : operation.parameters()) {
            Optional<Place> place = parameter.place(generation);
            if (place.isEmpty() || ofBody != inBody(place.get())) {
                continue;
            }
            switch (place.get().kind()) {
                case PATH, PATH_AND_BODY -> {
                    if (route.placeholders().contains(parameter.name())) {
                        values.put(parameter.name(), sample(parameter));
                    }
                }
                case LOCAL -> {
                    String wanted = route.when().get(parameter.name());
                    if (wanted != null) {
                        values.put(parameter.name(), wanted);
                    } else if (place.get().only() != null) {
                        values.put(parameter.name(), place.get().only());
                    }
                }
                default -> values.put(parameter.name(), sample(parameter));
            }
        }
        return values;
    }

    private static boolean inBody(Place place) {
        return place.kind() == Place.Kind.BODY;
    }

    private static Object sample(Parameter parameter) {
        String allowed = parameter.allowed().isEmpty()
                ? null
                : parameter.allowed().get(parameter.allowed().size() - 1);
        return switch (parameter.type()) {
            case STRING -> allowed != null ? allowed : ODD;
            case INTEGER, NUMBER -> parameter.max() != null ? parameter.max() : 7L;
            case BOOLEAN -> false;
            case TIME -> TIME;
            case TIME_OR_INFINITY -> Codec.INFINITY;
            case OBJECT -> Map.of("inner", "value");
            case ANY -> "anything";
        };
    }

    /** The path that must arrive, percent-encoded. */
    String path() {
        String path = route.path().replaceFirst("\\?.*", "");
        for (String name : route.placeholders()) {
            String value = String.valueOf(values(false).get(name));
            path = path.replace("{" + name + "}", segment(value, generation));
        }
        return path;
    }

    private static String segment(String value, Generation generation) {
        String encoded = URLEncoder.encode(value, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%40", "@");
        return generation == Generation.V4 ? encoded.replace("%3A", ":") : encoded;
    }

    /** The pairs that must be in the query, by the API's own names. */
    Map<String, String> query() {
        Map<String, String> query = new LinkedHashMap<>();
        places(Place.Kind.QUERY).forEach((name, value) -> query.put(name, value.toString()));
        places(Place.Kind.QUERY_LIST).forEach((name, value) -> query.put(name, value.toString()));
        return query;
    }

    /** The fields that must be in the body or in its one row, by the API's own names. */
    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>(places(Place.Kind.BODY));
        fields.putAll(places(Place.Kind.PATH_AND_BODY));
        if (operation.input() == Input.ROWS
                && route.batch() != null
                && route.batch().items() != null) {
            return Map.of();
        }
        fields.putAll(route.constants());
        return fields;
    }

    private Map<String, Object> places(Place.Kind kind) {
        Map<String, Object> places = new LinkedHashMap<>();
        for (Parameter parameter : operation.parameters()) {
            parameter
                    .place(generation)
                    .filter(place -> place.kind() == kind)
                    .ifPresent(place -> places.put(
                            route.renamed().getOrDefault(parameter.name(), place.name()), sent(parameter, place)));
        }
        return places;
    }

    private static Object sent(Parameter parameter, Place place) {
        Object value =
                place.codec() == Codec.AS_IS ? sample(parameter) : place.codec().encode(sample(parameter));
        return parameter.multi() && place.kind() == Place.Kind.BODY ? List.of(value) : value;
    }

    @Override
    public String toString() {
        return operation.fullName() + " " + route.method() + " " + route.path();
    }
}
