/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.kamelets;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.camel.catalog.CamelCatalog;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.catalog.EndpointValidationResult;
import org.apache.camel.tooling.model.ComponentModel;
import org.apache.camel.tooling.model.ComponentModel.EndpointOptionModel;
import org.apache.camel.tooling.model.JsonMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.w3c.dom.Document;

/** What the files say: to who reads them, to tools that make forms of them, and to the component. */
class KameletFilesTest {

    private static final Path FOLDER = Path.of("src/main/resources/kamelets");
    private static final String SUFFIX = ".kamelet.yaml";

    /** A property in the template: {{name}}, {{?name}}, {{name:}}, or in the script of a bean. */
    private static final Pattern USE = Pattern.compile("\\{\\{(\\??)(\\w+)(:?)}}|\\$\\{properties:(\\w+)(:?)}");

    /** A Kamelet as its file has it. */
    record Kamelet(String name, Map<String, Object> file) {

        Object at(String path) {
            Object value = file;
            for (String key : path.split("/", -1)) {
                value = ((Map<?, ?>) value).get(key);
            }
            return value;
        }

        @SuppressWarnings("unchecked")
        Map<String, Map<String, Object>> properties() {
            return (Map<String, Map<String, Object>>) at("spec/definition/properties");
        }

        Collection<?> required() {
            return (Collection<?>) at("spec/definition/required");
        }

        boolean is(String type) {
            return name.endsWith("-" + type);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Kamelet> kamelets() throws IOException {
        List<Kamelet> kamelets = new ArrayList<>();
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                assertThat(name).endsWith(SUFFIX);
                // from the class path, where the version has been filled in
                try (InputStream stream = KameletFilesTest.class.getResourceAsStream("/kamelets/" + name)) {
                    kamelets.add(new Kamelet(name.replace(SUFFIX, ""), map(load(stream))));
                }
            }
        }
        return kamelets.stream();
    }

    private static Object load(InputStream stream) {
        return new Load(LoadSettings.builder().build()).loadFromInputStream(stream);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    @Test
    void thereAreSix() throws IOException {
        assertThat(kamelets().map(Kamelet::name))
                .containsExactly(
                        "emqx-platform-action",
                        "emqx-platform-client-events-source",
                        "emqx-platform-kick-sink",
                        "emqx-platform-metrics-source",
                        "emqx-platform-publish-sink",
                        "emqx-platform-resource-changes-source");
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void theyHaveTheFormOfApachesCatalog(Kamelet kamelet) throws Exception {
        assertThat(kamelet.at("apiVersion")).isEqualTo("camel.apache.org/v1");
        assertThat(kamelet.at("kind")).isEqualTo("Kamelet");
        assertThat(kamelet.at("metadata/name")).isEqualTo(kamelet.name());
        String type = kamelet.name().replaceAll(".*-", "");
        assertThat(map(kamelet.at("metadata/labels"))).isEqualTo(Map.of("camel.apache.org/kamelet.type", type));
        Map<String, Object> annotations = map(kamelet.at("metadata/annotations"));
        assertThat(annotations)
                .containsEntry("camel.apache.org/kamelet.support.level", "Preview")
                .containsEntry("camel.apache.org/kamelet.group", "EMQX Platform")
                .containsEntry("camel.apache.org/kamelet.namespace", "Messaging")
                .containsEntry("camel.apache.org/provider", "camel-emqx-platform")
                .hasEntrySatisfying("camel.apache.org/catalog.version", version -> assertThat(version.toString())
                        .matches("\\d.*"));
        assertThat(kamelet.at("spec/definition/type")).isEqualTo("object");
        assertThat(kamelet.at("spec/definition/title").toString()).startsWith("EMQX Platform ");
        assertThat(kamelet.at("spec/definition/description").toString()).hasSizeGreaterThan(100);
        assertThat(strings(kamelet.at("spec/dependencies")))
                .containsExactly(
                        "camel:core",
                        "camel:kamelet",
                        "camel:jackson",
                        "mvn:io.github.camelemqx:camel-emqx-platform:"
                                + annotations.get("camel.apache.org/catalog.version"));
        Map<String, Object> dataTypes = map(kamelet.at("spec/dataTypes"));
        assertThat(dataTypes.containsKey("out")).isEqualTo(!kamelet.is("sink"));
        assertThat(dataTypes.containsKey("in")).isEqualTo(!kamelet.is("source"));
        for (Object data : dataTypes.values()) {
            assertThat(map(map(data).get("types")))
                    .containsKey(map(data).get("default").toString());
            // Camel 4.22 would turn bodies into the format of the default: ours are what they are
            assertThat(map(map(data).get("types")).values())
                    .allSatisfy(each -> assertThat(map(each)).containsOnlyKeys("description", "mediaType"));
        }

        String icon = annotations.get("camel.apache.org/kamelet.icon").toString();
        String prefix = "data:image/svg+xml;base64,";
        assertThat(icon).startsWith(prefix);
        Document svg = DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(Base64.getDecoder().decode(icon.substring(prefix.length()))));
        assertThat(svg.getDocumentElement().getTagName()).isEqualTo("svg");
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void everyPropertySaysWhatItIs(Kamelet kamelet) {
        kamelet.properties().forEach((name, property) -> {
            assertThat(property.keySet())
                    .as(name)
                    .contains("title", "description", "type")
                    .isSubsetOf(
                            "title", "description", "type", "format", "x-descriptors", "enum", "default", "example");
            assertThat(property.get("title").toString()).as(name).isNotBlank();
            assertThat(property.get("description").toString())
                    .as(name)
                    .endsWith(".")
                    .hasSizeGreaterThan(20);
            Object value = property.get("default");
            if (value != null) {
                assertThat(value)
                        .as(name)
                        .isInstanceOf(
                                switch (property.get("type").toString()) {
                                    case "string" -> String.class;
                                    case "boolean" -> Boolean.class;
                                    case "integer" -> Integer.class;
                                    default -> throw new AssertionError(name);
                                });
                if (property.get("enum") instanceof List<?> allowed) {
                    assertThat(allowed.contains(value)).as(name).isTrue();
                }
            }
        });
        assertThat(kamelet.properties().keySet())
                .containsAll(kamelet.required().stream().map(Object::toString).toList());
        for (Object required : kamelet.required()) {
            assertThat(kamelet.properties().get(required)).as("" + required).doesNotContainKey("default");
        }
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void secretsAreMarkedAndNothingElseIs(Kamelet kamelet) {
        Set<String> secrets = component().getEndpointOptions().stream()
                .filter(EndpointOptionModel::isSecret)
                .map(EndpointOptionModel::getName)
                .collect(Collectors.toSet());
        assertThat(secrets).contains("appSecret", "platformSecret");
        kamelet.properties().forEach((name, property) -> {
            assertThat("password".equals(property.get("format"))).as(name).isEqualTo(secrets.contains(name));
            assertThat(List.of("urn:camel:group:credentials").equals(property.get("x-descriptors")))
                    .as(name)
                    .isEqualTo(secrets.contains(name) || name.equals("appId") || name.equals("platformKey"));
        });
        assertThat(kamelet.properties()).containsKey("appSecret");
        // in all files alike: what one takes as it is, the others do
        for (String key : List.of("appId", "appSecret", "platformKey", "platformSecret")) {
            assertThat(kamelet.at("spec/template").toString().contains(key + "=#bean:{{" + key + "Text}}"))
                    .as(key)
                    .isEqualTo(kamelet.properties().containsKey(key));
        }
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void theTemplateUsesWhatIsDeclaredAndNothingElse(Kamelet kamelet) {
        Set<String> used = new TreeSet<>();
        Set<String> beans = new TreeSet<>();
        if (map(kamelet.at("spec/template")).get("beans") instanceof List<?> all) {
            all.forEach(bean -> beans.add(map(bean).get("name").toString()));
        }
        String template = kamelet.at("spec/template").toString();
        Matcher use = USE.matcher(template);
        while (use.find()) {
            boolean placeholder = use.group(2) != null;
            String name = placeholder ? use.group(2) : use.group(4);
            boolean mayBeMissing = placeholder
                    ? !use.group(1).isEmpty() || !use.group(3).isEmpty()
                    : !use.group(5).isEmpty();
            if (!beans.contains(name)) {
                used.add(name);
                boolean always = kamelet.required().contains(name)
                        || kamelet.properties().getOrDefault(name, Map.of()).containsKey("default");
                assertThat(mayBeMissing)
                        .as("whether " + name + " may be missing")
                        .isEqualTo(!always);
            }
        }
        assertThat(used).isEqualTo(new TreeSet<>(kamelet.properties().keySet()));
        assertThat(beans).allMatch(bean -> template.contains("#bean:{{" + bean + "}}"));
        assertThat(template.contains("kamelet:sink")).isEqualTo(kamelet.is("source"));
        assertThat(template.contains("kamelet:source")).isEqualTo(!kamelet.is("source"));
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void everyEndpointIsOneOfTheComponent(Kamelet kamelet) throws IOException {
        CamelCatalog catalog = new DefaultCamelCatalog();
        catalog.addComponent("emqx-platform", component().getJavaType(), json());
        List<String> uris = new ArrayList<>();
        uris(kamelet.at("spec/template"), uris);

        assertThat(uris).filteredOn(uri -> uri.startsWith("emqx-platform:")).hasSize(1);
        for (String uri : uris) {
            if (uri.startsWith("emqx-platform:")) {
                boolean source = kamelet.is("source");
                // the catalogue wants to see references where the template has those of the user
                String referring = uri.replaceAll("=\\{\\{\\?(sslContextParameters|stateStore)}}", "=#bean:some");
                EndpointValidationResult result = catalog.validateEndpointProperties(referring, false, source, !source);
                assertThat(result.isSuccess())
                        .as(result.summaryErrorMessage(true))
                        .isTrue();
            } else {
                assertThat(uri).isIn("kamelet:source", "kamelet:sink");
            }
        }
    }

    /** Endpoints with their parameters, wherever in the template. */
    private static void uris(Object node, List<String> uris) {
        if (node instanceof Map<?, ?> map) {
            if (map.get("uri") instanceof String uri) {
                Map<?, ?> parameters = map.get("parameters") instanceof Map<?, ?> given ? given : Map.of();
                uris.add(parameters.entrySet().stream()
                        .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
                        .collect(Collectors.joining("&", uri + (parameters.isEmpty() ? "" : "?"), "")));
            }
            map.forEach((key, value) -> {
                if (key.equals("to") && value instanceof String uri) {
                    uris.add(uri);
                }
                uris(value, uris);
            });
        } else if (node instanceof List<?> list) {
            list.forEach(item -> uris(item, uris));
        }
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void defaultsAndChoicesAreThoseOfTheComponent(Kamelet kamelet) {
        Map<String, EndpointOptionModel> options = component().getEndpointOptions().stream()
                .collect(Collectors.toMap(EndpointOptionModel::getName, option -> option));
        kamelet.properties().forEach((name, property) -> {
            EndpointOptionModel option = options.get(name);
            if (option != null && option.getDefaultValue() != null && property.containsKey("default")) {
                assertThat(property.get("default").toString())
                        .as(name)
                        .isEqualTo(option.getDefaultValue().toString());
            }
            if (option != null
                    && option.getEnums() != null
                    && !option.getEnums().isEmpty()) {
                assertThat(option.getEnums()).as(name).containsAll(strings(property.get("enum")));
            }
        });
    }

    private static List<String> strings(Object list) {
        return ((List<?>) list).stream().map(Object::toString).toList();
    }

    /** What is of the connection is said in the same words everywhere. */
    @Test
    void whatHasOneNameIsOneThing() throws IOException {
        Map<String, Map<String, Object>> known = new HashMap<>();
        Set<String> ownInEach = Set.of(
                "resource", "delay", "events", "watchFields", "node", "clientId", "failOnNotFound", "topic", "id");
        for (Kamelet kamelet : kamelets().toList()) {
            kamelet.properties().forEach((name, property) -> {
                if (!ownInEach.contains(name)) {
                    assertThat(property)
                            .as(name + " of " + kamelet)
                            .isEqualTo(known.computeIfAbsent(name, first -> property));
                }
            });
        }
        assertThat(known).containsKeys("apiUrl", "appId", "appSecret", "authMethod", "apiVersion");
    }

    private static ComponentModel component() {
        return JsonMapper.generateComponentModel(json());
    }

    private static String json() {
        try (InputStream stream = KameletFilesTest.class.getResourceAsStream(
                "/META-INF/io/github/camelemqx/platform/emqx-platform.json")) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
