/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.springboot.build;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes what IDEs read to complete the properties: spring-configuration-metadata.json. */
final class PropertiesMetadata {

    private static final String SOURCE = PropertiesClass.PACKAGE + "." + PropertiesClass.NAME;
    private static final String COMMON = "org.apache.camel.spring.boot.ComponentConfigurationPropertiesCommon";
    /** Alike on every machine. */
    private static final ObjectWriter WRITER =
            new ObjectMapper().writer(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")));

    private PropertiesMetadata() {}

    static String text(List<ComponentOption> options) throws JsonProcessingException {
        List<Map<String, Object>> properties = new ArrayList<>();
        properties.add(property(
                "customizer.enabled",
                "java.lang.Boolean",
                "Whether the component gets its options from these properties.",
                COMMON + "$CustomizerProperties",
                true));
        properties.add(property(
                "enabled",
                "java.lang.Boolean",
                "Whether these properties are read at all; the component is there all the same.",
                SOURCE,
                true));
        options.forEach(option -> properties.add(property(option)));
        properties.sort(Comparator.comparing(property -> (String) property.get("name")));

        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put(
                "groups",
                List.of(
                        group("", SOURCE, null),
                        group(".customizer", COMMON + "$CustomizerProperties", "getCustomizer()")));
        metadata.put("properties", properties);
        metadata.put(
                "hints",
                options.stream()
                        .filter(option -> !option.values().isEmpty())
                        .map(PropertiesMetadata::hint)
                        .toList());
        return WRITER.writeValueAsString(metadata) + "\n";
    }

    private static Map<String, Object> group(String name, String type, String method) {
        Map<String, Object> group = new LinkedHashMap<>();
        group.put("name", PropertiesClass.PREFIX + name);
        group.put("type", type);
        group.put("sourceType", SOURCE);
        if (method != null) {
            group.put("sourceMethod", method);
        }
        return group;
    }

    private static Map<String, Object> property(ComponentOption option) {
        Map<String, Object> property =
                property(option.property(), option.javaType(), option.description(), SOURCE, option.defaultValue());
        if (option.isDeprecated()) {
            property.put("deprecation", Map.of());
        }
        return property;
    }

    private static Map<String, Object> property(
            String name, String type, String description, String source, Object defaultValue) {
        Map<String, Object> property = new LinkedHashMap<>();
        property.put("name", PropertiesClass.PREFIX + "." + name);
        property.put("type", type.replace(", ", ","));
        property.put("description", description);
        property.put("sourceType", source);
        if (defaultValue != null) {
            property.put("defaultValue", defaultValue);
        }
        return property;
    }

    private static Map<String, Object> hint(ComponentOption option) {
        Map<String, Object> hint = new LinkedHashMap<>();
        hint.put("name", PropertiesClass.PREFIX + "." + option.property());
        hint.put(
                "values",
                option.values().stream().map(value -> Map.of("value", value)).toList());
        return hint;
    }
}
