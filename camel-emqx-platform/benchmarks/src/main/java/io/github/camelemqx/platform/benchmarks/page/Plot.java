/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks.page;

import io.github.camelemqx.platform.benchmarks.Rounded;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Lines over two axes with a legend, as a file of SVG. It has a background of its own, a light or a dark one as the reader's
 * screen: it can be read on any page.
 *
 * @param title what it shows
 * @param across the title of the horizontal axis, with its unit
 * @param up the title of the vertical one, with its unit
 */
record Plot(String title, String across, Scale x, String up, Scale y, List<Line> lines) {

    private static final double WIDTH = 720;
    private static final double HEIGHT = 400;
    private static final double LEFT = 84;
    private static final double RIGHT = 184;
    private static final double TOP = 76;
    private static final double BOTTOM = 60;

    /** Whiskers of several lines at one place are beside each other. */
    private static final double ASIDE = 4;

    /** Half of the end of a whisker. */
    private static final double END = 3;

    /** The file. */
    String svg() {
        Svg svg = new Svg();
        svg.open(
                "svg",
                "xmlns",
                "http://www.w3.org/2000/svg",
                "width",
                WIDTH,
                "height",
                HEIGHT,
                "viewBox",
                "0 0 " + Svg.number(WIDTH) + " " + Svg.number(HEIGHT),
                "role",
                "img",
                "aria-labelledby",
                "title desc");
        svg.text("title", title, "id", "title");
        svg.text("desc", description(), "id", "desc");
        svg.text("style", styles());
        svg.element("rect", "class", "card", "x", 0.5, "y", 0.5, "width", WIDTH - 1, "height", HEIGHT - 1, "rx", 6);
        svg.text("text", title, "class", "head", "x", 16, "y", 30);
        svg.text("text", up, "class", "quiet", "x", 16, "y", 54);
        across(svg);
        up(svg);
        for (int i = 0; i < lines.size(); i++) {
            line(svg, lines.get(i), (i - (lines.size() - 1) / 2.0) * ASIDE);
        }
        legend(svg);
        svg.close("svg");
        return svg.toString();
    }

    private String description() {
        return up + " by " + across + ": " + lines.stream().map(Line::name).collect(Collectors.joining(", "));
    }

    private String styles() {
        return "\ntext{font:13px system-ui,-apple-system,'Segoe UI',Helvetica,Arial,sans-serif;fill:#1f2328}"
                + "\n.head{font-size:16px;font-weight:600}\n.quiet{fill:#57606a}"
                + "\n.card{fill:#fff;stroke:#d0d7de}\n.grid{stroke:#d8dee4}\n.axis{stroke:#57606a}"
                + "\n.line{fill:none;stroke:currentColor;stroke-width:2}"
                + "\n.whisker{fill:none;stroke:currentColor;stroke-width:1.2}\n.marker{fill:currentColor}\n"
                + looks(Look::onLight)
                + "@media (prefers-color-scheme:dark){\ntext{fill:#e6edf3}\n.quiet{fill:#9aa4ae}"
                + "\n.card{fill:#0d1117;stroke:#30363d}\n.grid{stroke:#262c34}\n.axis{stroke:#9aa4ae}\n"
                + looks(Look::onDark)
                + "}\n";
    }

    private String looks(Function<Look, String> colour) {
        return lines.stream()
                .map(Line::look)
                .map(look -> "." + look.style() + "{color:" + colour.apply(look) + "}\n")
                .collect(Collectors.joining());
    }

    private void across(Svg svg) {
        double bottom = HEIGHT - BOTTOM;
        for (double tick : x.ticks()) {
            double at = x(tick);
            svg.element("line", "class", "axis", "x1", at, "y1", bottom, "x2", at, "y2", bottom + 5);
            svg.text("text", Rounded.chosen(tick), "x", at, "y", bottom + 20, "text-anchor", "middle");
        }
        double middle = LEFT + (WIDTH - LEFT - RIGHT) / 2;
        svg.text("text", across, "class", "quiet", "x", middle, "y", bottom + 42, "text-anchor", "middle");
    }

    private void up(Svg svg) {
        for (double tick : y.ticks()) {
            double at = y(tick);
            svg.element("line", "class", "grid", "x1", LEFT, "y1", at, "x2", WIDTH - RIGHT, "y2", at);
            svg.text("text", Rounded.chosen(tick), "x", LEFT - 8, "y", at + 4.5, "text-anchor", "end");
        }
        double bottom = HEIGHT - BOTTOM;
        svg.element("line", "class", "axis", "x1", LEFT, "y1", bottom, "x2", WIDTH - RIGHT, "y2", bottom);
    }

    private void line(Svg svg, Line line, double aside) {
        String style = line.look().style();
        for (Point point : line.points()) {
            if (point.isRange()) {
                svg.element("path", "class", style + " whisker", "d", whisker(point, x(point.x()) + aside));
            }
        }
        String way = line.points().stream()
                .map(point -> Svg.number(x(point.x()) + aside) + " " + Svg.number(y(point.y())))
                .collect(Collectors.joining("L", "M", ""));
        svg.element("path", "class", style + " line", "d", way);
        line.points().forEach(point -> marker(svg, line.look(), x(point.x()) + aside, y(point.y())));
    }

    /** An end that is beyond the axis has no bar. */
    private String whisker(Point point, double at) {
        StringBuilder way = new StringBuilder(
                "M" + Svg.number(at) + " " + Svg.number(y(point.low())) + "V" + Svg.number(y(point.high())));
        for (double end : new double[] {point.low(), point.high()}) {
            if (y.isWithin(end)) {
                way.append("M").append(Svg.number(at - END)).append(' ').append(Svg.number(y(end)));
                way.append("h").append(Svg.number(2 * END));
            }
        }
        return way.toString();
    }

    private void legend(Svg svg) {
        double left = WIDTH - RIGHT + 22;
        double at = TOP + 8;
        for (Line line : lines) {
            String way = "M" + Svg.number(left) + " " + Svg.number(at) + "h28";
            svg.element("path", "class", line.look().style() + " line", "d", way);
            marker(svg, line.look(), left + 14, at);
            svg.text("text", line.name(), "x", left + 36, "y", at + 4.5);
            at += 24;
        }
    }

    private static void marker(Svg svg, Look look, double x, double y) {
        String place = "translate(" + Svg.number(x) + " " + Svg.number(y) + ")";
        svg.element("path", "class", look.style() + " marker", "d", look.shape(), "transform", place);
    }

    private double x(double value) {
        return LEFT + x.place(value) * (WIDTH - LEFT - RIGHT);
    }

    /** What is beyond the axis ends with it. */
    private double y(double value) {
        return HEIGHT - BOTTOM - y.placeWithin(value) * (HEIGHT - TOP - BOTTOM);
    }
}
