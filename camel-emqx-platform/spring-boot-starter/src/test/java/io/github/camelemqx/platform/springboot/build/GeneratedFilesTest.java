/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.springboot.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelemqx.platform.springboot.EmqxPlatformComponentConfiguration;
import java.beans.Introspector;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.configurationmetadata.ConfigurationMetadataProperty;
import org.springframework.boot.configurationmetadata.ConfigurationMetadataRepositoryJsonBuilder;
import org.springframework.boot.configurationmetadata.ValueHint;

/** The properties of the starter: that they are the component's options of today, and what an IDE makes of them. */
class GeneratedFilesTest {

    private static Map<String, ConfigurationMetadataProperty> metadata;

    @BeforeAll
    static void read() throws IOException {
        try (InputStream stream = EmqxPlatformComponentConfiguration.class.getResourceAsStream(
                "/META-INF/spring-configuration-metadata.json")) {
            metadata = ConfigurationMetadataRepositoryJsonBuilder.create(stream)
                    .build()
                    .getAllProperties();
        }
        // the class path has those of camel-http and Boot under the same name
        assertThat(metadata).containsKey(EmqxPlatformComponentConfiguration.PREFIX + ".api-url");
    }

    @Test
    void committedFilesAreThoseThatTheGeneratorWrites() throws IOException {
        Map<String, String> committed = new TreeMap<>();
        Path folder = Path.of("target", "committed-generated");
        try (Stream<Path> paths = Files.walk(folder)) {
            paths.filter(Files::isRegularFile)
                    .forEach(path ->
                            committed.put(folder.relativize(path).toString().replace('\\', '/'), text(path)));
        }
        assertThat(committed)
                .as("src/generated as it was when this build began: commit what the build has made of it")
                .isEqualTo(GeneratedFiles.texts());
    }

    private static String text(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void everyPropertyOfTheClassIsDescribedAndNoOther() throws Exception {
        Set<String> properties = Arrays.stream(
                        Introspector.getBeanInfo(EmqxPlatformComponentConfiguration.class, Object.class)
                                .getPropertyDescriptors())
                .filter(property -> property.getWriteMethod() != null)
                .map(property -> EmqxPlatformComponentConfiguration.PREFIX + "."
                        + property.getName().replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT))
                .collect(Collectors.toCollection(TreeSet::new));
        properties.add(EmqxPlatformComponentConfiguration.PREFIX + ".customizer.enabled");
        assertThat(metadata.keySet()).containsExactlyInAnyOrderElementsOf(properties);
        assertThat(metadata.values()).allSatisfy(property -> {
            assertThat(property.getDescription()).as(property.getId()).hasSizeGreaterThan(20);
            assertThat(property.getType()).as(property.getId()).isNotEmpty();
        });
    }

    @Test
    void secretsAreMarked() {
        List<String> secrets = metadata.values().stream()
                .filter(property -> property.getDescription().startsWith("Secret. "))
                .map(property -> property.getId().substring(EmqxPlatformComponentConfiguration.PREFIX.length() + 1))
                .toList();
        assertThat(secrets).containsExactlyInAnyOrder("app-secret", "platform-secret");
        assertThat(ComponentOption.all().stream()
                        .filter(ComponentOption::isSecret)
                        .map(ComponentOption::property))
                .containsExactlyInAnyOrderElementsOf(secrets);
    }

    @Test
    void valuesAndDefaultsAreThere() {
        ConfigurationMetadataProperty version =
                metadata.get(EmqxPlatformComponentConfiguration.PREFIX + ".api-version");
        assertThat(version.getDefaultValue()).isEqualTo("auto");
        assertThat(version.getHints().getValueHints())
                .extracting(ValueHint::getValue)
                .containsExactly("auto", "v4", "v5");
        ConfigurationMetadataProperty timeout =
                metadata.get(EmqxPlatformComponentConfiguration.PREFIX + ".connect-timeout");
        assertThat(timeout.getType()).isEqualTo("java.time.Duration");
        assertThat(timeout.getDefaultValue()).isEqualTo("5000ms");
    }
}
