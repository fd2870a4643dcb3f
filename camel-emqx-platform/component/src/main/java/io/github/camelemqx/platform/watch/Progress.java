/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.watch;

import io.github.camelemqx.platform.exception.EmqxPlatformException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How far a poll has come: says so in the log when it takes long, and becomes its report. For one thread. */
final class Progress {

    private static final Logger LOG = LoggerFactory.getLogger(Progress.class);
    private static final long LONG = TimeUnit.SECONDS.toNanos(10);
    private static final int LOOK_AT_THE_CLOCK = 1 << 12;

    private final String resource;
    private final Instant at;
    private final long begin = System.nanoTime();
    private final Map<String, Integer> events = new TreeMap<>();
    private long told = begin;
    private long rows;
    private int requests;
    private int confirmations;
    private int candidates;
    private EmqxPlatformException failure;
    private boolean done;

    Progress(String resource, Instant at) {
        this.resource = resource;
        this.at = at;
    }

    /** A row was listed. */
    void row() {
        rows++;
        if (rows % LOOK_AT_THE_CLOCK == 0) {
            long now = System.nanoTime();
            if (now - told > LONG) {
                told = now;
                LOG.info(
                        "Still listing {}: {} rows in {} s",
                        resource,
                        rows,
                        TimeUnit.NANOSECONDS.toSeconds(now - begin));
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
                Duration.ofNanos(System.nanoTime() - begin),
                done && failure == null,
                rows,
                events,
                confirmations,
                requests,
                candidates,
                failure);
    }
}
