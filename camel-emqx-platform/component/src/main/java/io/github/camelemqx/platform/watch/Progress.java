/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.watch;

import io.github.camelemqx.platform.exception.EmqxPlatformException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How far a poll has come: says so in the log when it takes long, and becomes its report. For one thread. */
final class Progress {

    private static final Logger LOG = LoggerFactory.getLogger(Progress.class);
    private static final long LONG = TimeUnit.SECONDS.toNanos(10);
    private static final int LOOK_AT_THE_CLOCK = 1 << 12;

    private final String resource;
    private final Instant at;
    private final LongSupplier nanos;
    private final Consumer<String> log;
    private final long begin;
    private final Map<String, Integer> events = new TreeMap<>();
    private long told;
    private long rows;
    private int requests;
    private int confirmations;
    private int candidates;
    private EmqxPlatformException failure;
    private boolean done;

    /** @param at when the poll begins */
    Progress(String resource, Instant at) {
        this(resource, at, System::nanoTime, LOG::info);
    }

    /**
     * With another clock.
     *
     * @param nanos tells how time passes
     * @param log is told how far the poll has come
     */
    Progress(String resource, Instant at, LongSupplier nanos, Consumer<String> log) {
        this.resource = resource;
        this.at = at;
        this.nanos = nanos;
        this.log = log;
        this.begin = nanos.getAsLong();
        this.told = begin;
    }

    /** A row was listed. */
    void row() {
        rows++;
        if (rows % LOOK_AT_THE_CLOCK == 0) {
            long now = nanos.getAsLong();
            if (now - told > LONG) {
                told = now;
                long seconds = TimeUnit.NANOSECONDS.toSeconds(now - begin);
                log.accept("Still listing " + resource + ": " + rows + " rows in " + seconds + " s");
            }
        }
    }

    /** Numbers were read. */
    void rows(int count) {
        rows += count;
    }

    void called(int calls) {
        requests += calls;
    }

    void confirmed(int calls) {
        confirmations += calls;
        requests += calls;
    }

    void event(String type) {
        events.merge(type, 1, Integer::sum);
    }

    void candidate() {
        candidates++;
    }

    /** Some nodes said nothing: the poll is not complete. */
    void partly(Map<String, EmqxPlatformException> unheard) {
        unheard.values().stream().findFirst().ifPresent(this::failed);
    }

    void failed(EmqxPlatformException e) {
        failure = e;
    }

    /** The poll came to its end. */
    void done() {
        done = true;
    }

    PollReport report() {
        return new PollReport(
                at,
                Duration.ofNanos(nanos.getAsLong() - begin),
                done && failure == null,
                rows,
                events,
                confirmations,
                requests,
                candidates,
                failure);
    }
}
