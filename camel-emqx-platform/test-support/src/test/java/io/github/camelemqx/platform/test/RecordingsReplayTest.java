/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Asks the simulator everything that real brokers were asked, and expects the same answers. */
class RecordingsReplayTest {

    @TestFactory
    Stream<DynamicTest> answersAsAV5BrokerDid() {
        return replay(Generation.V5);
    }

    @TestFactory
    Stream<DynamicTest> answersAsAV4BrokerDid() {
        return replay(Generation.V4);
    }

    /** One simulator for all, for each request builds on those before it. */
    private static Stream<DynamicTest> replay(Generation generation) {
        EmqxSimulator simulator = EmqxSimulator.start(generation);
        Replay replay = new Replay(simulator);
        return Recordings.of(generation).stream()
                .map(exchange -> dynamicTest(exchange.toString(), () -> assertThat(replay.send(exchange))
                        .as(exchange.section() + ", " + exchange)
                        .isEmpty()))
                .onClose(simulator::close);
    }

    /** Fails if recordings were added or lost, or if some are skipped. */
    @Test
    void replaysEveryRecording() {
        Map<Generation, Long> replayed = new TreeMap<>();
        for (Generation generation : Generation.values()) {
            try (Stream<DynamicTest> tests = replay(generation)) {
                replayed.put(generation, tests.count());
            }
            System.out.println(generation + ": replayed " + replayed.get(generation) + " of "
                    + Recordings.of(generation).size());
        }
        assertThat(replayed).containsExactlyInAnyOrderEntriesOf(Map.of(Generation.V4, 504L, Generation.V5, 191L));
    }
}
