/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks.churn;

import io.github.camelemqx.platform.benchmarks.Options;
import io.github.camelemqx.platform.benchmarks.Results;
import io.github.camelemqx.platform.benchmarks.Target;
import io.github.camelemqx.platform.test.Generation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Counts what a watch and the naive route tell that is not true, and what they do not tell that is, of the same clients that come, go,
 * reconnect and move in the same cluster, whose nodes get into trouble, and whose API fails now and then. Prints what it sees;
 * nothing fails because of it.
 */
public final class Churn {

    private static final String WHAT =
            "Events that a watch and the route that one writes without the component invent and miss while clients"
                    + " come, go and move in a cluster of three nodes in trouble.";

    private final Options options;
    private final List<ChurnFigures> figures = new ArrayList<>();

    Churn(Options options) {
        this.options = options;
    }

    /**
     * Counts.
     *
     * @param args any of {@code clients=3000 polls=300 pageSize=100 seed=1 wrong=5 out=target/churn.json}; {@code wrong} is how
     *     many wrong events of each run are printed
     */
    public static void main(String[] args) throws Exception {
        // every second poll has something to warn of
        System.getProperties().putIfAbsent("org.slf4j.simpleLogger.defaultLogLevel", "error");
        new Churn(Options.of(args, "clients", "polls", "pageSize", "seed", "wrong", "out")).run();
    }

    /** Counts, prints and writes the file. */
    List<ChurnFigures> run() throws Exception {
        for (Generation generation : Generation.values()) {
            for (Observer.Kind observer : Observer.Kind.values()) {
                ChurnFigures one = one(new ChurnPlan(
                        generation,
                        observer,
                        options.number("seed", 1),
                        options.number("clients", 3000),
                        options.number("polls", 300),
                        options.number("pageSize", 100)));
                figures.add(one);
                System.out.println(text(one));
            }
        }
        List<Target> targets = targets();
        System.out.println(Target.text(targets));
        Results.of(WHAT, targets, figures.stream().map(ChurnFigures::flat).toList())
                .write(Path.of(options.text("out", "target/churn.json")));
        return figures;
    }

    private ChurnFigures one(ChurnPlan plan) throws Exception {
        int most = options.number("wrong", 5);
        List<String> wrong = new ArrayList<>();
        try (ChurnRun run = new ChurnRun(plan, line -> {
            if (wrong.size() < most) {
                wrong.add(line);
            }
        })) {
            return run.run();
        } finally {
            wrong.forEach(line -> System.out.println("  " + line));
        }
    }

    private static String text(ChurnFigures figures) {
        return String.format(
                Locale.ROOT,
                "%n%s, generation %s: %,d polls, %,d of them failed; %,d events told, %,d invented %s (%,d though the node was well), %,d missed, %,d of %,d"
                        + " absences told as a reconnection only; of %s",
                figures.plan().observer(),
                figures.plan().generation(),
                figures.polls(),
                figures.failed(),
                figures.told(),
                figures.wrong(),
                figures.invented(),
                figures.inventedThoughWell(),
                figures.missed(),
                figures.untold(),
                figures.absences(),
                figures.happened());
    }

    /** The watch tells nothing that is not true, and everything that is. */
    private List<Target> targets() {
        List<Target> targets = new ArrayList<>();
        for (ChurnFigures one : figures) {
            if (one.plan().observer() == Observer.Kind.WATCH) {
                String subject = "WATCH " + one.plan().generation();
                targets.add(Target.atMost("events invented", subject, one.wrong(), 0));
                targets.add(Target.atMost("events missed", subject, one.missed(), 0));
            }
        }
        return targets;
    }
}
