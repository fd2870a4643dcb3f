/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.client;

import com.fasterxml.jackson.core.JsonParser;
import io.github.camelemqx.platform.catalog.Codec;
import io.github.camelemqx.platform.catalog.Generation;
import io.github.camelemqx.platform.catalog.Operation;
import io.github.camelemqx.platform.catalog.Route;
import io.github.camelemqx.platform.catalog.RowVocabulary;
import io.github.camelemqx.platform.catalog.RowVocabulary.FieldRule;
import io.github.camelemqx.platform.catalog.TimeReader;
import java.io.IOException;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Picks wanted fields out of the rows of a listing as they stream in, in the words of the vocabulary: the same values that
 * {@link RowVocabulary#decode} gives, without a map of each row. Not for many threads.
 */
final class FieldScan {

    private final RowScan<FieldSink> rows;

    private FieldScan(Map<String, WantedField> wanted) {
        this.rows = new RowScan<>(wanted::get);
    }

    /**
     * A scan of the rows of an operation.
     *
     * @return null where a field can only be told from the whole row
     */
    static FieldScan of(Generation generation, Operation operation, Route route, List<String> fields, ZoneId zone) {
        Route.Answer form = route.answer();
        Optional<Map<String, FieldRule>> rules = operation.row() == null
                ? Optional.of(Map.of())
                : operation.row().rules(generation);
        boolean nested = fields.stream().anyMatch(field -> field.contains("."));
        if (rules.isEmpty() || nested || form.expand() != null || !form.with().isEmpty()) {
            return null;
        }
        TimeReader times = new TimeReader(zone);
        Map<String, WantedField> wanted = new HashMap<>();
        for (int i = 0; i < fields.size(); i++) {
            wanted.put(fields.get(i), new WantedField(i, Codec.AS_IS, zone, times));
        }
        rules.get().forEach((field, rule) -> {
            int index = fields.indexOf(rule.name());
            if (index < 0) {
                // the vocabulary's name means something else here
                wanted.remove(field);
            } else {
                wanted.put(field, new WantedField(index, rule.codec(), zone, times));
            }
        });
        return new FieldScan(wanted);
    }

    /** The wanted fields of a row that is in memory. */
    static void ofRow(Map<String, Object> row, List<String> fields, FieldSink sink) {
        for (int i = 0; i < fields.size(); i++) {
            String field = fields.get(i);
            int dot = field.indexOf('.');
            if (row.containsKey(field)) {
                sink.value(i, row.get(field));
            } else if (dot > 0
                    && row.get(field.substring(0, dot)) instanceof Map<?, ?> object
                    && object.get(field.substring(dot + 1)) != null) {
                sink.value(i, object.get(field.substring(dot + 1)));
            }
        }
        sink.end();
    }

    /**
     * Reads one row.
     *
     * @param parser at its beginning; left at its end
     */
    void row(JsonParser parser, FieldSink sink) throws IOException {
        rows.row(parser, sink);
        sink.end();
    }
}
