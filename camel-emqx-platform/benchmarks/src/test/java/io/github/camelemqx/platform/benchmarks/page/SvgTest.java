/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class SvgTest {

    @Test
    void textsAndAttributesAreEscaped() {
        assertThat(new Svg().text("text", "a < b & c > d", "id", "\"x\"").toString())
                .isEqualTo("<text id=\"&quot;x&quot;\">a &lt; b &amp; c &gt; d</text>\n");
    }

    @ParameterizedTest
    @CsvSource({"10, 10", "100, 100", "0.04, 0", "-0.04, 0", "1.25, 1.3", "-7.5, -7.5"})
    void lengthsAreToATenth(double length, String text) {
        assertThat(Svg.number(length)).isEqualTo(text);
    }

    @Test
    void aPlotHasALineAndMarkersForEachAndSaysWhatItIs() throws Exception {
        Plot plot = new Plot(
                "Calls <GET> & more",
                "threads",
                LogScale.at(List.of(1.0, 16.0)),
                "calls a second",
                LinearScale.over(List.of(100.0)),
                List.of(
                        new Line("ours", Look.CIRCLE, List.of(point(16, 90, 10), point(1, 40, 200))),
                        new Line("theirs", Look.SQUARE, List.of(point(1, 30, Double.NaN), point(16, Double.NaN, 1)))));
        Element svg = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(plot.svg())))
                .getDocumentElement();
        assertThat(svg.getAttribute("role")).isEqualTo("img");
        assertThat(svg.getElementsByTagName("title").item(0).getTextContent()).isEqualTo("Calls <GET> & more");
        assertThat(svg.getElementsByTagName("desc").item(0).getTextContent())
                .isEqualTo("calls a second by threads: ours, theirs");
        // markers of points, and one of the legend
        assertThat(paths(svg, "circle marker")).hasSize(2 + 1);
        assertThat(paths(svg, "square marker"))
                .as("a point that is not there is not drawn")
                .hasSize(1 + 1);
        assertThat(paths(svg, "circle whisker"))
                .extracting(path -> path.split("h", -1).length - 1)
                .as("bars of whiskers: none where an end is beyond the axis")
                .containsExactly(0, 2);
        assertThat(paths(svg, "square whisker")).isEmpty();
    }

    private static Point point(double x, double y, double error) {
        return new Point(x, y, y - error, y + error);
    }

    private static List<String> paths(Element svg, String style) {
        var paths = svg.getElementsByTagName("path");
        return IntStream.range(0, paths.getLength())
                .mapToObj(i -> (Element) paths.item(i))
                .filter(path -> path.getAttribute("class").equals(style))
                .map(path -> path.getAttribute("d"))
                .toList();
    }
}
