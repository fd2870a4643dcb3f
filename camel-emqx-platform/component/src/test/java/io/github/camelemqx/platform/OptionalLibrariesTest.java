/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelemqx.platform.test.EmqxSimulator;
import io.github.camelemqx.platform.test.Generation;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A watch in a process that has none of the libraries by which watches are seen from outside. */
class OptionalLibrariesTest {

    private static final Pattern OPTIONAL = Pattern.compile(
            "(camel-(micrometer|health|console|master)|micrometer-.*|HdrHistogram|LatencyUtils)-\\d.*\\.jar");

    @TempDir
    Path folder;

    @Test
    void aWatchNeedsNoneOfThem() throws Exception {
        List<String> all = Arrays.asList(System.getProperty("java.class.path").split(File.pathSeparator));
        List<String> needed = all.stream()
                .filter(entry -> !OPTIONAL.matcher(Path.of(entry).getFileName().toString())
                        .matches())
                .toList();
        assertThat(all.size() - needed.size()).isGreaterThanOrEqualTo(6);
        ToldStory story = new ToldStory(folder.resolve("told"));
        Path printed = folder.resolve("printed");
        try (EmqxSimulator emqx = EmqxSimulator.start(Generation.V5)) {
            emqx.connect("c1");
            Process process = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx128m",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            needed.stream().collect(Collectors.joining(File.pathSeparator)),
                            KilledWatch.class.getName(),
                            emqx.apiUrl(),
                            emqx.appId(),
                            emqx.appSecret(),
                            folder.resolve("state").toString(),
                            story.file().toString()))
                    .redirectErrorStream(true)
                    .redirectOutput(printed.toFile())
                    .start();
            try {
                await().atMost(Duration.ofSeconds(40)).until(() -> {
                    assertThat(process.isAlive())
                            .as("ended by itself: %s", Files.readString(printed))
                            .isTrue();
                    return !story.lines().isEmpty();
                });
                emqx.disconnect("c1");
                await().untilAsserted(() -> assertThat(story.events().values())
                        .map(event -> event.substring(0, event.indexOf(' ')))
                        .containsExactly("connected", "disconnected"));
            } finally {
                process.destroyForcibly().waitFor();
            }
            assertThat(Files.readString(printed)).doesNotContain("NoClassDefFoundError", "ClassNotFoundException");
        }
    }
}
