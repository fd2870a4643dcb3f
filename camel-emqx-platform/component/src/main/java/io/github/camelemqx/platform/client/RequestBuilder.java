/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelemqx.platform.catalog.Generation;
import io.github.camelemqx.platform.catalog.Names;
import io.github.camelemqx.platform.catalog.Operation;
import io.github.camelemqx.platform.catalog.Parameter;
import io.github.camelemqx.platform.catalog.Place;
import io.github.camelemqx.platform.catalog.Route;
import io.github.camelemqx.platform.exception.EmqxInvalidRequestException;
import io.github.camelemqx.platform.exception.FailureDetails;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Makes a request of an operation and its arguments, as one generation wants it. What the generation cannot express is
 * an error, never left out.
 */
final class RequestBuilder {

    private static final Pattern RAW_PATH = Pattern.compile(
            "/(?!/)(?:[A-Za-z0-9\\-._~!$&'()*+,;=:@/]|%[0-9A-Fa-f]{2})*(?:\\?(?:[A-Za-z0-9\\-._~!$&'()*+,;=:@/?]|%[0-9A-Fa-f]{2})*)?");

    /** Steps that a server or a proxy may take: to another resource, or out of the API; some read ..; as one. */
    private static final Pattern DOTS = Pattern.compile("/(?:\\.|%2e){1,2}(?:[/?;]|$)", Pattern.CASE_INSENSITIVE);

    /** What has been found so far of a request, or of one of the rows that it carries. */
    private static final class Parts {
        private String method;
        private String fileName;
        /** In the order of the placeholders; null for a row, which has no place but in the body. */
        private final String[] path;

        /** How many values there are, most of them for the body. */
        private final int values;

        private Map<String, Object> body;
        private List<String> query = List.of();

        private Parts(String method, String[] path, int values) {
            this.method = method;
            this.path = path;
            this.values = values;
        }

        static Parts ofRequest(Route route, Arguments arguments) {
            return new Parts(
                    route.method(),
                    new String[route.placeholders().size()],
                    arguments.values().size());
        }

        static Parts ofRow(Map<String, Object> row) {
            return new Parts(null, null, row.size());
        }

        Map<String, Object> body() {
            if (body == null) {
                body = new LinkedHashMap<>(2 * values);
            }
            return body;
        }

        /** A value that this way does not want in the path is left out. */
        void path(Route route, String placeholder, String segment) {
            int place = route.placeholders().indexOf(placeholder);
            if (place >= 0) {
                path[place] = segment;
            }
        }

        void query(String pair) {
            if (query.isEmpty()) {
                query = new ArrayList<>();
            }
            query.add(pair);
        }
    }

    private final Generation generation;
    private final String basePath;
    private final ObjectMapper json;
    private final List<String> secrets;

    /**
     * @param generation the generation that is called
     * @param basePath the path of the API's base
     * @param json writes bodies
     * @param secrets that every answer may quote
     */
    RequestBuilder(Generation generation, String basePath, ObjectMapper json, List<String> secrets) {
        this.generation = generation;
        this.basePath = basePath;
        this.json = json;
        this.secrets = secrets;
    }

    /** The way that the generation takes for these values. */
    Route route(Operation operation, Arguments arguments) throws EmqxInvalidRequestException {
        List<Route> routes = operation.routes().get(generation);
        if (routes == null) {
            throw invalid(operation, generation.words() + " does not have this operation");
        }
        for (Route route : routes) {
            if (route.suits(arguments.values())) {
                return route;
            }
        }
        throw invalid(operation, "no value for " + missing(routes, arguments));
    }

    ApiRequest request(Operation operation, Route route, Arguments arguments) throws EmqxInvalidRequestException {
        for (Parameter parameter : operation.parameters()) {
            if (parameter.requiredOn().contains(generation)
                    && !arguments.values().containsKey(parameter.name())) {
                throw invalid(
                        operation, "no value for " + parameter.name() + ", which " + generation.words() + " needs");
            }
        }
        Parts parts = Parts.ofRequest(route, arguments);
        for (Map.Entry<String, Object> argument : arguments.values().entrySet()) {
            place(operation, route, argument.getKey(), argument.getValue(), parts);
        }
        String target = route.filled(basePath, parts.path);
        if (!parts.query.isEmpty()) {
            target += (target.contains("?") ? "&" : "?") + String.join("&", parts.query);
        }
        return new ApiRequest(
                operation.fullName(),
                parts.method,
                target,
                accept(operation),
                body(operation, route, parts, arguments),
                () -> secrets(operation, arguments));
    }

    private List<String> secrets(Operation operation, Arguments arguments) {
        return Stream.concat(arguments.secrets(operation).stream(), secrets.stream())
                .toList();
    }

    private static String accept(Operation operation) {
        return switch (operation.result()) {
            case TEXT -> "text/plain, */*;q=0.1";
            case FILE -> "*/*";
            case NOTHING, OBJECT, LIST, PAGE, ANY, OUTCOMES, NODE_VALUES -> ApiRequest.JSON;
        };
    }

    /** What the request carries, null for nothing. */
    private RequestBody body(Operation operation, Route route, Parts parts, Arguments arguments)
            throws EmqxInvalidRequestException {
        return switch (operation.input()) {
            case NONE -> null;
            case ROW, PAYLOAD -> json(operation, completed(route, parts.body()));
            case ROWS -> json(operation, rows(operation, route, arguments));
            case JSON -> arguments.body() == null ? null : json(operation, arguments.body());
            case TEXT -> new RequestBody.Text((String) arguments.body());
            case FILE -> file(operation, route, parts.fileName, (Upload) arguments.body());
        };
    }

    private List<Object> rows(Operation operation, Route route, Arguments arguments)
            throws EmqxInvalidRequestException {
        List<Object> rows = new ArrayList<>(arguments.rows().size());
        for (Map<String, Object> row : arguments.rows()) {
            if (route.batch() != null && route.batch().items() != null) {
                rows.add(row.get(route.batch().items()));
                continue;
            }
            Parts parts = Parts.ofRow(row);
            for (Map.Entry<String, Object> field : row.entrySet()) {
                place(operation, route, field.getKey(), field.getValue(), parts);
            }
            rows.add(completed(route, parts.body()));
        }
        return rows;
    }

    private RequestBody file(Operation operation, Route route, String fileName, Upload upload)
            throws EmqxInvalidRequestException {
        String given = fileName == null ? upload.name() : fileName;
        String plain = given == null ? null : Upload.plain(given);
        if (plain == null) {
            List<String> ways = new ArrayList<>(operation.parameters().stream()
                    .filter(parameter -> parameter.at(Place.Kind.FILE_NAME))
                    .map(parameter -> "parameter " + parameter.name())
                    .toList());
            ways.add("header CamelFileName");
            throw invalid(operation, "no name for the file: give it as " + String.join(", ", ways));
        }
        return route.part() == null
                ? json(operation, embedded(operation, route, plain, upload))
                : new RequestBody.Form(route.part(), plain, upload.content());
    }

    /** A file as text in a field of JSON, which generation 4 wants. */
    private Map<String, Object> embedded(Operation operation, Route route, String fileName, Upload upload)
            throws EmqxInvalidRequestException {
        Map<String, Object> body = new LinkedHashMap<>();
        operation.parameters().stream()
                .flatMap(parameter -> parameter.place(generation).stream())
                .filter(place -> place.kind() == Place.Kind.FILE_NAME)
                .forEach(place -> body.put(place.name(), fileName));
        try (InputStream content = new BoundedBody(upload.content().open(), HttpTransport.LARGEST_ANSWER)) {
            body.put(
                    route.field(),
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(content.readAllBytes()))
                            .toString());
        } catch (CharacterCodingException e) {
            throw new EmqxInvalidRequestException(
                    FailureDetails.withoutAnswer(
                            operation.fullName(), generation.words() + " takes a file of text only, and this is none"),
                    e);
        } catch (BoundedBody.TooLarge e) {
            throw new EmqxInvalidRequestException(
                    FailureDetails.withoutAnswer(
                            operation.fullName(), "the file is larger than " + HttpTransport.LARGEST_ANSWER + " bytes"),
                    e);
        } catch (IOException e) {
            throw new EmqxInvalidRequestException(
                    FailureDetails.withoutAnswer(operation.fullName(), "the file cannot be read: " + e.getMessage()),
                    e);
        }
        return body;
    }

    private RequestBody json(Operation operation, Object body) throws EmqxInvalidRequestException {
        try {
            return new RequestBody.Json(json.writeValueAsBytes(body));
        } catch (JsonProcessingException e) {
            throw new EmqxInvalidRequestException(
                    FailureDetails.withoutAnswer(
                            operation.fullName(), "the body cannot be written as JSON: " + e.getOriginalMessage()),
                    e);
        }
    }

    /** With the fields that the route always sends. */
    private static Map<String, Object> completed(Route route, Map<String, Object> fields) {
        Map<String, Object> body = fields;
        if (!route.defaults().isEmpty()) {
            body = new LinkedHashMap<>(route.defaults());
            body.putAll(fields);
        }
        body.putAll(route.constants());
        return body;
    }

    private void place(Operation operation, Route route, String name, Object value, Parts parts)
            throws EmqxInvalidRequestException {
        Optional<Parameter> known = operation.parameter(name);
        if (known.isEmpty() && operation.open()) {
            if (parts.body().containsKey(name)) {
                throw invalid(operation, "field " + name + " is there already, given by a parameter");
            }
            parts.body().put(name, value);
            return;
        }
        Parameter parameter =
                known.orElseThrow(() -> new IllegalStateException(operation.fullName() + " has no parameter " + name));
        Place place = parameter
                .place(generation)
                .orElseThrow(() -> invalid(
                        operation,
                        generation.words() + " has no parameter " + name + "; it has: "
                                + Names.nearestFirst(name, operation.parameterNames(generation))));
        if (place.only() != null && !place.only().equals(String.valueOf(value))) {
            throw invalid(operation, generation.words() + " cannot express " + name + " other than " + place.only());
        }
        String theirs = route.renamed().getOrDefault(name, place.name());
        switch (place.kind()) {
            case PATH -> parts.path(route, theirs, segment(operation, name, value));
            case BODY -> parts.body().put(theirs, field(parameter, place, value));
            case PATH_AND_BODY -> {
                parts.path(route, theirs, segment(operation, name, value));
                parts.body().put(theirs, field(parameter, place, value));
            }
            case FILE_NAME -> parts.fileName = value.toString();
            case QUERY -> {
                for (Object one : several(operation, parameter, value)) {
                    parts.query(theirs + "="
                            + pair(operation, name, String.valueOf(place.codec().encode(one))));
                }
            }
            case QUERY_LIST -> {
                Collection<?> values = value instanceof Collection<?> several ? several : List.of(value);
                String joined =
                        String.join(",", values.stream().map(String::valueOf).toList());
                parts.query(theirs + "=" + pair(operation, name, joined));
            }
            case METHOD -> parts.method = value.toString();
            case RAW_PATH -> parts.path(route, theirs, rawPath(operation, value.toString()));
            case LOCAL -> {}
        }
    }

    private static Object field(Parameter parameter, Place place, Object value) {
        if (!parameter.multi()) {
            return place.codec().encode(value);
        }
        Collection<?> values = value instanceof Collection<?> several ? several : List.of(value);
        return values.stream().map(place.codec()::encode).toList();
    }

    /** Several values of one name in a query: generation 4 reads only one of them. */
    private Collection<?> several(Operation operation, Parameter parameter, Object value)
            throws EmqxInvalidRequestException {
        if (!(value instanceof Collection<?> values)) {
            return List.of(value);
        }
        if (generation == Generation.V4 && values.size() > 1) {
            throw invalid(operation, generation.words() + " takes one " + parameter.name() + ", not " + values.size());
        }
        return values;
    }

    /** A path below the API's base stays below it. */
    private static String rawPath(Operation operation, String path) throws EmqxInvalidRequestException {
        boolean below = RAW_PATH.matcher(path).matches() && !DOTS.matcher(path).find();
        if (!below) {
            throw invalid(
                    operation,
                    "parameter path must be a path below the API's base, percent-encoded, such as /clients?limit=10, not '"
                            + path + "'");
        }
        return path;
    }

    private String segment(Operation operation, String name, Object value) throws EmqxInvalidRequestException {
        return encoded(
                operation,
                name,
                () -> PercentEncoding.segment(value.toString(), generation == Generation.V4 ? "@:" : "@"));
    }

    private static String pair(Operation operation, String name, String value) throws EmqxInvalidRequestException {
        return encoded(operation, name, () -> PercentEncoding.query(value));
    }

    private static String encoded(Operation operation, String name, Supplier<String> encoding)
            throws EmqxInvalidRequestException {
        try {
            return encoding.get();
        } catch (IllegalArgumentException e) {
            throw new EmqxInvalidRequestException(
                    FailureDetails.withoutAnswer(operation.fullName(), "parameter " + name + " " + e.getMessage()), e);
        }
    }

    private static String missing(List<Route> routes, Arguments arguments) {
        List<String> names = new ArrayList<>(routes.get(routes.size() - 1).placeholders());
        names.removeAll(arguments.values().keySet());
        return String.join(", ", names);
    }

    private static EmqxInvalidRequestException invalid(Operation operation, String message) {
        return new EmqxInvalidRequestException(FailureDetails.withoutAnswer(operation.fullName(), message), null);
    }
}
