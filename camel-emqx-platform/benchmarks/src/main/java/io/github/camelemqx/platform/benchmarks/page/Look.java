/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks.page;

import java.util.Locale;

/**
 * How lines are told apart: by colours that are different for colour-blind people, too, one for light backgrounds and one for dark
 * ones, and by shapes.
 */
enum Look {
    CIRCLE("#0072b2", "#56b4e9", "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0z"),
    SQUARE("#d55e00", "#f2854a", "M-4.5-4.5h9v9h-9z"),
    TRIANGLE("#009070", "#10b981", "M0-6L5.5 4.5h-11z"),
    DIAMOND("#b65c92", "#e5a3c8", "M0-6.5L5.5 0L0 6.5L-5.5 0z"),
    POINTER("#24292f", "#f0e442", "M0 6L5.5-4.5h-11z");

    private final String onLight;
    private final String onDark;
    private final String shape;

    Look(String onLight, String onDark, String shape) {
        this.onLight = onLight;
        this.onDark = onDark;
        this.shape = shape;
    }

    /** The colour on a light background. */
    String onLight() {
        return onLight;
    }

    /** The colour on a dark background. */
    String onDark() {
        return onDark;
    }

    /** The shape around the origin, as a path of SVG. */
    String shape() {
        return shape;
    }

    /** The class of styles. */
    String style() {
        return name().toLowerCase(Locale.ROOT);
    }
}
