/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The benchmark measures everything that it is to measure, and of the right thing: measurements fail when a watch tells
 * anything but what changed. How fast it is here is nobody's business.
 */
class WatchScaleTest {

    private static final int CLIENTS = 1_100;

    @Test
    void everyFigureIsThere(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("watch-scale.json");
        Report report = new WatchScale(new Options(Map.of(
                        "clients", String.valueOf(CLIENTS),
                        "rounds", "1",
                        "warmUp", "0",
                        "fork", "false",
                        "out", file.toString())))
                .run();
        assertThat(report.runs())
                .extracting(Run::subject, Run::format)
                .map(Object::toString)
                .containsExactlyInAnyOrder(
                        "(POLL, V5_FIELDS)",
                        "(POLL, V5_WIDE)",
                        "(POLL, V4_WIDE)",
                        "(NAIVE_ROUTE, V5_FIELDS)",
                        "(NAIVE_ROUTE, V5_WIDE)",
                        "(NAIVE_ROUTE, V4_WIDE)",
                        "(FILE_STORE, V5_FIELDS)",
                        "(JDBC_STORE, V5_FIELDS)");
        for (Run run : report.runs()) {
            assertThat(figures(run.subject()))
                    .allSatisfy(name -> assertThat(run.figure(name)).as(name).isFinite());
        }
        assertThat(run(report, Plan.Subject.POLL).figure("changes")).isEqualTo(CLIENTS);
        assertThat(run(report, Plan.Subject.NAIVE_ROUTE).figure("changes")).isEqualTo(CLIENTS);
        assertThat(run(report, Plan.Subject.FILE_STORE).figure("diskBytesPerClient"))
                .isPositive();
        assertWritten(file);
    }

    private static void assertWritten(Path file) throws IOException {
        Results written = Results.read(file);
        assertThat(written.figures())
                .hasSize(8)
                .allSatisfy(run -> assertThat(run.path("clients").asInt()).isEqualTo(CLIENTS));
        assertThat(written.targets()).hasSize(5 * RowFormat.values().length);
        assertThat(written.targets().get(0).what()).isEqualTo("bytes of heap a client");
        assertThat(written.machine()).isEqualTo(Machine.here());
    }

    private static Run run(Report report, Plan.Subject subject) {
        return report.runs().stream()
                .filter(run -> run.subject() == subject)
                .findFirst()
                .orElseThrow();
    }

    private static List<String> figures(Plan.Subject subject) {
        List<String> polls = List.of("firstPollSeconds", "pollSeconds", "pollCpuSeconds", "pollWithChangesSeconds");
        return switch (subject) {
            case POLL, NAIVE_ROUTE ->
                Stream.concat(
                                polls.stream(),
                                Stream.of(
                                        "heapBytesPerClient",
                                        "parserCpuSeconds",
                                        "cpuRatio",
                                        "pollAllocatedBytesPerClient",
                                        "parserAllocatedBytesPerClient",
                                        "exchangesPerSecond"))
                        .toList();
            case FILE_STORE, JDBC_STORE ->
                Stream.concat(
                                polls.stream(),
                                Stream.of("diskBytesPerClient", "restartSeconds", "firstPollAfterRestartSeconds"))
                        .toList();
        };
    }
}
