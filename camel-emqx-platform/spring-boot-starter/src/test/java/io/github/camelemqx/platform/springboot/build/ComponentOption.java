/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.springboot.build;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.util.StringHelper;

/**
 * An option of the component, as Camel's generator found it.
 *
 * @param name as the component has it, such as appSecret
 * @param json what is known of it
 */
public record ComponentOption(String name, JsonNode json) {

    private static final String FILE = "/META-INF/io/github/camelemqx/platform/emqx-platform.json";
    private static final Map<String, String> BOXES =
            Map.of("boolean", "java.lang.Boolean", "int", "java.lang.Integer", "long", "java.lang.Long");

    /** All that there are, in their order. */
    public static List<ComponentOption> all() {
        try (InputStream stream = ComponentOption.class.getResourceAsStream(FILE)) {
            List<ComponentOption> options = new ArrayList<>();
            new ObjectMapper()
                    .readTree(stream)
                    .path("componentProperties")
                    .properties()
                    .forEach(entry -> options.add(new ComponentOption(entry.getKey(), entry.getValue())));
            return options;
        } catch (IOException e) {
            throw new UncheckedIOException(FILE + " cannot be read", e);
        }
    }

    /** The name of its property, such as app-secret. */
    public String property() {
        return StringHelper.camelCaseToDash(name);
    }

    /** The name after get and set. */
    String accessor() {
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }

    public boolean isSecret() {
        return json.path("secret").asBoolean();
    }

    boolean isDeprecated() {
        return json.path("deprecated").asBoolean();
    }

    boolean isDuration() {
        return json.path("type").asText().equals("duration");
    }

    /** Whether it is an object, which a property cannot be: then its property names a bean. */
    public boolean isBean() {
        return json.path("type").asText().equals("object")
                && !json.path("javaType").asText().startsWith("java.");
    }

    /** What it does; whether it is secret comes first. */
    public String description() {
        StringBuilder text = new StringBuilder();
        if (isSecret()) {
            text.append("Secret. ");
        }
        text.append(json.path("description").asText());
        if (isBean()) {
            text.append(" A reference to a bean, such as #name.");
        }
        return text.toString();
    }

    /**
     * The type of its property, which is null unless it is given. Durations have units here, 5s or 5000 milliseconds; a
     * bean is looked up by Camel, and not shown by Actuator.
     */
    public String javaType() {
        if (isDuration()) {
            return "java.time.Duration";
        }
        if (isBean()) {
            return "java.lang.String";
        }
        String type = json.path("javaType").asText();
        return BOXES.getOrDefault(type, type);
    }

    /** What holds where it is not given, null where nothing does. */
    public Object defaultValue() {
        JsonNode value = json.path("defaultValue");
        if (value.isMissingNode()) {
            return null;
        }
        return isDuration() ? value.asText() + "ms" : value;
    }

    /** The only values that it takes; none where it takes others. */
    public List<String> values() {
        List<String> values = new ArrayList<>();
        json.path("enum").forEach(value -> values.add(value.asText()));
        return values;
    }
}
