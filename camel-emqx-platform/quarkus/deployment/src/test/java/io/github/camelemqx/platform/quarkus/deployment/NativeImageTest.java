/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.quarkus.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelemqx.platform.EmqxPlatformComponent;
import io.github.camelemqx.platform.exception.EmqxClientOfflineException;
import io.github.camelemqx.platform.model.Client;
import io.github.camelemqx.platform.model.MetricChange;
import io.github.camelemqx.platform.model.ResourceChange;
import io.github.camelemqx.platform.model.User;
import io.github.camelemqx.platform.quarkus.tour.Tour;
import io.github.camelemqx.platform.test.EmqxSimulator;
import io.github.camelemqx.platform.test.Generation;
import io.github.camelemqx.platform.watch.FileStateStore;
import io.quarkus.maven.dependency.Dependency;
import io.quarkus.test.ProdBuildResults;
import io.quarkus.test.ProdModeTestResults;
import io.quarkus.test.QuarkusProdModeTest;
import io.quarkus.test.QuarkusProdModeTest.BuildChainCustomizerEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a native image would be told of the component, held from both sides: to runs of an application that is built as for
 * production, and to what is in the component. An image itself takes GraalVM, which this build does without.
 */
class NativeImageTest {

    private static final String OURS = "io.github.camelemqx.platform.";

    /** Not the component's, though it is in a package of ours. */
    private static final String APPLICATION = Tour.class.getPackageName();

    /** What JDK and Quarkus make at run time, and a native image has made before. */
    private static final Pattern MADE = Pattern.compile(".*(\\$\\$Lambda.*|_ClientProxy|_Bean|_Subclass)");

    @RegisterExtension
    static final QuarkusProdModeTest BUILT = new QuarkusProdModeTest()
            .withApplicationRoot(jar -> jar.addPackage(Tour.class.getPackage()))
            .withConfigurationResource("tour.properties")
            .setForcedDependencies(List.of(
                    artifact("org.apache.camel", "camel-console", "camel"),
                    artifact("org.apache.camel", "camel-telemetry", "camel"),
                    artifact("org.apache.camel.quarkus", "camel-quarkus-bean", "camel-quarkus"),
                    artifact("org.apache.camel.quarkus", "camel-quarkus-direct", "camel-quarkus"),
                    artifact("com.h2database", "h2-mvstore", "h2")))
            .addBuildChainCustomizerEntries(new BuildChainCustomizerEntry(
                    RegisteredItems.class, RegisteredItems.PRODUCES, RegisteredItems.CONSUMES));

    @ProdBuildResults
    ProdModeTestResults results;

    @TempDir
    Path folder;

    private final ComponentFiles component = ComponentFiles.of(EmqxPlatformComponent.class);

    private Registered registered;

    @BeforeEach
    void read() throws IOException {
        registered = Registered.in(built("quarkus/generated-bytecode.jar"));
    }

    @Test
    void theFeatureIsTold() {
        assertThat(registered.features()).contains("camel-emqx-platform", "camel-http", "camel-jackson");
    }

    @Test
    void whatARunOnGeneration4ReachesIsRegistered() throws Exception {
        runReachesOnlyWhatIsRegistered(Generation.V4);
    }

    @Test
    void whatARunOnGeneration5ReachesIsRegistered() throws Exception {
        runReachesOnlyWhatIsRegistered(Generation.V5);
    }

    private void runReachesOnlyWhatIsRegistered(Generation generation) throws Exception {
        Path printed = folder.resolve("printed");
        RecordedRun run = tour(generation, printed);
        assertThat(run.exit()).as(Files.readString(printed)).isZero();

        // it has been where users go: otherwise there is nothing to compare
        assertThat(run.classes())
                .containsKeys(
                        Client.class.getName(),
                        User.class.getName(),
                        ResourceChange.class.getName(),
                        MetricChange.class.getName(),
                        EmqxClientOfflineException.class.getName(),
                        FileStateStore.class.getName());
        assertThat(run.resources()).containsKey("io/github/camelemqx/platform/catalog/index.txt");

        run.classes().forEach((name, place) -> {
            if (!name.startsWith(APPLICATION) && !MADE.matcher(name).matches()) {
                assertThat(registered.classes())
                        .as("%s, reached by %s", name, place)
                        .containsKey(name);
            }
        });
        run.resources().forEach((name, place) -> {
            assertThat(registered.hasResource(name))
                    .as("%s, opened by %s", name, place)
                    .isTrue();
        });
        // Camel tells at the start what it is configured with
        assertThat(Files.readString(printed)).contains("apiUrl = ").doesNotContain("simulator-secret");
    }

    @Test
    void everyRecordAndEveryExceptionIsRegistered() {
        List<String> named = component.publicClasses("model", "exception");
        assertThat(named).hasSizeGreaterThan(30);
        assertThat(named)
                .allSatisfy(name ->
                        assertThat(registered.classes().get(name)).isNotNull().contains("constructors", "methods"));
    }

    @Test
    void everyFileOfTheCatalogueIsAResource() {
        List<String> files = component.files("io/github/camelemqx/platform/catalog/").stream()
                .filter(name -> !name.endsWith(".class"))
                .toList();
        assertThat(files).hasSizeGreaterThan(60).allMatch(registered::hasResource);
    }

    @Test
    void everyServiceIsFound() throws IOException {
        List<String> services = component.files("META-INF/services/");
        assertThat(services).hasSizeGreaterThan(8);
        for (String service : services) {
            String content = component.text(service);
            switch (service) {
                // made while the image is built, by its class: the runs could convert nothing without
                case "META-INF/services/org/apache/camel/TypeConverterLoader" -> {}
                // for tools that look into jars, nobody reads it at run time
                case "META-INF/services/org/apache/camel/component.properties" -> {}
                // names consoles, no classes
                case "META-INF/services/org/apache/camel/dev-consoles.properties" ->
                    assertThat(registered.hasResource(service)).isTrue();
                // of the JDK's service loader: as a file and as a class
                case "META-INF/services/org.apache.camel.telemetry.SpanDecorator" -> {
                    assertThat(registered.hasResource(service)).isTrue();
                    assertThat(registered.classes().get(content.strip())).contains("constructors");
                }
                // of Camel's factory finder, which Camel Quarkus fills while the image is built: the class, without the
                // file
                default -> {
                    String type = content.lines()
                            .filter(line -> line.startsWith("class="))
                            .map(line -> line.substring("class=".length()))
                            .findFirst()
                            .orElseThrow(() -> new AssertionError("No class in " + service));
                    assertThat(registered.classes().get(type)).as(service).contains("constructors");
                }
            }
        }
    }

    /** An image is linked as a whole: what names a class that is missing fails it. */
    @Test
    void withoutMicrometerNothingNamesIt() throws IOException {
        String meters = "io/github/camelemqx/platform/meter/WatchMeters.class";
        assertThat(component.text(meters)).contains("MicrometerMeters");
        try (JarFile jar = new JarFile(built("quarkus/transformed-bytecode.jar").toFile())) {
            byte[] bytes = jar.getInputStream(jar.getEntry(meters)).readAllBytes();
            assertThat(new String(bytes, StandardCharsets.ISO_8859_1))
                    .contains("NoMeters")
                    .doesNotContain("MicrometerMeters");
        }
    }

    private RecordedRun tour(Generation generation, Path printed) throws Exception {
        ScheduledExecutorService traffic = Executors.newSingleThreadScheduledExecutor();
        try (EmqxSimulator emqx = EmqxSimulator.start(generation)) {
            emqx.connect("truck-1");
            emqx.subscribe("truck-1", "fleet/#", 1);
            ScheduledFuture<?> messages =
                    traffic.scheduleAtFixedRate(() -> emqx.count("messages.received", 1), 0, 50, TimeUnit.MILLISECONDS);
            RecordedRun run = RecordedRun.of(
                    built("quarkus-run.jar"),
                    Map.of(
                            "emqx.url", emqx.apiUrl(),
                            "emqx.id", emqx.appId(),
                            "emqx.secret", emqx.appSecret(),
                            "state.file", folder.resolve("state").toString()),
                    name -> name.startsWith(OURS) || component.has(name),
                    printed);
            messages.cancel(false);
            return run;
        } finally {
            traffic.shutdownNow();
        }
    }

    private Path built(String file) {
        return results.getResults().get(0).getPath().resolveSibling(file);
    }

    private static Dependency artifact(String group, String name, String version) {
        return Dependency.of(group, name, System.getProperty(version + ".version"));
    }
}
