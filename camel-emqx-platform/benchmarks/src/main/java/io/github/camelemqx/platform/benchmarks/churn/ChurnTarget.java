/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks.churn;

import java.util.ArrayList;
import java.util.List;

/**
 * What a figure is to be, and is.
 *
 * @param what in words
 * @param atMost whether the bound is an upper one
 */
record ChurnTarget(String what, String subject, double value, boolean atMost, double bound, boolean met) {

    /** Those of the watch: it has no event that is not true, and none is missing. */
    static List<ChurnTarget> of(List<ChurnFigures> figures) {
        List<ChurnTarget> targets = new ArrayList<>();
        for (ChurnFigures one : figures) {
            if (one.plan().observer() == Observer.Kind.WATCH) {
                targets.add(none("events invented", one, one.wrong()));
                targets.add(none("events missed", one, one.missed()));
            }
        }
        return targets;
    }

    private static ChurnTarget none(String what, ChurnFigures figures, int value) {
        ChurnPlan plan = figures.plan();
        return new ChurnTarget(what, plan.observer() + " " + plan.generation(), value, true, 0, value <= 0);
    }
}
