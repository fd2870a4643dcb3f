/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** Deliveries are committed once a second, and one by one when no poll follows. */
class CommitsTest {

    private final AtomicInteger count = new AtomicInteger();
    private final Commits commits = new Commits(new Counted());

    @Test
    void deliveriesAreCommittedOnceASecond() {
        commits.now();
        assertThat(count).hasValue(1);
        commits.delivered();
        commits.delivered();
        assertThat(count).hasValue(1);
        await().until(() -> {
            commits.delivered();
            return count.get() == 2;
        });
        commits.delivered();
        assertThat(count).hasValue(2);
    }

    @Test
    void whatIsDeliveredAfterTheLastPollIsCommittedAtOnce() {
        commits.over();
        commits.delivered();
        commits.delivered();
        assertThat(count).hasValue(3);
    }

    /** Counts commits, and keeps nothing. */
    private final class Counted implements WatchState {

        @Override
        public void read(Section section, BiConsumer<String, Map<String, Object>> each) {
            throw new AssertionError(section);
        }

        @Override
        public void put(Section section, String key, Map<String, Object> value) {
            throw new AssertionError(key);
        }

        @Override
        public void remove(Section section, String key) {
            throw new AssertionError(key);
        }

        @Override
        public void commit() {
            count.incrementAndGet();
        }

        @Override
        public boolean durable() {
            return true;
        }
    }
}
