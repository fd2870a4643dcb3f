/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks.page;

import io.github.camelemqx.platform.benchmarks.Results;
import io.github.camelemqx.platform.benchmarks.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Makes the page of results, {@code RESULTS.md} and {@code plots}, of the files in {@code results}. The build runs it, and what it
 * writes is committed: no figure on the page was typed.
 */
public final class ResultsPage {

    /** The page's name. */
    static final String NAME = "RESULTS.md";

    /** What is told first; others follow by their names. */
    private static final List<String> ORDER =
            List.of("watch-scale", "churn", "batching", "calls", "in-flight", "start");

    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private ResultsPage() {}

    /**
     * Writes page and plots.
     *
     * @param args the folder that has the folder {@code results} and gets the page; where this runs, without one
     */
    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args.length == 0 ? "." : args[0]);
        Map<String, String> files = of(folder.resolve("results"));
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(path.toAbsolutePath().getParent());
            Files.writeString(path, file.getValue());
        }
        removeOthers(folder, files);
    }

    /** A call that is measured no more leaves no plot. */
    private static void removeOthers(Path folder, Map<String, String> files) throws IOException {
        if (!Files.isDirectory(folder.resolve(Page.PLOTS))) {
            return;
        }
        try (Stream<Path> plots = Files.list(folder.resolve(Page.PLOTS))) {
            for (Path plot : plots.toList()) {
                if (!files.containsKey(Page.PLOTS + plot.getFileName())) {
                    Files.delete(plot);
                }
            }
        }
    }

    /** Page and plots by their paths, of the files in a folder. */
    static Map<String, String> of(Path folder) throws IOException {
        Page page = new Page();
        page.headline(1, "Results");
        page.say(
                "What the [benchmarks](README.md) saw. The build makes this page of the files in [results](results); nothing here is"
                        + " written by hand. Figures are of one machine: ratios tell more than they do.");
        Map<String, Results> all = new TreeMap<>(
                Comparator.comparing((String name) -> ORDER.contains(name) ? ORDER.indexOf(name) : ORDER.size())
                        .thenComparing(Comparator.naturalOrder()));
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".json")).toList()) {
                String name = file.getFileName().toString();
                all.put(name.substring(0, name.length() - ".json".length()), Results.read(file));
            }
        }
        page.add(overview(all));
        all.forEach((name, results) -> tell(name, results, page));
        Map<String, String> files = new TreeMap<>(page.plots());
        files.put(NAME, page.text());
        return files;
    }

    private static Table overview(Map<String, Results> all) {
        Table table = new Table(List.of("", "measured", "targets", "met"));
        all.forEach((name, results) -> {
            String link = "[" + Words.headline(name) + "](#" + Words.of(name).replace(' ', '-') + ")";
            long met = results.targets().stream().filter(Target::met).count();
            int targets = results.targets().size();
            table.row(List.of(
                    link,
                    minute(results),
                    targets == 0 ? "" : String.valueOf(targets),
                    targets == 0 ? "" : String.valueOf(met)));
        });
        return table;
    }

    private static void tell(String name, Results results, Page page) {
        page.headline(2, Words.headline(name));
        page.say(results.what());
        page.say("Measured " + minute(results) + " on " + machine(results) + " ([" + name + ".json](results/" + name
                + ".json)).");
        page.add(new TargetTable(results.targets()).table());
        Section.of(name).tell(results, page);
    }

    private static String machine(Results results) {
        List<String> words = new ArrayList<>();
        words.add("Java " + results.machine().java());
        words.add(results.machine().processors() + " processors");
        if (results.machine().system() != null) {
            words.add(results.machine().system());
        }
        return String.join(", ", words);
    }

    private static String minute(Results results) {
        return MINUTE.format(Instant.parse(results.at()));
    }
}
