/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.karaf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.apache.felix.utils.manifest.Clause;
import org.junit.jupiter.api.Test;
import org.w3c.dom.NodeList;

/**
 * That {@code features.xml} is what Karaf takes, and brings what it says. Camel's own features are not looked at here:
 * KarafIT, among the examples, installs the whole in a Karaf.
 */
class FeaturesIT {

    private static final Path FEATURES = Path.of(System.getProperty("features"));
    /** The dependencies of this module, in the layout of a Maven repository. */
    private static final Path REPOSITORY = Path.of(System.getProperty("repository"));

    @Test
    void followsTheSchemaOfKaraf() throws Exception {
        Schema schema = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(getClass().getResource("/org/apache/karaf/features/karaf-features-1.6.0.xsd"));
        try (InputStream features = Files.newInputStream(FEATURES)) {
            schema.newValidator().validate(new StreamSource(features));
        }
    }

    @Test
    void leavesNoPlaceholderOpen() throws IOException {
        assertThat(Files.readString(FEATURES)).doesNotContain("${");
    }

    @Test
    void everyBundleThatIsNamedIsADependencyAndABundle() throws Exception {
        List<Path> named = namedBundles();
        assertThat(named).hasSizeGreaterThanOrEqualTo(4);
        for (Path bundle : named) {
            assertThat(BundleManifest.of(bundle).symbolicName())
                    .as("%s", bundle)
                    .isNotNull();
        }
    }

    @Test
    void whatTheComponentImportsIsOffered() throws Exception {
        Offer offer = new Offer();
        for (Path jar : jars()) {
            offer.add(jar);
        }
        List<String> missing = new ArrayList<>();
        List<Clause> imports = BundleManifest.of(component()).imports();
        for (Clause wanted : imports) {
            String answer = offer.missing(wanted);
            if (answer != null) {
                missing.add(answer);
            }
        }
        assertThat(imports).hasSizeGreaterThan(30);
        assertThat(missing).isEmpty();
    }

    @Test
    void whatTheFeaturesBringIsImported() throws Exception {
        Set<String> imported = new HashSet<>();
        for (Clause wanted : BundleManifest.of(component()).imports()) {
            imported.add(wanted.getName());
        }
        List<Path> others = new ArrayList<>(namedBundles());
        others.remove(component());
        for (Path bundle : others) {
            assertThat(BundleManifest.of(bundle).exports())
                    .as("packages of %s", bundle)
                    .anyMatch(offered -> imported.contains(offered.getName()));
        }
    }

    private static Path component() throws Exception {
        return namedBundles().stream()
                .filter(bundle -> bundle.getFileName().toString().startsWith("camel-emqx-platform-"))
                .findFirst()
                .orElseThrow();
    }

    private static List<Path> namedBundles() throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        NodeList bundles = factory.newDocumentBuilder().parse(FEATURES.toFile()).getElementsByTagName("bundle");
        List<Path> found = new ArrayList<>();
        for (int i = 0; i < bundles.getLength(); i++) {
            String address = bundles.item(i).getTextContent().trim();
            assertThat(address).matches("mvn:[^/]+/[^/]+/[^/]+");
            String[] coordinates = address.substring("mvn:".length()).split("/", -1);
            Path bundle = REPOSITORY
                    .resolve(coordinates[0].replace('.', '/'))
                    .resolve(coordinates[1])
                    .resolve(coordinates[2])
                    .resolve(coordinates[1] + "-" + coordinates[2] + ".jar");
            assertThat(bundle).as(address).isRegularFile();
            found.add(bundle);
        }
        return found;
    }

    private static List<Path> jars() throws IOException {
        try (Stream<Path> files = Files.walk(REPOSITORY)) {
            return files.filter(file -> file.toString().endsWith(".jar")).toList();
        }
    }
}
