/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelemqx.platform.test.EmqxSimulator;
import io.github.camelemqx.platform.test.EmqxSimulatorExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Camel may run on virtual threads, where there are any: needs a Java 21 or newer beside the one of the build. */
class VirtualThreadsTest {

    @RegisterExtension
    static final EmqxSimulatorExtension EMQX = EmqxSimulatorExtension.v5();

    @TempDir
    Path folder;

    @Test
    void callsAndWatchesRunOnVirtualThreads() throws Exception {
        Optional<Path> java = newerJava();
        Assumptions.assumeTrue(
                java.isPresent(), "No Java 21 or newer in " + Runtime.version() + "'s neighbourhood nor in JAVA_NEWER");
        EmqxSimulator emqx = EMQX.simulator();
        emqx.connect("c1");
        Path printed = folder.resolve("printed");
        Process process = new ProcessBuilder(List.of(
                        java.get().toString(),
                        "-Dcamel.threads.virtual.enabled=true",
                        // a virtual thread that holds its carrier is told
                        "-Djdk.tracePinnedThreads=full",
                        "-cp",
                        System.getProperty("java.class.path"),
                        OnVirtualThreads.class.getName(),
                        emqx.apiUrl(),
                        emqx.appId(),
                        emqx.appSecret()))
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile())
                .start();
        try {
            assertThat(process.waitFor(90, TimeUnit.SECONDS))
                    .as(Files.readString(printed))
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(Files.readString(printed, StandardCharsets.UTF_8))
                .contains("call virtual", "event virtual", "500 calls")
                .doesNotContain("platform\n", "camelemqx.platform.client.Pauses.pause");
        assertThat(process.exitValue()).isZero();
    }

    /** The one that the variable JAVA_NEWER names, or one beside this one. */
    private static Optional<Path> newerJava() throws IOException {
        String named = System.getenv("JAVA_NEWER");
        if (named != null) {
            return Optional.of(Path.of(named, "bin", "java"));
        }
        Path ours = Path.of(System.getProperty("java.home")).toRealPath();
        if (Runtime.version().feature() >= 21) {
            return Optional.of(ours.resolve("bin").resolve("java"));
        }
        try (Stream<Path> beside = Files.list(ours.getParent())) {
            return beside.filter(VirtualThreadsTest::isNewer)
                    .map(home -> home.resolve("bin").resolve("java"))
                    .filter(Files::isExecutable)
                    .max(Comparator.naturalOrder());
        }
    }

    /** Every Java has a file that says which it is. */
    private static boolean isNewer(Path home) {
        try {
            return Files.readString(home.resolve("release"))
                    .lines()
                    .filter(line -> line.startsWith("JAVA_VERSION="))
                    .map(line -> line.replaceAll("[^0-9.]", "").replaceAll("\\..*", ""))
                    .anyMatch(feature -> !feature.isEmpty() && Integer.parseInt(feature) >= 21);
        } catch (IOException notAJava) {
            return false;
        }
    }
}
