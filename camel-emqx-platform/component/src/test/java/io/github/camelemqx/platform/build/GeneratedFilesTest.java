/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.build;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelemqx.platform.EmqxPlatformComponent;
import io.github.camelemqx.platform.EmqxPlatformConstants;
import io.github.camelemqx.platform.model.Client;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.apache.camel.console.DevConsole;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.EndpointUriFactory;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.spi.TypeConverterLoader;
import org.junit.jupiter.api.Test;

/** What goes into the jar besides classes: that it is there, current, and names what exists. */
class GeneratedFilesTest {

    private static final Path CLASSES = Path.of("target", "classes");
    private static final Path SERVICES = CLASSES.resolve("META-INF/services/org/apache/camel");
    private static final String SCHEMA = "META-INF/io/github/camelemqx/platform/emqx-platform.json";

    @Test
    void committedSourcesAreThoseThatTheGeneratorWrites() {
        Map<String, String> committed = files(Path.of("target", "committed-generated"));
        Map<String, String> written = files(Path.of("src", "generated"));
        TreeSet<String> stale = new TreeSet<>(committed.keySet());
        stale.addAll(written.keySet());
        stale.removeIf(file -> Objects.equals(committed.get(file), written.get(file)));
        assertThat(stale)
                .as("files of src/generated that were not current when this build began: build again and commit them")
                .isEmpty();
    }

    @Test
    void committedReadmeHasTheTableThatTheGeneratorWrites() throws IOException {
        assertThat(Path.of("..", "..", "README.md"))
                .as("the README, whose table was not current when this build began: commit it")
                .hasContent(Files.readString(Path.of("target", "committed-readme", "README.md")));
    }

    @Test
    void everyServiceFileNamesAClassThatLoads() throws Exception {
        Map<String, Class<?>> loaded = new TreeMap<>();
        for (String file : List.of(
                "component/emqx-platform",
                "configurer/emqx-platform-component",
                "configurer/emqx-platform-endpoint",
                "dev-console/emqx-platform",
                "urifactory/emqx-platform-endpoint")) {
            Properties properties = new Properties();
            try (InputStream stream = Files.newInputStream(SERVICES.resolve(file))) {
                properties.load(stream);
            }
            loaded.put(file, Class.forName(properties.getProperty("class")));
        }
        loaded.put(
                "TypeConverterLoader",
                Class.forName(Files.readString(SERVICES.resolve("TypeConverterLoader"))
                        .lines()
                        .filter(line -> !line.startsWith("#"))
                        .findFirst()
                        .orElseThrow()));
        assertThat(loaded.get("component/emqx-platform")).isEqualTo(EmqxPlatformComponent.class);
        assertThat(PropertyConfigurer.class).isAssignableFrom(loaded.get("configurer/emqx-platform-component"));
        assertThat(PropertyConfigurer.class).isAssignableFrom(loaded.get("configurer/emqx-platform-endpoint"));
        assertThat(DevConsole.class).isAssignableFrom(loaded.get("dev-console/emqx-platform"));
        assertThat(EndpointUriFactory.class).isAssignableFrom(loaded.get("urifactory/emqx-platform-endpoint"));
        assertThat(TypeConverterLoader.class).isAssignableFrom(loaded.get("TypeConverterLoader"));
        for (Class<?> type : loaded.values()) {
            assertThat(type.getDeclaredConstructor().newInstance()).isNotNull();
        }
    }

    @Test
    void noOtherServiceFileIsThere() {
        List<String> known = List.of(
                "TypeConverterLoader",
                "component.properties",
                "component/emqx-platform",
                "configurer/emqx-platform-component",
                "configurer/emqx-platform-endpoint",
                "dev-console/emqx-platform",
                "dev-consoles.properties",
                "urifactory/emqx-platform-endpoint");
        assertThat(files(SERVICES).keySet()).containsExactlyElementsOf(known);
    }

    @Test
    void camelFindsTheComponentByItsName() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.start();
            assertThat(context.getComponent("emqx-platform")).isInstanceOf(EmqxPlatformComponent.class);
            assertThat(context.getTypeConverterRegistry().lookup(Client.class, Map.class))
                    .isNotNull();
        }
    }

    @Test
    void jandexIndexIsThere() throws Exception {
        byte[] index = Files.readAllBytes(CLASSES.resolve("META-INF/jandex.idx"));
        assertThat(new String(index, StandardCharsets.ISO_8859_1)).contains("EmqxPlatformComponent");
    }

    @Test
    void manifestMakesItABundle() throws Exception {
        Manifest manifest;
        try (InputStream stream = Files.newInputStream(CLASSES.resolve("META-INF/MANIFEST.MF"))) {
            manifest = new Manifest(stream);
        }
        assertThat(manifest.getMainAttributes().getValue("Bundle-SymbolicName"))
                .isEqualTo("io.github.camelemqx.camel-emqx-platform");
        assertThat(manifest.getMainAttributes().getValue("Export-Package"))
                .contains("io.github.camelemqx.platform;", "io.github.camelemqx.platform.exception;");
        assertThat(manifest.getMainAttributes().getValue("Import-Package"))
                .contains("org.apache.camel;version=\"[4.14,5)\"", "org.apache.camel.component.http")
                .contains("org.apache.camel.component.micrometer;resolution:=optional")
                .contains("io.micrometer.core.instrument;resolution:=optional");
    }

    @Test
    void everyOptionAndHeaderIsDescribed() throws Exception {
        JsonNode schema = schema();
        List<String> poor = new ArrayList<>();
        for (String part : List.of("componentProperties", "properties", "headers")) {
            schema.path(part).properties().forEach(option -> {
                String words = option.getValue().path("description").asText();
                if (words.length() < 20) {
                    poor.add(part + "." + option.getKey());
                }
                option.getValue().path("enum").forEach(value -> {
                    // Camel describes its own enums elsewhere
                    boolean ours = !List.of("exchangePattern", "runLoggingLevel", "timeUnit", "scheduler")
                            .contains(option.getKey());
                    if (ours && !words.contains(value.asText())) {
                        poor.add(part + "." + option.getKey() + "=" + value.asText());
                    }
                });
            });
        }
        assertThat(poor).as("options, headers or values without a description").isEmpty();
    }

    @Test
    void secretsAreMarked() throws Exception {
        JsonNode schema = schema();
        for (String part : List.of("componentProperties", "properties")) {
            for (String secret : List.of("appSecret", "platformSecret")) {
                assertThat(schema.path(part).path(secret).path("secret").asBoolean())
                        .as(secret)
                        .isTrue();
            }
        }
    }

    @Test
    void schemaHasEveryOptionOfTheContract() throws Exception {
        JsonNode properties = schema().path("properties");
        assertThat(List.of("resource apiUrl appId appSecret authMethod apiVersion sslContextParameters"
                                + " platformApiUrl platformKey platformSecret waitFor waitTimeout"
                                + " useGlobalSslContextParameters connectTimeout responseTimeout httpOptions"
                                + " allowInsecureHttp brokerZone operation clientId username topic node id parameters"
                                + " failOnNotFound failOnPartialFailure allowOperationHeader pageSize pagingStyle paging"
                                + " events watchFields emitInitial confirmRemovals nodeGrace nodeLossTimeout stateStore"
                                + " stateKey"
                                + " metricNames delay initialDelay greedy backoffMultiplier maxMessagesPerPoll"
                                + " bridgeErrorHandler")
                        .get(0)
                        .split(" "))
                .allSatisfy(
                        option -> assertThat(properties.has(option)).as(option).isTrue());
        assertThat(properties.path("parameters").path("prefix").asText()).isEqualTo("param.");
        assertThat(properties.path("httpOptions").path("prefix").asText()).isEqualTo("http.");
    }

    @Test
    void schemaHasEveryHeader() throws Exception {
        JsonNode headers = schema().path("headers");
        List<String> constants = new ArrayList<>();
        for (Field field : EmqxPlatformConstants.class.getFields()) {
            if (Modifier.isStatic(field.getModifiers())) {
                constants.add((String) field.get(null));
            }
        }
        assertThat(constants)
                .hasSize(18)
                .allSatisfy(header -> assertThat(headers.has(header)).as(header).isTrue())
                .allSatisfy(header -> assertThat(header).startsWith("CamelEmqxPlatform"));
    }

    private static JsonNode schema() throws IOException {
        return new ObjectMapper().readTree(CLASSES.resolve(SCHEMA).toFile());
    }

    private static Map<String, String> files(Path folder) {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                files.put(folder.relativize(path).toString(), Files.readString(path));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }
}
