/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelemqx.platform.benchmarks.Results;
import io.github.camelemqx.platform.benchmarks.Target;
import io.github.camelemqx.platform.benchmarks.calls.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page is what its results are; and the committed one is that of the committed results. */
class ResultsPageTest {

    @Test
    void theCommittedPageIsThatOfTheCommittedResults() throws IOException {
        Map<String, String> committed = files(Path.of("target", "committed-page"));
        Map<String, String> written = ResultsPage.of(Path.of("results"));
        TreeSet<String> stale = new TreeSet<>(committed.keySet());
        stale.addAll(written.keySet());
        stale.removeIf(file -> committed.getOrDefault(file, "").equals(written.get(file)));
        assertThat(stale)
                .as("files of the page that were not current when this build began: build again and commit them")
                .isEmpty();
    }

    @Test
    void callsHaveATableAndAPlot(@TempDir Path folder) throws IOException {
        List<Map<String, Object>> figures = new ArrayList<>();
        for (int threads : new int[] {16, 1}) {
            figures.add(call("RAW", threads, 40_000));
            double rate = 1_000;
            for (Peer.Kind peer : Peer.Kind.values()) {
                figures.add(call(peer.name(), threads, rate *= 2));
            }
        }
        List<Target> targets = List.of(
                Target.atLeast("calls a second by camel-http's", "GET, 1 thread", 0.5, 1.3),
                Target.atLeast("calls a second by camel-http's", "GET, 16 threads", 1.5, 1.3));
        Map<String, String> files = page(folder, "calls", targets, figures);
        assertThat(files).containsOnlyKeys("RESULTS.md", "plots/calls-get.svg");
        assertThat(page(files))
                .contains("| [Calls](#calls) | ", " | 2 | 1 |\n")
                .contains("|  | calls a second by camel-http's: at least 1.3 |\n")
                .contains("| GET, 1 thread | **0.500 missed** |\n| GET, 16 threads | 1.50 met |\n")
                .contains("![Get a client: calls by number of threads](plots/calls-get.svg)")
                .containsSubsequence(
                        "| 1 | emqx-platform | 2 000 ± 100 | 0.259 ± 0.0228 | 0.512 ± 0.0296 | 120 | 3 400 | 50.5 | 12 300 |\n",
                        "| 1 | ceiling of the server | 40 000 |",
                        "| 16 | emqx-platform |");
        assertThat(files.get("plots/calls-get.svg"))
                .contains("emqx-platform", "camel-http", "HttpClient 5", "JDK's client", "Retrofit")
                .doesNotContain("ceiling");
    }

    private static Map<String, Object> call(String peer, int threads, double rate) {
        return Map.of(
                "call",
                "GET",
                "peer",
                peer,
                "threads",
                threads,
                "callsPerSecond",
                rate,
                "callsPerSecondError",
                peer.equals("RAW") ? Double.NaN : rate / 20,
                "rounds",
                List.of(rate, rate + 100, rate + 200),
                "p50",
                120.4,
                "p99",
                3_400.4,
                "cpuMicros",
                50.49,
                "allocatedBytes",
                12_345.6);
    }

    @Test
    void aWatchIsBesideItsPeers(@TempDir Path folder) throws IOException {
        List<Map<String, Object>> figures = new ArrayList<>();
        for (int clients : new int[] {10_000, 100_000}) {
            figures.add(poll("POLL", clients, 95.04, 0.02));
            figures.add(poll("NAIVE_ROUTE", clients, 950.4, 0.2));
        }
        figures.add(Map.of("subject", "FILE_STORE", "format", "V5_FIELDS", "clients", 10_000, "restartSeconds", 6.6));
        Map<String, String> files = page(folder, "watch-scale", List.of(), figures);
        assertThat(files)
                .containsOnlyKeys(
                        "RESULTS.md",
                        "plots/watch-cpu-v5-fields.svg",
                        "plots/watch-heap-v5-fields.svg",
                        "plots/watch-time-v5-fields.svg");
        assertThat(page(files))
                .contains("### Rows of EMQX 5.6 and newer, with the fields that were asked for (V5_FIELDS)")
                .contains("| 10 000 | watch | 95.0 | 0.0200 (0.0100 to 0.0400) | 0.0200 (0.0100 to 0.0400) | 2.00 |\n")
                .contains("| 10 000 | bare parser |  | 0.0100 | 0.0100 | 1.00 |\n")
                .contains("| 100 000 | 0.100 | 0.100 | 0.100 |\n")
                .contains("| clients | store | restart, s |\n| ---: | --- | ---: |\n| 10 000 | file store | 6.60 |\n");
        assertThat(files.get("plots/watch-heap-v5-fields.svg"))
                .contains("watch", "naive route")
                .doesNotContain("bare parser");
        assertThat(files.get("plots/watch-cpu-v5-fields.svg")).contains("watch", "bare parser", "naive route");
    }

    private static Map<String, Object> poll(String subject, int clients, double heap, double seconds) {
        Map<String, Object> several = Map.of("median", seconds, "min", seconds / 2, "max", seconds * 2, "count", 3);
        return Map.of(
                "subject",
                subject,
                "format",
                "V5_FIELDS",
                "clients",
                clients,
                "heapBytesPerClient",
                heap,
                "pollSeconds",
                several,
                "pollCpuSeconds",
                several,
                "parserSeconds",
                seconds / 2,
                "parserCpuSeconds",
                seconds / 2);
    }

    @Test
    void otherFiguresAreATable(@TempDir Path folder) throws IOException {
        Map<String, String> files = page(
                folder,
                "in-flight",
                List.of(Target.atMost("events invented", "V5", 1, 0)),
                List.of(
                        new TreeMap<>(Map.of("kind", "platform", "callsPerSecond", 9_132.2, "threads", 2_008)),
                        new TreeMap<>(Map.of("kind", "a|b", "callsPerSecond", Double.NaN))));
        assertThat(page(files))
                .contains("| calls per second | kind | threads |\n| ---: | --- | ---: |\n")
                .contains("| 9 130 | platform | 2 008 |\n|  | a\\|b |  |\n")
                .contains("| events invented: at most 0 | V5 | **1.00 missed** |");
    }

    @Test
    void wideTablesAreTurned(@TempDir Path folder) throws IOException {
        Map<String, Object> wide = new TreeMap<>(Map.of("java", "17", "a", 1, "b", 2, "c", 3, "d", 4));
        wide.putAll(Map.of("e", 5, "f", 6, "g", 7, "hIsMore", 8));
        assertThat(page(page(folder, "start", List.of(), List.of(wide))))
                .contains("|  | 17 |\n| --- | ---: |\n| a | 1 |\n")
                .contains("| h is more | 8 |");
    }

    /** With ordinary spaces. */
    private static String page(Map<String, String> files) {
        return files.get("RESULTS.md").replace('\u00a0', ' ');
    }

    private static Map<String, String> page(Path folder, String name, List<Target> targets, List<?> figures)
            throws IOException {
        Results.of("What it is.", targets, figures)
                .write(folder.resolve("results").resolve(name + ".json"));
        Files.createDirectories(folder.resolve("plots"));
        Files.writeString(folder.resolve("plots/of-a-year-ago.svg"), "<svg/>");
        ResultsPage.main(new String[] {folder.toString()});
        Map<String, String> files = files(folder);
        files.keySet().removeIf(file -> file.startsWith("results"));
        return files;
    }

    private static Map<String, String> files(Path folder) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                files.put(folder.relativize(path).toString().replace('\\', '/'), Files.readString(path));
            }
        }
        return files;
    }
}
