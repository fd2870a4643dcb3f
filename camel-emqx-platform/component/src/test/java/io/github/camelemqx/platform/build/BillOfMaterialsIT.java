/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.build;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Who uses the jar can tell what comes with it, and that it is what the sources make. */
class BillOfMaterialsIT {

    private static final String OURS = "pkg:maven/io.github.camelemqx/camel-emqx-platform@";

    private final JsonNode bill = read();

    private static JsonNode read() {
        try {
            return new ObjectMapper().readTree(new File(System.getProperty("bill-of-materials")));
        } catch (IOException e) {
            throw new AssertionError(
                    "There is no bill of materials: its plugin does nothing while Maven is offline (-o)", e);
        }
    }

    @Test
    void itIsOfThisJar() {
        assertThat(bill.path("bomFormat").asText()).isEqualTo("CycloneDX");
        JsonNode about = bill.path("metadata").path("component");
        assertThat(about.path("purl").asText()).startsWith(OURS);
        assertThat(about.path("licenses").findValuesAsText("id")).contains("Apache-2.0");
    }

    @Test
    void itListsWhatComesAlongAndNothingThatOnlyTestsNeed() {
        List<String> names = new ArrayList<>();
        for (JsonNode component : bill.path("components")) {
            String name = component.path("group").asText() + ":"
                    + component.path("name").asText();
            names.add(name);
            assertThat(component.path("version").asText())
                    .as(name)
                    .matches("\\d.*")
                    .doesNotContain("SNAPSHOT");
            assertThat(StreamSupport.stream(component.path("hashes").spliterator(), false)
                            .map(hash -> hash.path("alg").asText()))
                    .as(name)
                    .contains("SHA-256");
        }
        assertThat(names)
                .contains(
                        "org.apache.camel:camel-http",
                        "org.apache.camel:camel-jackson",
                        "org.apache.httpcomponents.client5:httpclient5",
                        "com.fasterxml.jackson.core:jackson-databind",
                        "com.bucket4j:bucket4j_jdk17-core")
                .doesNotContain(
                        "org.wiremock:wiremock-standalone",
                        "org.assertj:assertj-core",
                        "io.github.camelemqx:camel-emqx-platform-test");
    }

    /** A time of the build, or an order that a file system chose, would make two builds of one commit differ. */
    @Test
    void theJarTellsNothingOfWhenAndWhereItWasBuilt() throws IOException {
        try (JarFile jar = new JarFile(System.getProperty("jar"))) {
            assertThat(jar.stream().map(entry -> entry.getTimeLocal()).distinct())
                    .hasSize(1);
            List<String> names = jar.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> !name.startsWith("META-INF/M"))
                    .toList();
            assertThat(names).doesNotHaveDuplicates();
            assertThat(jar.getManifest().getMainAttributes().keySet().stream().map(Object::toString))
                    .doesNotContain("Built-By", "Build-Jdk", "Build-Time", "Bnd-LastModified");
        }
    }
}
