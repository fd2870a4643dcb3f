/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks.page;

import java.util.Comparator;
import java.util.List;

/**
 * A line of a plot.
 *
 * @param name what the legend calls it
 * @param points from left to right, those that can be drawn
 */
record Line(String name, Look look, List<Point> points) {

    Line(String name, Look look, List<Point> points) {
        this.name = name;
        this.look = look;
        this.points = points.stream()
                .filter(Point::isThere)
                .sorted(Comparator.comparingDouble(Point::x))
                .toList();
    }
}
