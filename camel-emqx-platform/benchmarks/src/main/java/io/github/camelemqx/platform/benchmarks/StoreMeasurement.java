/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks;

import io.github.camelemqx.platform.watch.FileStateStore;
import io.github.camelemqx.platform.watch.JdbcStateStore;
import io.github.camelemqx.platform.watch.StateStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.h2.jdbcx.JdbcConnectionPool;

/** A watch that keeps its state: what that adds to polls, how large it becomes, and how long a restart takes. */
final class StoreMeasurement implements Measurement {

    /** A store that is open. */
    private record Opened(StateStore store, Runnable closing) implements AutoCloseable {
        @Override
        public void close() {
            closing.run();
        }
    }

    @Override
    public Map<String, Object> of(Plan plan) throws Exception {
        Path folder = Files.createTempDirectory("watch-scale");
        try {
            return in(folder, plan);
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static Map<String, Object> in(Path folder, Plan plan) throws Exception {
        Map<String, Object> figures = new LinkedHashMap<>();
        try (Opened opened = open(folder, plan);
                WatchedFleet watch = new WatchedFleet(plan, opened.store())) {
            Cost first = Cost.of(1, watch::pollInVain);
            figures.put("firstPollSeconds", first.seconds());
            figures.put("firstPollCpuSeconds", first.cpuSeconds());
            List<Cost> polls = new ArrayList<>();
            List<Cost> changes = new ArrayList<>();
            List<PolledFleet.Deliveries> deliveries = new ArrayList<>();
            for (int round = 0; round < plan.rounds(); round++) {
                polls.add(Cost.of(1, watch::pollInVain));
                watch.change();
                changes.add(Cost.of(1, () -> deliveries.add(watch.pollChanges())));
            }
            figures.put("pollSeconds", Samples.of(polls, Cost::seconds));
            figures.put("pollCpuSeconds", Samples.of(polls, Cost::cpuSeconds));
            figures.put("changes", plan.changes());
            figures.put("pollWithChangesSeconds", Samples.of(changes, Cost::seconds));
            figures.put("exchangesPerSecond", Samples.of(deliveries, PolledFleet.Deliveries::perSecond));
            figures.put("diskBytesPerClientWhileOpen", (double) size(folder) / plan.clients());
        }
        figures.put("diskBytesPerClient", (double) size(folder) / plan.clients());
        try (Opened opened = open(folder, plan)) {
            List<WatchedFleet> again = new ArrayList<>();
            Cost load = Cost.of(1, () -> again.add(new WatchedFleet(plan, opened.store())));
            try (WatchedFleet watch = again.get(0)) {
                figures.put("restartSeconds", load.seconds());
                // what was kept is what is there: nothing is told
                figures.put(
                        "firstPollAfterRestartSeconds",
                        Cost.of(1, watch::pollInVain).seconds());
            }
        }
        return figures;
    }

    private static Opened open(Path folder, Plan plan) {
        if (plan.subject() == Plan.Subject.FILE_STORE) {
            FileStateStore store = new FileStateStore(folder.resolve("emqx.state"));
            return new Opened(store, store::close);
        }
        JdbcConnectionPool pool = JdbcConnectionPool.create("jdbc:h2:file:" + folder.resolve("emqx"), "sa", "");
        return new Opened(new JdbcStateStore(pool), pool::dispose);
    }

    private static long size(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            long size = 0;
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                size += Files.size(file);
            }
            return size;
        }
    }
}
