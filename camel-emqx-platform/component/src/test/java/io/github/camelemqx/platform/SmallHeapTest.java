/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelemqx.platform.test.EmqxSimulator;
import io.github.camelemqx.platform.test.Generation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code split(body()).streaming()} over a hundred thousand clients needs no more memory than a page. */
class SmallHeapTest {

    private static final int CLIENTS = 100_000;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Generation.class)
    void streamsAHundredThousandClientsInSixtyFourMegabytes(Generation generation) throws Exception {
        try (EmqxSimulator emqx = EmqxSimulator.start(generation)) {
            for (int i = 0; i < CLIENTS; i++) {
                emqx.connect("client-" + i);
            }
            Path printed = folder.resolve("printed.txt");
            Process process = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx64m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            SmallHeap.class.getName(),
                            emqx.apiUrl(),
                            emqx.appId(),
                            emqx.appSecret()))
                    .redirectErrorStream(true)
                    .redirectOutput(printed.toFile())
                    .start();
            assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
            assertThat(Files.readString(printed)).contains(CLIENTS + " rows in a heap of 64 MB");
            assertThat(process.exitValue()).isZero();
            // by page number the last of a hundred pages would cost the broker the ninety-nine before it
            String path = generation == Generation.V5 ? "/api/v5/clients_v2?" : "/api/v4/clients?";
            assertThat(emqx.wireMock().getAllServeEvents())
                    .hasSizeGreaterThanOrEqualTo(CLIENTS / 1000)
                    .allMatch(event -> event.getRequest().getUrl().startsWith(path));
            System.out.println(generation + ": " + Files.readString(printed).strip());
        }
    }
}
