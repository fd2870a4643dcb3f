/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelemqx.platform.test.Generation;
import io.github.camelemqx.platform.watch.Watch;
import io.github.camelemqx.platform.watch.WatchEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Routes that go on in other threads complete events in the middle of a poll. What a poll makes of a row then must be what the
 * delivery has made of it: the simulator, which is asked in the middle of a poll, completes the event here.
 */
@ParameterizedClass
@EnumSource(Generation.class)
class DeliveredMeanwhileTest extends BothGenerations {

    private Watch watch;

    @BeforeEach
    void watch() {
        EmqxPlatformEndpoint endpoint = context.getEndpoint("emqx-platform:clients", EmqxPlatformEndpoint.class);
        watch = new WatchByHand(
                        catalog(), endpoint::deployment, emqx.apiUrl(), clock(), Duration.ZERO, Duration.ofMinutes(5))
                .open(false, 100);
    }

    @ParameterizedTest
    @CsvSource({"/nodes,1", "/clients,1", "/nodes,2"})
    void whoIsToldToBeGoneIsNotMissed(String path, int time) throws Exception {
        emqx.connect("stays");
        emqx.connect("leaves");
        watch.poll();
        emqx.disconnect("leaves");
        watch.poll();
        WatchEvent gone = watch.deliveries().next();
        assertThat(gone.type()).isEqualTo("disconnected");
        completedAt(path, time, gone);
    }

    @ParameterizedTest
    @CsvSource({"/nodes,1", "/clients,1"})
    void whoIsToldToBeThereIsNotNew(String path, int time) throws Exception {
        watch.poll();
        emqx.connect("comes");
        watch.poll();
        WatchEvent there = watch.deliveries().next();
        assertThat(there.type()).isEqualTo("connected");
        completedAt(path, time, there);
    }

    /** A poll in which the event is completed when a path is asked for, the so-manieth time; and one more. */
    private void completedAt(String path, int time, WatchEvent event) throws Exception {
        AtomicInteger asked = new AtomicInteger();
        emqx.wireMock().addMockServiceRequestListener((request, response) -> {
            if (request.getUrl().contains(path) && asked.incrementAndGet() == time) {
                watch.delivered(event);
            }
        });
        assertThat(watch.pending()).isEqualTo(1);
        watch.poll();
        watch.poll();
        assertThat(asked.get()).isGreaterThanOrEqualTo(time);
        List<String> told = new ArrayList<>();
        watch.deliveries().forEachRemaining(more -> told.add(more.type() + " " + more.name()));
        assertThat(told).isEmpty();
    }
}
