/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text with places for what differs.
 *
 * @param pieces what is before each place, and behind the last
 * @param places their names
 */
record RowTemplate(List<String> pieces, List<String> places) {

    private static final Pattern PLACE = Pattern.compile("\\{([a-z]+)}");

    /** Places are names in braces. */
    static RowTemplate of(String text) {
        List<String> pieces = new ArrayList<>();
        List<String> places = new ArrayList<>();
        Matcher place = PLACE.matcher(text);
        int from = 0;
        while (place.find()) {
            pieces.add(text.substring(from, place.start()));
            places.add(place.group(1));
            from = place.end();
        }
        pieces.add(text.substring(from));
        return new RowTemplate(pieces, places);
    }

    /**
     * Writes the text.
     *
     * @param fill writes what belongs to a place
     */
    void write(StringBuilder out, Consumer<String> fill) {
        for (int i = 0; i < places.size(); i++) {
            out.append(pieces.get(i));
            fill.accept(places.get(i));
        }
        out.append(pieces.get(places.size()));
    }
}
