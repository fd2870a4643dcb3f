/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.client;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/** Reads answers with what was learnt of them from the answers of the same operation before. Safe for many threads. */
final class KnownAnswers {

    /** By the operation; nothing while a thread reads with it. */
    private final Map<String, AtomicReference<RowMaps>> idle = new ConcurrentHashMap<>();

    /**
     * The value at which a parser is, as {@link JsonValues#at} reads it.
     *
     * @param operation whose answer it is
     */
    Object read(String operation, JsonParser parser) throws IOException {
        AtomicReference<RowMaps> place = place(operation);
        RowMaps maps = place.getAndSet(null);
        if (maps == null) {
            // another thread has it, perhaps for as long as its answer takes: without it is nearly as quick
            return JsonValues.at(parser);
        }
        try {
            return maps.value(parser);
        } finally {
            place.set(maps);
        }
    }

    private AtomicReference<RowMaps> place(String operation) {
        AtomicReference<RowMaps> place = idle.get(operation);
        return place != null ? place : idle.computeIfAbsent(operation, first -> new AtomicReference<>(new RowMaps()));
    }
}
