/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.hc.core5.concurrent.Cancellable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every exchange that takes too long is ended, and no other; the clock is not woken for each. */
class DeadlinesTest {

    private static final long LONG = TimeUnit.MINUTES.toMillis(5);

    private final AtomicInteger looks = new AtomicInteger();
    private final ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1) {
        @Override
        public ScheduledFuture<?> schedule(Runnable task, long time, TimeUnit unit) {
            looks.incrementAndGet();
            return super.schedule(task, time, unit);
        }
    };
    private final Deadlines deadlines = new Deadlines(clock);

    private static final class Exchange implements Cancellable {
        private final AtomicBoolean cancelled = new AtomicBoolean();

        @Override
        public boolean cancel() {
            return cancelled.compareAndSet(false, true);
        }

        boolean cancelled() {
            return cancelled.get();
        }
    }

    @AfterEach
    void stop() {
        clock.shutdownNow();
    }

    @Test
    void endsWhatTakesTooLong() {
        Exchange exchange = new Exchange();
        Deadline deadline = deadlines.begin(20, exchange);
        await().until(exchange::cancelled);
        assertThat(deadline.passed()).isTrue();
        assertThat(deadline.millis()).isEqualTo(20);
    }

    @Test
    void leavesAloneWhatIsOverInTime() {
        Exchange over = new Exchange();
        Exchange late = new Exchange();
        Deadline met = deadlines.begin(20, over);
        deadlines.begin(30, late);
        met.met();
        await().until(late::cancelled);
        assertThat(met.passed()).isFalse();
        assertThat(over.cancelled()).isFalse();
    }

    @Test
    void endsTheShorterBeforeALongerThatBeganEarlier() {
        Exchange patient = new Exchange();
        Exchange hasty = new Exchange();
        Deadline later = deadlines.begin(LONG, patient);
        deadlines.begin(20, hasty);
        await().until(hasty::cancelled);
        assertThat(later.passed()).isFalse();
        assertThat(patient.cancelled()).isFalse();
    }

    @Test
    void endsWhatBeginsAfterNothingWasOpen() {
        for (int i = 0; i < 3; i++) {
            Exchange exchange = new Exchange();
            deadlines.begin(5, exchange);
            await().until(exchange::cancelled);
        }
    }

    @Test
    void endsEachOfMany() {
        List<Exchange> exchanges = new ArrayList<>();
        List<Deadline> open = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            Exchange exchange = new Exchange();
            exchanges.add(exchange);
            open.add(deadlines.begin(1 + i % 50, exchange));
        }
        await().until(() -> exchanges.stream().allMatch(Exchange::cancelled));
        assertThat(open).allMatch(Deadline::passed);
    }

    @Test
    void oneThatCannotBeEndedDoesNotKeepOthersOpen() {
        Exchange exchange = new Exchange();
        deadlines.begin(5, () -> {
            throw new IllegalStateException("cannot be ended");
        });
        deadlines.begin(10, exchange);
        await().until(exchange::cancelled);
    }

    /** Camel's pools take a thousand tasks and no more. */
    @Test
    void endsMoreAtOnceThanAPoolOfCamelTakes() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.start();
            ScheduledExecutorService pool =
                    context.getExecutorServiceManager().newSingleThreadScheduledExecutor(this, "clock");
            Deadlines all = new Deadlines(pool);
            CountDownLatch busy = new CountDownLatch(1);
            pool.execute(() -> {
                try {
                    busy.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            List<Exchange> exchanges = new ArrayList<>();
            for (int i = 0; i < 3_000; i++) {
                Exchange exchange = new Exchange();
                exchanges.add(exchange);
                all.begin(1, exchange);
            }
            busy.countDown();
            await().until(() -> exchanges.stream().allMatch(Exchange::cancelled));
        }
    }

    @Test
    void theClockLooksOnceForAllThatBeginInThatTime() {
        for (int i = 0; i < 1_000; i++) {
            deadlines.begin(LONG, new Exchange()).met();
        }
        assertThat(looks).hasValue(1);
    }

    @Test
    void nothingBeginsAfterTheEndOfTheClock() {
        clock.shutdownNow();
        assertThatThrownBy(() -> deadlines.begin(5, new Exchange())).isInstanceOf(RejectedExecutionException.class);
    }
}
