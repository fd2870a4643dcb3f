/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks.page;

import io.github.camelemqx.platform.benchmarks.Rounded;
import io.github.camelemqx.platform.benchmarks.Target;
import java.util.ArrayList;
import java.util.List;

/** Targets, met or missed: a row for each subject and a column for each figure, or a row for each where subjects have not the same. */
final class TargetTable {

    private final List<Target> targets;
    private final List<String> subjects;
    private final List<String> promises;

    TargetTable(List<Target> targets) {
        this.targets = targets;
        this.subjects = targets.stream().map(Target::subject).distinct().toList();
        this.promises = targets.stream().map(TargetTable::promise).distinct().toList();
    }

    /** The table. */
    Table table() {
        return subjects.size() > 1 && subjects.size() * promises.size() == targets.size() ? grid() : list();
    }

    private Table grid() {
        List<String> names = new ArrayList<>(List.of(""));
        names.addAll(promises);
        Table table = new Table(names);
        for (String subject : subjects) {
            List<String> cells = new ArrayList<>(List.of(subject));
            for (String promise : promises) {
                cells.add(targets.stream()
                        .filter(target -> target.subject().equals(subject)
                                && promise(target).equals(promise))
                        .map(TargetTable::seen)
                        .findFirst()
                        .orElse(""));
            }
            table.row(cells);
        }
        return table;
    }

    private Table list() {
        Table table = new Table(List.of("target", "of", "seen"));
        targets.forEach(target -> table.row(List.of(promise(target), target.subject(), seen(target))));
        return table;
    }

    private static String promise(Target target) {
        return target.what() + ": " + (target.atMost() ? "at most " : "at least ") + Rounded.chosen(target.bound());
    }

    private static String seen(Target target) {
        String value = Rounded.of(target.value());
        return target.met() ? value + " met" : "**" + (value.isEmpty() ? "" : value + " ") + "missed**";
    }
}
