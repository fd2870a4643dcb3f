/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelemqx.platform.catalog.Input;
import io.github.camelemqx.platform.catalog.Operation;
import io.github.camelemqx.platform.catalog.Parameter;
import io.github.camelemqx.platform.client.Arguments;
import io.github.camelemqx.platform.client.Upload;
import io.github.camelemqx.platform.exception.EmqxInvalidRequestException;
import io.github.camelemqx.platform.exception.FailureDetails;
import io.github.camelemqx.platform.model.MetricChange;
import io.github.camelemqx.platform.model.ResourceChange;
import io.github.camelemqx.platform.model.Row;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * Finds the values of a call in a message: a header first, then the endpoint's options, then entries of a Map body; and
 * the rows or the payload in the body. Whatever is wrong with them is said before anything is sent.
 */
final class MessageArguments {

    private static final Map<String, String> HEADERS = Map.of(
            "clientid", EmqxPlatformConstants.CLIENT_ID,
            "username", EmqxPlatformConstants.USERNAME,
            "topic", EmqxPlatformConstants.TOPIC,
            "node", EmqxPlatformConstants.NODE,
            "id", EmqxPlatformConstants.ID);

    /**
     * Where a value is looked for.
     *
     * @param parameter what it is of
     * @param headers in which a message may have it
     * @param names that an entry of a Map may have
     * @param option what the endpoint says, null for nothing
     * @param checked whether the option is as the API has it; one that is wrong is for each call to say so
     * @param fixed whether the endpoint alone decides
     * @param ofItem whether it is of each row, where the operation takes rows
     */
    private record Source(
            Parameter parameter,
            List<String> headers,
            List<String> names,
            Object option,
            boolean checked,
            boolean fixed,
            boolean ofItem) {

        /** An option may be a secret. */
        @Override
        public String toString() {
            return "Source[option=" + (option != null) + ", checked=" + checked + ", fixed=" + fixed + ", ofItem="
                    + ofItem + "]";
        }
    }

    private final Map<String, Object> options;
    private final boolean steerable;
    private final ObjectMapper json;
    /** By the name of the operation: all are of one resource. */
    private final Map<String, List<Source>> sources = new ConcurrentHashMap<>();

    /**
     * @param options of the endpoint by the names of parameters
     * @param steerable whether messages may choose what is called
     * @param json reads and writes bodies
     */
    MessageArguments(Map<String, Object> options, boolean steerable, ObjectMapper json) {
        this.options = options;
        this.steerable = steerable;
        this.json = json;
    }

    /**
     * The arguments of a call.
     *
     * @throws EmqxInvalidRequestException for what is missing, unknown, or of a wrong type
     */
    Arguments of(Exchange exchange, Operation operation) throws EmqxInvalidRequestException {
        Message message = exchange.getMessage();
        Map<?, ?> header = parametersHeader(message, operation);
        Map<?, ?> body = fields(exchange, operation);
        // most calls have no more than three
        Map<String, Object> values = new LinkedHashMap<>(4);
        for (Source source : sources(operation)) {
            Parameter parameter = source.parameter();
            Object value = source.fixed() ? source.option() : first(source, message, header, body);
            if (value != null) {
                boolean checked = source.checked() && value == source.option();
                values.put(parameter.name(), checked ? value : checked(operation, parameter, value));
            }
        }
        if (operation.input() == Input.ROWS) {
            Map<String, Object> defaults = new LinkedHashMap<>(values);
            sources(operation).stream()
                    .filter(source -> !source.ofItem())
                    .forEach(source -> defaults.remove(source.parameter().name()));
            values.keySet().removeAll(defaults.keySet());
            if (operation.takesRowsTogether()) {
                required(operation, source -> !source.ofItem(), values, () -> "");
            }
            return new Arguments(values, rows(exchange, operation, defaults), null);
        }
        if (operation.input() == Input.PAYLOAD) {
            payload(exchange, operation, values, body);
        }
        required(operation, source -> true, values, () -> "");
        if (operation.input() == Input.ROW && operation.open()) {
            values.putAll(further(operation, body));
        }
        return new Arguments(values, List.of(), sent(exchange, operation));
    }

    /** What is sent as it is, null where the body is made of values. */
    private Object sent(Exchange exchange, Operation operation) throws EmqxInvalidRequestException {
        Object body = exchange.getMessage().getBody();
        return switch (operation.input()) {
            case NONE, ROW, ROWS, PAYLOAD -> null;
            case JSON -> reader(exchange, operation).parsed(body);
            case TEXT -> new String(reader(exchange, operation).asBytes(body), StandardCharsets.UTF_8);
            case FILE ->
                new Upload(
                        exchange.getMessage().getHeader(Exchange.FILE_NAME, String.class),
                        reader(exchange, operation).content(body));
        };
    }

    /** Fields of an open row that are no parameters. */
    private static Map<String, Object> further(Operation operation, Map<?, ?> row) {
        Map<String, Object> further = new LinkedHashMap<>();
        row.forEach((name, value) -> {
            if (operation.parameter(String.valueOf(name)).isEmpty()) {
                further.put(String.valueOf(name), value);
            }
        });
        return further;
    }

    private List<Source> sources(Operation operation) {
        List<Source> known = sources.get(operation.name());
        return known != null
                ? known
                : sources.computeIfAbsent(operation.name(), name -> operation.parameters().stream()
                        .map(parameter -> source(operation, parameter))
                        .toList());
    }

    private Source source(Operation operation, Parameter parameter) {
        List<String> names = parameter.names().toList();
        List<String> headers =
                names.stream().filter(HEADERS::containsKey).map(HEADERS::get).toList();
        boolean fixed = parameter.steers() && !steerable;
        Object option = fixed ? options.get(parameter.name()) : entry(options, names);
        Object checked = option == null ? null : checkedOption(parameter, option);
        return new Source(
                parameter,
                headers,
                names,
                checked == null ? option : checked,
                checked != null,
                fixed,
                operation.ofItem(parameter));
    }

    /** An option as the API has it, null for one that is wrong. */
    private static Object checkedOption(Parameter parameter, Object option) {
        try {
            return parameter.checked(option);
        } catch (IllegalArgumentException wrong) {
            return null;
        }
    }

    private Object first(Source source, Message message, Map<?, ?> header, Map<?, ?> body) {
        for (String name : source.headers()) {
            Object value = message.getHeader(name);
            if (value != null) {
                return value;
            }
        }
        Object given = entry(header, source.names());
        if (given == null) {
            given = source.option();
        }
        return given == null ? entry(body, source.names()) : given;
    }

    /** The first entry that there is; null for none. */
    private static Object entry(Map<?, ?> map, List<String> names) {
        if (map.isEmpty()) {
            return null;
        }
        for (String name : names) {
            Object value = map.get(name);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    private Map<?, ?> parametersHeader(Message message, Operation operation) throws EmqxInvalidRequestException {
        Object header = message.getHeader(EmqxPlatformConstants.PARAMETERS);
        if (header == null) {
            return Map.of();
        }
        if (!(header instanceof Map<?, ?> parameters)) {
            throw invalid(
                    operation,
                    "header " + EmqxPlatformConstants.PARAMETERS + " must be a Map, not "
                            + header.getClass().getName());
        }
        known(operation, parameters, () -> "header " + EmqxPlatformConstants.PARAMETERS);
        return parameters;
    }

    /** The body as fields of the call: a row where the operation takes one, otherwise only what is a Map already. */
    private Map<?, ?> fields(Exchange exchange, Operation operation) throws EmqxInvalidRequestException {
        Object body = exchange.getMessage().getBody();
        return switch (operation.input()) {
            case NONE -> body instanceof Row row ? row.toMap() : body instanceof Map<?, ?> map ? map : Map.of();
            case ROWS, JSON, TEXT, FILE -> Map.of();
            case PAYLOAD -> body instanceof Map<?, ?> map && isRow(operation, map) ? map : Map.of();
            case ROW -> {
                Object row = isEvent(body) ? null : reader(exchange, operation).parsed(body);
                if (row == null) {
                    yield Map.of();
                }
                if (!(row instanceof Map<?, ?> map)) {
                    throw invalid(operation, "the body must be one row: a Map, a POJO or a JSON object");
                }
                if (!operation.open()) {
                    known(operation, map, () -> "the body");
                }
                yield map;
            }
        };
    }

    /** An event of a watch goes straight to a call by its headers: its body is not a row. */
    private static boolean isEvent(Object body) {
        return body instanceof ResourceChange || body instanceof MetricChange;
    }

    /** A Map of nothing but the row's own names is a row; any other Map is a payload of its own. */
    private static boolean isRow(Operation operation, Map<?, ?> map) {
        return !map.isEmpty()
                && map.keySet().stream()
                        .allMatch(name ->
                                operation.parameter(String.valueOf(name)).isPresent());
    }

    private List<Map<String, Object>> rows(Exchange exchange, Operation operation, Map<String, Object> defaults)
            throws EmqxInvalidRequestException {
        Object body = exchange.getMessage().getBody();
        Object parsed = body instanceof Iterator<?> iterator
                ? all(iterator)
                : reader(exchange, operation).parsed(body);
        boolean together = operation.takesRowsTogether();
        boolean oneWillDo = operation.composed() || together;
        if (oneWillDo && parsed instanceof Map) {
            parsed = List.of(parsed);
        }
        if (!(parsed instanceof Collection<?> list)) {
            throw invalid(operation, "the body must be a list of rows (Maps, POJOs) or a JSON array");
        }
        List<Map<String, Object>> rows = new ArrayList<>(list.size());
        Optional<Parameter> id = operation.itemParameter();
        List<Source> sources = sources(operation);
        for (Object item : list) {
            int number = rows.size();
            Supplier<String> where = () -> "row " + number;
            Map<?, ?> fields = item(exchange, operation, id, item, where);
            Map<String, Object> row = new LinkedHashMap<>(2 * (defaults.size() + fields.size()));
            row.putAll(defaults);
            for (Source source : sources) {
                Parameter parameter = source.parameter();
                Object value = entry(fields, source.names());
                if (value != null) {
                    if (!source.ofItem()) {
                        throw invalid(
                                operation, where.get() + ": " + parameter.name() + " is of the call, not of a row");
                    }
                    row.put(parameter.name(), checked(operation, parameter, value));
                }
            }
            encodePayload(exchange, operation, row);
            required(operation, source -> !together || source.ofItem(), row, () -> where.get() + ": ");
            if (operation.open()) {
                row.putAll(further(operation, fields));
            }
            rows.add(row);
        }
        return rows;
    }

    /**
     * An item as a row; where its id is all that counts, the id itself or any row that carries it. An id that looks like
     * a JSON object is taken for one: as an id it would be the id of nobody, and kicking nobody is no failure.
     */
    private Map<?, ?> item(
            Exchange exchange, Operation operation, Optional<Parameter> id, Object item, Supplier<String> where)
            throws EmqxInvalidRequestException {
        boolean row = item instanceof CharSequence text
                && text.toString().stripLeading().startsWith("{");
        if (id.isPresent() && !row && (item instanceof CharSequence || item instanceof Number)) {
            return Map.of(id.get().name(), item);
        }
        if (!(reader(exchange, operation).parsed(item) instanceof Map<?, ?> fields)) {
            throw invalid(operation, where.get() + " must be a Map, a POJO or a JSON object");
        }
        if (id.isEmpty() && !operation.open()) {
            known(operation, fields, where);
        }
        return fields;
    }

    private static List<Object> all(Iterator<?> iterator) {
        List<Object> items = new ArrayList<>();
        iterator.forEachRemaining(items::add);
        return items;
    }

    private void payload(Exchange exchange, Operation operation, Map<String, Object> values, Map<?, ?> row)
            throws EmqxInvalidRequestException {
        if (row.isEmpty() && !values.containsKey("payload")) {
            Object body = exchange.getMessage().getBody();
            // nothing is a payload too: with retain it clears what the broker keeps
            values.put("payload", body == null ? "" : body);
        }
        encodePayload(exchange, operation, values);
    }

    /** Text stays text, bytes travel as Base64, an object becomes its JSON. */
    private void encodePayload(Exchange exchange, Operation operation, Map<String, Object> values)
            throws EmqxInvalidRequestException {
        Object payload = values.get("payload");
        if (payload == null) {
            return;
        }
        if (BodyReader.isBinary(payload)) {
            byte[] bytes = reader(exchange, operation).converted(byte[].class, payload);
            if ("plain".equals(values.get("payload_encoding"))) {
                values.put("payload", new String(bytes, StandardCharsets.UTF_8));
            } else {
                values.put("payload", Base64.getEncoder().encodeToString(bytes));
                values.put("payload_encoding", "base64");
            }
        } else if (payload instanceof Reader) {
            values.put("payload", reader(exchange, operation).converted(String.class, payload));
        } else {
            values.put("payload", reader(exchange, operation).plain(payload));
        }
    }

    private static void known(Operation operation, Map<?, ?> fields, Supplier<String> where)
            throws EmqxInvalidRequestException {
        for (Object name : fields.keySet()) {
            if (operation.parameter(String.valueOf(name)).isEmpty()) {
                throw invalid(
                        operation,
                        CallOptions.unknownParameter(operation, String.valueOf(name)) + " (in " + where.get() + ")");
            }
        }
    }

    private void required(
            Operation operation, Predicate<Source> which, Map<String, Object> values, Supplier<String> where)
            throws EmqxInvalidRequestException {
        for (Source source : sources(operation)) {
            Parameter parameter = source.parameter();
            if (parameter.required() && which.test(source) && !values.containsKey(parameter.name())) {
                throw invalid(
                        operation,
                        where.get() + "no value for " + parameter.name() + ": give it as " + ways(parameter));
            }
        }
    }

    private static String ways(Parameter parameter) {
        List<String> ways = new ArrayList<>();
        parameter.names().filter(HEADERS::containsKey).findFirst().ifPresent(name -> {
            ways.add("header " + HEADERS.get(name));
            ways.add("option " + CallOptions.optionOf(name));
        });
        // a secret belongs into no URI
        if (ways.isEmpty() && !parameter.secret()) {
            ways.add("option param." + parameter.name());
        }
        ways.add("entry " + parameter.name() + " of a Map body");
        return String.join(", ", ways);
    }

    private static Object checked(Operation operation, Parameter parameter, Object value)
            throws EmqxInvalidRequestException {
        try {
            return parameter.checked(value);
        } catch (IllegalArgumentException e) {
            throw new EmqxInvalidRequestException(details(operation, e.getMessage()), e);
        }
    }

    private BodyReader reader(Exchange exchange, Operation operation) {
        return new BodyReader(json, exchange, operation);
    }

    private static EmqxInvalidRequestException invalid(Operation operation, String message) {
        return new EmqxInvalidRequestException(details(operation, message), null);
    }

    private static FailureDetails details(Operation operation, String message) {
        return FailureDetails.withoutAnswer(operation.fullName(), message);
    }
}
