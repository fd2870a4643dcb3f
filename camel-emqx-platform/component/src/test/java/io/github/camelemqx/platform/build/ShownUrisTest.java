/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelemqx.platform.EmqxPlatformComponent;
import io.github.camelemqx.platform.catalog.Catalog;
import io.github.camelemqx.platform.catalog.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.catalog.EndpointValidationResult;
import org.junit.jupiter.api.Test;

/** Whatever address of an endpoint is shown to users, in an example or on a page, is one that tools and the catalogue know. */
class ShownUrisTest {

    private static final Path ROOT = Path.of("..", "..");
    private static final Path SCHEMA =
            Path.of("src/generated/resources/META-INF/io/github/camelemqx/platform/emqx-platform.json");
    private static final Pattern URI = Pattern.compile("emqx-platform:([a-z-]+)(\\?[^\"`'\\s)|>]*)?");
    private static final Pattern OPERATION = Pattern.compile("[?&]operation=([a-z-]+)");

    @Test
    void everyUriThatIsShownIsKnown() throws IOException {
        DefaultCamelCatalog tools = new DefaultCamelCatalog();
        tools.addComponent("emqx-platform", EmqxPlatformComponent.class.getName(), Files.readString(SCHEMA));
        Catalog catalog = Catalog.load();
        Map<String, Set<String>> shown = shown();
        assertThat(shown).hasSizeGreaterThan(20);
        List<String> wrong = new ArrayList<>();
        shown.forEach((uri, files) -> {
            EndpointValidationResult result = tools.validateEndpointProperties(uri);
            if (!result.isSuccess()) {
                wrong.add(uri + " in " + files + ": " + result.summaryErrorMessage(false));
            }
            Matcher parts = URI.matcher(uri);
            if (parts.matches()) {
                Matcher operation = OPERATION.matcher(uri);
                try {
                    Resource resource = catalog.resource(parts.group(1));
                    if (operation.find()) {
                        resource.operation(operation.group(1));
                    }
                } catch (IllegalArgumentException e) {
                    wrong.add(uri + " in " + files + ": " + e.getMessage());
                }
            }
        });
        assertThat(wrong).isEmpty();
    }

    /** The files where each is shown. */
    private static Map<String, Set<String>> shown() throws IOException {
        Map<String, Set<String>> shown = new TreeMap<>();
        for (Path place : List.of(
                ROOT.resolve("README.md"),
                Path.of("docs"),
                ROOT.resolve("camel-emqx-platform-examples"),
                Path.of("..", "kamelets", "README.md"))) {
            try (Stream<Path> files = Files.walk(place)) {
                for (Path file : files.filter(ShownUrisTest::isSource).toList()) {
                    Matcher uri = URI.matcher(Files.readString(file).replace("&amp;", "&"));
                    while (uri.find()) {
                        if (!uri.group().contains("…")) {
                            shown.computeIfAbsent(uri.group(), key -> new TreeSet<>())
                                    .add(file.toString());
                        }
                    }
                }
            }
        }
        return shown;
    }

    private static boolean isSource(Path file) {
        return Files.isRegularFile(file)
                && !file.toString().contains("target")
                && file.toString().matches(".*\\.(java|yaml|xml|md|properties)");
    }
}
