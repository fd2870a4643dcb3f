/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.client;

import io.github.camelemqx.platform.catalog.Input;
import io.github.camelemqx.platform.catalog.Operation;
import io.github.camelemqx.platform.catalog.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The values of a call by the names of the vocabulary, each checked against its parameter; where the operation is open,
 * further fields of its rows too, as they came.
 *
 * @param values of the call
 * @param rows of the items of a bulk call or of a call that takes rows together, empty for others
 * @param body what is sent as it is: JSON, a text, or an {@link Upload}; null for calls whose body is made of values
 */
public record Arguments(Map<String, Object> values, List<Map<String, Object>> rows, Object body) {

    /** A line of a configuration in HOCON or JSON. */
    private static final Pattern SETTING = Pattern.compile(
            "([\\w.-]+)\"?\\s*[=:]\\s*(?:\"\"\"(.*?)\"\"\"|\"((?:[^\"\\\\]|\\\\.)*)\"|([^\"\\s,{}\\[][^\"\n,}]*))",
            Pattern.DOTALL);

    /** No values. */
    public static final Arguments NONE = new Arguments(Map.of(), List.of(), null);

    /** Keeps what it is given unmodifiable. */
    public Arguments {
        rows = List.copyOf(rows);
    }

    /** The values of a call that is not in bulk. */
    public static Arguments of(Map<String, Object> values) {
        return new Arguments(values, List.of(), null);
    }

    /** The fields that rows are reduced to, empty for all of them. */
    Set<String> fields() {
        Object fields = values.get("fields");
        if (fields == null) {
            return Set.of();
        }
        Collection<?> several = fields instanceof Collection<?> list ? list : List.of(fields);
        return several.stream()
                .flatMap(names -> Arrays.stream(names.toString().split(",")))
                .map(String::strip)
                .collect(Collectors.toSet());
    }

    /** The values that must never be printed. */
    List<String> secrets(Operation operation) {
        List<String> secrets = new ArrayList<>();
        secretsOf(operation, values, secrets);
        rows.forEach(row -> secretsOf(operation, row, secrets));
        if (operation.input() == Input.TEXT) {
            secretsOf((String) body, secrets);
        } else if (!(body instanceof Upload)) {
            secretsIn(body, false, secrets);
        }
        return secrets;
    }

    private static void secretsOf(Operation operation, Map<String, Object> values, Collection<String> into) {
        values.forEach((name, value) -> {
            Optional<Parameter> parameter = operation.parameter(name);
            boolean secret = parameter.map(Parameter::secret).orElseGet(() -> Secrets.named(name));
            secretsIn(value, secret, into);
        });
    }

    private static void secretsOf(String settings, Collection<String> into) {
        SETTING.matcher(settings)
                .results()
                .filter(setting -> Secrets.named(setting.group(1)))
                .forEach(setting -> {
                    collect(setting.group(2), into);
                    collect(setting.group(3), into);
                    collect(plain(setting.group(4)), into);
                });
        addresses(settings, into);
    }

    /** What stands without quotes up to the end of its line or a comment; null for null. */
    private static String plain(String unquoted) {
        return unquoted == null
                ? null
                : unquoted.replaceFirst("\\s*(?:#|//).*", "").strip();
    }

    /** Nobody says what is secret within what is sent as it is: names tell. */
    private static void secretsIn(Object body, boolean secret, Collection<String> into) {
        if (body instanceof Map<?, ?> fields) {
            fields.forEach((name, value) -> secretsIn(value, secret || Secrets.named(String.valueOf(name)), into));
        } else if (body instanceof Collection<?> items) {
            items.forEach(item -> secretsIn(item, secret, into));
        } else if (secret) {
            collect(body, into);
        } else if (body instanceof CharSequence text) {
            addresses(text, into);
        }
    }

    /** The passwords of addresses, which no name tells. */
    private static void addresses(CharSequence text, Collection<String> into) {
        if (text.toString().contains("://")) {
            Secrets.IN_ADDRESS.matcher(text).results().forEach(address -> collect(address.group(1), into));
        }
    }

    private static void collect(Object value, Collection<String> into) {
        if (value != null && !value.toString().isEmpty()) {
            into.add(value.toString());
        }
    }

    /** The names alone: a value may be a secret. */
    @Override
    public String toString() {
        return "Arguments[values=" + values.keySet() + ", rows=" + rows.size() + ", body="
                + (body == null ? null : body.getClass().getSimpleName()) + "]";
    }
}
