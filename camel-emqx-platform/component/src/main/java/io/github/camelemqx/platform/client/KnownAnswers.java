/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.client;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Reads answers that are one row, with what was learnt of them from the answers of the same operation before. Safe for many
 * threads.
 */
final class KnownAnswers {

    /** By the operation; nothing while a thread reads with it. */
    private final Map<String, AtomicReference<RowMaps>> idle = new ConcurrentHashMap<>();

    /**
     * The value at which a parser is, as {@link JsonValues#at} reads it.
     *
     * @param operation whose answer it is
     */
    Object read(String operation, JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            return JsonValues.at(parser);
        }
        AtomicReference<RowMaps> place = idle.computeIfAbsent(operation, first -> new AtomicReference<>(new RowMaps()));
        RowMaps maps = place.getAndSet(null);
        if (maps == null) {
            // another thread has it, perhaps for as long as its answer takes: without it is nearly as quick
            return JsonValues.at(parser);
        }
        try {
            return maps.row(parser);
        } finally {
            place.set(maps);
        }
    }
}
