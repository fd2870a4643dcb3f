/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.client;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The rows of a listing in memory. For one thread. */
final class RowList implements RowReader {

    private final RowIterator.RowDecoder decoder;
    private final List<Map<String, Object>> rows = new ArrayList<>();
    private int ofWholePages;

    RowList(RowIterator.RowDecoder decoder) {
        this.decoder = decoder;
    }

    /** All that were not taken back. */
    List<Map<String, Object>> rows() {
        return rows;
    }

    @Override
    public void row(JsonParser parser) throws IOException {
        rows.addAll(decoder.decode(parser));
    }

    @Override
    public void pageEnds() {
        ofWholePages = rows.size();
    }

    @Override
    public boolean takeBackPage() {
        rows.subList(ofWholePages, rows.size()).clear();
        return true;
    }

    @Override
    public boolean takeBackAll() {
        rows.clear();
        ofWholePages = 0;
        return true;
    }
}
