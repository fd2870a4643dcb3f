/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.client;

import io.github.camelemqx.platform.catalog.Operation;
import io.github.camelemqx.platform.catalog.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The values of a call by the names of the vocabulary, each checked against its parameter.
 *
 * @param values of the call
 * @param rows of the items of a bulk call, empty for others
 * @param body JSON that is sent as it is, null for calls whose body is made of values
 */
public record Arguments(Map<String, Object> values, List<Map<String, Object>> rows, Object body) {

    private static final Pattern SECRET = Pattern.compile(
            ".*(password|passwd|passphrase|secret|token|credential|private|key).*", Pattern.CASE_INSENSITIVE);

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
        Collection<?> several =
                fields instanceof Collection<?> list ? list : fields == null ? List.of() : List.of(fields);
        return several.stream()
                .flatMap(names -> Arrays.stream(names.toString().split(",")))
                .map(String::strip)
                .collect(Collectors.toSet());
    }

    /** The values that must never be printed. */
    List<String> secrets(Operation operation) {
        List<String> secrets = new ArrayList<>();
        for (Parameter parameter : operation.parameters()) {
            if (parameter.secret()) {
                collect(values.get(parameter.name()), secrets);
                rows.forEach(row -> collect(row.get(parameter.name()), secrets));
            }
        }
        secretsIn(body, false, secrets);
        return secrets;
    }

    /** Nobody says what is secret in a body that is sent as it is: names tell. */
    private static void secretsIn(Object body, boolean secret, Collection<String> into) {
        if (body instanceof Map<?, ?> fields) {
            fields.forEach((name, value) ->
                    secretsIn(value, SECRET.matcher(name.toString()).matches(), into));
        } else if (body instanceof Collection<?> items) {
            items.forEach(item -> secretsIn(item, secret, into));
        } else if (secret) {
            collect(body, into);
        }
    }

    private static void collect(Object value, Collection<String> into) {
        if (value != null && !value.toString().isEmpty()) {
            into.add(value.toString());
        }
    }
}
