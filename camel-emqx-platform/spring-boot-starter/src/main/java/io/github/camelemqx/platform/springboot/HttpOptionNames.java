/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.springboot;

import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.util.StringHelper;

/**
 * The names of camel-http's options, from properties: {@code proxy-host} is {@code proxyHost}, and what Boot has put into maps
 * within the map, such as those that begin with {@code httpClient.}, has dots again. Under another name camel-http would take an
 * option for a parameter of a query, without a word.
 */
final class HttpOptionNames {

    private HttpOptionNames() {}

    /** The same options by their right names. */
    static Map<String, Object> of(Map<?, ?> properties) {
        Map<String, Object> options = new TreeMap<>();
        properties.forEach((name, value) -> {
            String right = StringHelper.dashToCamelCase(name.toString());
            if (value instanceof Map<?, ?> more) {
                of(more).forEach((rest, inner) -> options.put(right + "." + rest, inner));
            } else {
                options.put(right, value);
            }
        });
        return options;
    }
}
