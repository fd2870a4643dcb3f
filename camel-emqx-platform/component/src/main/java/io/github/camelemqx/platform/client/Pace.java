/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.client;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.BlockingBucket;
import io.github.bucket4j.Bucket;
import io.github.camelemqx.platform.exception.EmqxRateLimitException;
import io.github.camelemqx.platform.exception.EmqxUnavailableException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The requests to one deployment in a second, counted over everything that calls it in a context. Whoever wants to send one
 * waits for its turn, first come first served: a watch that lists a million clients does not keep producers waiting longer
 * than one of its pages. Safe for many threads.
 */
public final class Pace {

    /** The documented limit of a deployment (emqx-api/README.md). */
    public static final int USUAL = 100;

    /** The documented limit of a Serverless deployment. */
    public static final int SERVERLESS = 10;

    /** A turn that is there at once takes less. */
    private static final long NOTICEABLE = Duration.ofMillis(1).toNanos();

    /** What waiting has cost so far. */
    public record Waits(long count, Duration time) {}

    private final int requestsPerSecond;
    private final BlockingBucket bucket;
    private final AtomicLong waits = new AtomicLong();
    private final AtomicLong waitedNanos = new AtomicLong();

    /** @param requestsPerSecond 0 for as many as there are */
    public Pace(int requestsPerSecond) {
        this.requestsPerSecond = requestsPerSecond;
        this.bucket = requestsPerSecond == 0
                ? null
                : Bucket.builder()
                        .addLimit(bandwidth(requestsPerSecond))
                        .build()
                        .asBlocking();
    }

    /** A tenth may go at once, and the rest evenly: no second has more, wherever it begins. */
    private static Bandwidth bandwidth(int requestsPerSecond) {
        int burst = Math.max(1, requestsPerSecond / 10);
        return Bandwidth.builder()
                .capacity(burst)
                .refillGreedy(Math.max(1, requestsPerSecond - burst), Duration.ofSeconds(1))
                .build();
    }

    /** As it was given. */
    public int requestsPerSecond() {
        return requestsPerSecond;
    }

    /** What waiting for this deployment has cost until now. */
    public Waits waits() {
        return new Waits(waits.get(), Duration.ofNanos(waitedNanos.get()));
    }

    /**
     * Waits until a request may be sent.
     *
     * @param most the longest wait; one that would be longer is not begun
     * @throws EmqxRateLimitException when the wait would be longer
     * @throws EmqxUnavailableException when the thread is interrupted, which it stays
     */
    void take(ApiRequest request, Duration most) throws EmqxRateLimitException, EmqxUnavailableException {
        if (bucket == null) {
            return;
        }
        long begin = System.nanoTime();
        try {
            if (!bucket.tryConsume(1, most)) {
                throw new EmqxRateLimitException(
                        Failures.details(
                                request,
                                0,
                                null,
                                "not sent: " + requestsPerSecond
                                        + " requests a second (option requestsPerSecond) leave no" + " turn within "
                                        + most.toMillis() + " ms"),
                        most,
                        null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmqxUnavailableException(
                    Failures.details(request, 0, null, "interrupted while it waited for its turn"), e);
        } finally {
            long waited = System.nanoTime() - begin;
            if (waited > NOTICEABLE) {
                waits.incrementAndGet();
                waitedNanos.addAndGet(waited);
            }
        }
    }
}
