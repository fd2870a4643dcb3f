/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.catalog;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads the data files of the catalogue: {@code index.txt} names one JSON file a resource, {@code rows.json} has the
 * rows, {@code result-codes.tsv} the codes. Without reflection, so that a native image needs nothing but the files.
 */
final class CatalogReader {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^}]+)}");

    private static final TypeReference<Map<String, Object>> FIELDS = new TypeReference<>() {};

    /** What every listing in pages takes; the client knows how each generation calls it. */
    private static final List<Parameter> PAGING = List.of(
            paging("page", "Only this page, counted from 1."),
            paging("limit", "The most rows of a page; the option pageSize unless given."));

    private final ObjectMapper json = new ObjectMapper();
    private final String folder;

    /** @param folder of the resources, below this class's or from the root; rows and result codes are the shipped ones */
    CatalogReader(String folder) {
        this.folder = folder;
    }

    Catalog read() {
        Map<String, RowVocabulary> rows = new LinkedHashMap<>();
        entries(tree("rows.json")).forEach((name, row) -> rows.put(name, row(name, row)));
        List<Resource> resources = lines(folder + "index.txt").stream()
                .filter(name -> !name.isBlank())
                .map(name -> resource(tree(folder + name + ".json"), rows))
                .toList();
        return new Catalog(resources, ResultCodes.parse(lines("result-codes.tsv")));
    }

    private static RowVocabulary row(String name, JsonNode row) {
        Map<Generation, Map<String, RowVocabulary.FieldRule>> rules = new EnumMap<>(Generation.class);
        for (Generation generation : Generation.values()) {
            Map<String, RowVocabulary.FieldRule> byField = new LinkedHashMap<>();
            entries(row.path(generation.label())).forEach((field, rule) -> {
                Place place = Place.parse(field, "body:" + rule.asText());
                byField.put(field, new RowVocabulary.FieldRule(place.name(), place.codec()));
            });
            rules.put(generation, byField);
        }
        Map<String, String> whileNull = new LinkedHashMap<>();
        entries(row.path("true-while-null")).forEach((flag, field) -> whileNull.put(flag, field.asText()));
        return new RowVocabulary(name, texts(row.path("identity")), rules, whileNull);
    }

    private Resource resource(JsonNode node, Map<String, RowVocabulary> rows) {
        String name = node.required("resource").asText();
        Map<String, Operation> operations = new LinkedHashMap<>();
        Map<String, Operation> steps = new LinkedHashMap<>();
        node.path("steps").forEach(step -> {
            Operation read = operation(name, step, rows, Map.of());
            steps.put(read.name(), read);
        });
        node.required("operations").forEach(operation -> {
            Operation read = operation(name, operation, rows, steps);
            operations.put(read.name(), read);
        });
        return new Resource(
                name,
                node.required("description").asText(),
                Collections.unmodifiableMap(operations),
                Optional.ofNullable(node.get("watch")).map(this::watchable));
    }

    private Watchable watchable(JsonNode node) {
        return new Watchable(
                Names.constant(Watchable.Kind.class, node.required("kind").asText()),
                node.required("listing").asText(),
                node.path("confirmation").asText(null),
                texts(node.path("key")),
                texts(node.path("structure")),
                texts(node.path("fields")),
                node.path("node").asText(null),
                node.path("by-node").asText(null),
                node.path("several").asText(null),
                texts(node.path("ids")),
                values(node.path("filters")),
                node.has("delay") ? Duration.parse(node.get("delay").asText()) : null);
    }

    private Operation operation(
            String resource, JsonNode node, Map<String, RowVocabulary> rows, Map<String, Operation> steps) {
        String name = node.required("name").asText();
        String row = node.path("row").asText(null);
        if (row != null && !rows.containsKey(row)) {
            throw new IllegalStateException(resource + ":" + name + " names the row " + row + ", which is not there");
        }
        Map<Generation, List<Route>> routes = new EnumMap<>(Generation.class);
        for (Generation generation : Generation.values()) {
            List<Route> ways = new ArrayList<>();
            node.path(generation.label()).forEach(way -> ways.add(route(way)));
            if (!ways.isEmpty()) {
                routes.put(generation, List.copyOf(ways));
            }
        }
        boolean composed = node.path("composed").asBoolean();
        if (composed) {
            for (Generation generation : Generation.BROKERS) {
                routes.put(generation, List.of());
            }
        }
        List<Parameter> parameters = new ArrayList<>();
        node.path("parameters").forEach(parameter -> parameters.add(parameter(parameter)));
        ResultShape result =
                Names.constant(ResultShape.class, node.required("result").asText());
        if (result == ResultShape.PAGE) {
            parameters.addAll(PAGING);
        }
        return new Operation(
                resource,
                name,
                resource + ":" + name,
                node.required("description").asText(),
                node.path("since").asText(null),
                Names.constant(Effect.class, node.required("effect").asText()),
                Names.constant(Input.class, node.path("input").asText("none")),
                result,
                row == null ? null : rows.get(row),
                node.path("open").asBoolean(),
                Names.constant(FailureKind.class, node.path("absent").asText("not-found")),
                List.copyOf(parameters),
                routes,
                composed ? steps : Map.of(),
                node.has("limit") ? limit(node.get("limit")) : null,
                node.has("wait") ? waitable(node.get("wait")) : null,
                Set.copyOf(texts(node.path("shared"))));
    }

    private static CallLimit limit(JsonNode node) {
        return new CallLimit(
                node.required("calls").asInt(),
                Duration.ofMinutes(node.required("minutes").asLong()));
    }

    private static Waitable waitable(JsonNode node) {
        return new Waitable(
                node.required("look").asText(),
                node.required("field").asText(),
                texts(node.required("for")),
                texts(node.path("failed")));
    }

    private Route route(JsonNode node) {
        Map<String, String> when = new LinkedHashMap<>();
        entries(node.path("when")).forEach((name, value) -> when.put(name, value.asText()));
        Map<String, String> renamed = new LinkedHashMap<>();
        entries(node.path("renamed")).forEach((name, value) -> renamed.put(name, value.asText()));
        String path = node.required("path").asText();
        return new Route(
                node.required("method").asText(),
                path,
                PLACEHOLDER.matcher(path).results().map(name -> name.group(1)).toList(),
                when,
                renamed,
                values(node.path("constants")),
                values(node.path("defaults")),
                node.path("part").asText(null),
                node.path("field").asText(null),
                answer(node),
                node.has("batch") ? batch(node.get("batch")) : null,
                node.has("cursor")
                        ? new Route.Cursor(
                                node.get("cursor").asText(), Set.copyOf(texts(node.required("cursor-filters"))))
                        : null);
    }

    private static Route.Answer answer(JsonNode node) {
        Map<String, String> with = new LinkedHashMap<>();
        entries(node.path("with")).forEach((field, parameter) -> with.put(field, parameter.asText()));
        return new Route.Answer(
                node.path("bare").asBoolean(),
                node.path("rows").asText("data"),
                node.path("expand").asText(null),
                with,
                node.path("content").asText(null),
                node.path("unpaged").asBoolean(),
                node.path("empty-is-absent").asBoolean(),
                texts(node.path("echo")));
    }

    private static Route.Batch batch(JsonNode node) {
        return new Route.Batch(
                node.required("size").asInt(),
                node.path("items").asText(null),
                node.path("group").asText(null),
                node.path("each").asText(null),
                node.path("distinct").asText(null));
    }

    private static Parameter parameter(JsonNode node) {
        String name = node.required("name").asText();
        Map<Generation, Place> places = new EnumMap<>(Generation.class);
        for (Generation generation : Generation.values()) {
            Optional.ofNullable(node.get(generation.label()))
                    .ifPresent(place -> places.put(generation, Place.parse(name, place.asText())));
        }
        return new Parameter(
                name,
                texts(node.path("aliases")),
                Names.constant(ParameterType.class, node.path("type").asText("string")),
                node.path("required").asBoolean(),
                requiredOn(node),
                node.path("multi").asBoolean(),
                texts(node.path("allowed")),
                node.has("min") ? node.get("min").asLong() : null,
                node.has("max") ? node.get("max").asLong() : null,
                node.path("secret").asBoolean(),
                places,
                node.path("since").asText(null),
                node.required("description").asText());
    }

    private static Set<Generation> requiredOn(JsonNode node) {
        return texts(node.path("required-on")).stream()
                .map(label -> Names.constant(Generation.class, label))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Parameter paging(String name, String description) {
        Place local = new Place(Place.Kind.LOCAL, name, Codec.AS_IS, null);
        return new Parameter(
                name,
                List.of(),
                ParameterType.INTEGER,
                false,
                Set.of(),
                false,
                List.of(),
                1L,
                null,
                false,
                Map.of(Generation.V4, local, Generation.V5, local),
                null,
                description);
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return List.copyOf(texts);
    }

    private Map<String, Object> values(JsonNode object) {
        return object.isMissingNode() ? Map.of() : json.convertValue(object, FIELDS);
    }

    private static Map<String, JsonNode> entries(JsonNode object) {
        Map<String, JsonNode> entries = new LinkedHashMap<>();
        object.properties().forEach(entry -> entries.put(entry.getKey(), entry.getValue()));
        return entries;
    }

    private JsonNode tree(String file) {
        try (InputStream stream = open(file)) {
            return json.readTree(stream);
        } catch (IOException e) {
            throw new UncheckedIOException("The catalogue's " + file + " cannot be read", e);
        }
    }

    private static List<String> lines(String file) {
        try (InputStream stream = open(file)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("The catalogue's " + file + " cannot be read", e);
        }
    }

    private static InputStream open(String file) throws IOException {
        InputStream stream = CatalogReader.class.getResourceAsStream(file);
        if (stream == null) {
            throw new IOException(file + " is not beside " + CatalogReader.class.getName());
        }
        return stream;
    }
}
