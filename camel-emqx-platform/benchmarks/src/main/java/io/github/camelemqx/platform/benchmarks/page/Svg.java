/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks.page;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Writes SVG: what it says of texts is where they begin or end, and who shows them lays them out, so that a file is the same wherever
 * it is written.
 */
final class Svg {

    private final StringBuilder out = new StringBuilder();

    /** Opens an element; attributes are names and values by turns. */
    Svg open(String name, Object... attributes) {
        start(name, attributes).append(">\n");
        return this;
    }

    /** Closes it. */
    Svg close(String name) {
        out.append("</").append(name).append(">\n");
        return this;
    }

    /** An element without content. */
    Svg element(String name, Object... attributes) {
        start(name, attributes).append("/>\n");
        return this;
    }

    /** An element with a text. */
    Svg text(String name, String text, Object... attributes) {
        start(name, attributes).append('>').append(escaped(text));
        return close(name);
    }

    private StringBuilder start(String name, Object... attributes) {
        out.append('<').append(name);
        for (int i = 0; i < attributes.length; i += 2) {
            Object value = attributes[i + 1];
            out.append(' ').append(attributes[i]).append("=\"");
            out.append(value instanceof Double number ? number(number) : escaped(String.valueOf(value)));
            out.append('"');
        }
        return out;
    }

    /** A length, to a tenth of a pixel. */
    static String number(double value) {
        BigDecimal rounded = new BigDecimal(value).setScale(1, RoundingMode.HALF_UP);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }

    /** A text as XML has it, in elements and in attributes. */
    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
