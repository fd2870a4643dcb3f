/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.karaf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelemqx.platform.test.EmqxSimulator;
import io.github.camelemqx.platform.test.Generation;
import io.github.camelemqx.platform.test.PublishedMessage;
import io.github.camelemqx.platform.test.SimulatedClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A real Karaf installs {@code camel-emqx-platform} by its feature and runs this example's bundle, against simulators in this
 * process. Says where Camel comes from: from camel-karaf, or from plain jars where that cannot be had.
 */
@ExtendWith(KarafLog.class)
class KarafIT {

    private static final Path HOME = path("karaf.home");
    private static final Path BASE = path("karaf.base");
    private static final Path REPOSITORY = path("repository");
    private static final Path BUNDLE = path("bundle");
    private static final String CAMEL_KARAF = System.getProperty("camel-karaf.version");
    private static final String VERSION = System.getProperty("version");
    private static final Duration SOON = Duration.ofSeconds(60);

    private static Karaf karaf;
    private static boolean installed;

    @BeforeAll
    static void startKaraf() throws Exception {
        Path embedded = BASE.resolveSibling("embedded-camel");
        Files.createDirectories(embedded);
        karaf = Karaf.start(HOME, BASE, List.of(REPOSITORY, embedded));
        try {
            System.out.println("Camel in Karaf: " + provideCamel(embedded));
            String bundles = karaf.run(
                    "feature:repo-add mvn:io.github.camelemqx/camel-emqx-platform-karaf/" + VERSION + "/xml/features",
                    "feature:install camel-emqx-platform camel-emqx-platform-file-store aries-blueprint",
                    "bundle:list -t 0 -s --no-format");
            assertThat(bundles.lines().filter(line -> line.contains("io.github.camelemqx.camel-emqx-platform")))
                    .singleElement()
                    .asString()
                    .contains("Active");
            System.out.println(bundles.lines()
                    .filter(line -> line.matches("\\d.*(emqx|camel).*"))
                    .map(line -> line.replaceAll("\\s+", " "))
                    .toList());
        } catch (Throwable e) {
            System.err.println(log());
            karaf.kill();
            throw e;
        }
    }

    /** @return where Camel comes from */
    private static String provideCamel(Path embedded) throws Exception {
        String official = "mvn:org.apache.camel.karaf/apache-camel/" + CAMEL_KARAF + "/xml/features";
        deleteFeatures(embedded);
        try {
            karaf.run("feature:repo-add " + official, "feature:install camel-core camel-http camel-jackson");
            return "the official features, " + official;
        } catch (IllegalStateException e) {
            if (!karaf.isAlive()) {
                throw e;
            }
            new EmbeddedCamel(REPOSITORY, embedded, CAMEL_KARAF).make();
            String reason = e.getMessage()
                    .lines()
                    .filter(line -> line.startsWith("Error"))
                    .findFirst()
                    .orElse(e.getMessage());
            return "its plain jars as bundles, since the official features cannot be had: " + reason;
        }
    }

    private static void deleteFeatures(Path embedded) throws IOException {
        Files.deleteIfExists(embedded.resolve("org/apache/camel/karaf/apache-camel")
                .resolve(CAMEL_KARAF)
                .resolve("apache-camel-" + CAMEL_KARAF + "-features.xml"));
    }

    @ParameterizedTest
    @EnumSource
    void tellsWhoComesAndGoesAndKicksWhoMustNotBeThere(Generation generation) throws Exception {
        try (EmqxSimulator broker = EmqxSimulator.start(generation)) {
            broker.connect("test-1");
            runAgainst(broker);

            await().atMost(SOON).untilAsserted(() -> assertThat(published(broker, "fleet/kicked"))
                    .containsExactly("test-1 from 127.0.0.1 was kicked"));
            assertThat(broker.client("test-1").filter(SimulatedClient::connected))
                    .isEmpty();

            // another one each time: the watch may have its first look still before it
            AtomicInteger devices = new AtomicInteger();
            await().atMost(SOON).pollInterval(Duration.ofMillis(500)).untilAsserted(() -> {
                broker.connect("sensor-" + devices.incrementAndGet());
                assertThat(published(broker, "fleet/news")).anyMatch(news -> news.startsWith("connected sensor-"));
            });
            String told = published(broker, "fleet/news").stream()
                    .filter(news -> news.startsWith("connected sensor-"))
                    .findFirst()
                    .orElseThrow()
                    .substring("connected ".length());
            broker.disconnect(told);
            await().atMost(SOON).untilAsserted(() -> assertThat(published(broker, "fleet/news"))
                    .contains("disconnected " + told));
            System.out.println(generation + ": the broker got "
                    + broker.published().stream()
                            .map(message -> message.topic() + " \"" + message.text() + "\"")
                            .toList());
        }
    }

    @AfterAll
    static void stopKaraf() throws Exception {
        if (karaf == null || !karaf.isAlive()) {
            return;
        }
        assertThat(karaf.stop()).as("Karaf stopped by itself").isTrue();
        assertThat(karaf.isAlive()).isFalse();
    }

    private static void runAgainst(EmqxSimulator broker) throws Exception {
        karaf.configure(
                "io.github.camelemqx.examples.karaf",
                Map.of("apiUrl", broker.apiUrl(), "appId", broker.appId(), "appSecret", broker.appSecret()));
        // once it is there, Blueprint starts it again with what has changed
        if (!installed) {
            installed = true;
            karaf.run("bundle:install -s " + BUNDLE.toUri());
        }
    }

    private static List<String> published(EmqxSimulator broker, String topic) {
        return broker.published().stream()
                .filter(message -> message.topic().equals(topic))
                .map(PublishedMessage::text)
                .toList();
    }

    /** For {@link KarafLog}. */
    static String log() {
        return karaf.log();
    }

    private static Path path(String property) {
        return Path.of(System.getProperty(property));
    }
}
