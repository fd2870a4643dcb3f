/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks;

import java.util.List;
import java.util.Locale;

/**
 * What a figure is to be, and is.
 *
 * @param what the figure in words
 * @param subject what it was seen of
 * @param atMost whether the bound is an upper one
 * @param met whether the figure keeps to it
 */
public record Target(String what, String subject, double value, boolean atMost, double bound, boolean met) {

    /** A figure that is to be so much or less. */
    public static Target atMost(String what, String subject, double value, double bound) {
        return new Target(what, subject, value, true, bound, value <= bound);
    }

    /** A figure that is to be so much or more. */
    public static Target atLeast(String what, String subject, double value, double bound) {
        return new Target(what, subject, value, false, bound, value >= bound);
    }

    /** All of them for people, a line each. */
    public static String text(List<Target> targets) {
        StringBuilder text = new StringBuilder(String.format("%nTargets%n"));
        for (Target target : targets) {
            text.append(String.format(
                    Locale.ROOT,
                    "  %-30s %-46s %12s  %s %9s  %s%n",
                    target.subject(),
                    target.what(),
                    Rounded.of(target.value()),
                    target.atMost() ? "<=" : ">=",
                    Rounded.chosen(target.bound()),
                    target.met() ? "met" : "MISSED"));
        }
        return text.toString();
    }
}
