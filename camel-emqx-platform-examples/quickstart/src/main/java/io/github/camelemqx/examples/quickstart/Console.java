/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.quickstart;

import java.io.PrintStream;
import java.util.Locale;

/** Lines for people, each with the seconds since the start. */
final class Console {

    private final PrintStream out;
    private final long start = System.nanoTime();

    Console(PrintStream out) {
        this.out = out;
    }

    void line(String text) {
        out.println(text);
    }

    /** Something that happens now. */
    void event(String format, Object... values) {
        double seconds = (System.nanoTime() - start) / 1e9;
        line(String.format(Locale.ROOT, "%5.1f  ", seconds) + String.format(Locale.ROOT, format, values));
    }
}
