/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Asks the simulator everything that real brokers were asked about the resources it has, and expects the same answers. */
class RecordingsReplayTest {

    private static final String LATER = "resource of a later step";

    private static final Map<Generation, Set<String>> LATER_SECTIONS =
            Map.of(Generation.V5, Set.of(), Generation.V4, Set.of("listeners"));

    private static Optional<String> skipReason(Generation generation, RecordedExchange exchange) {
        boolean later = LATER_SECTIONS.get(generation).contains(exchange.section());
        return later ? Optional.of(exchange.section() + ": " + LATER) : Optional.empty();
    }

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
                .filter(exchange -> skipReason(generation, exchange).isEmpty())
                .map(exchange -> dynamicTest(exchange.toString(), () -> assertThat(replay.send(exchange))
                        .as(exchange.section() + ", " + exchange)
                        .isEmpty()))
                .onClose(simulator::close);
    }

    /** Fails if a section is renamed, or a recording added, without anybody deciding whether it is to be replayed. */
    @Test
    void replaysEveryRecordingOfTheseResources() {
        StringBuilder report = new StringBuilder();
        Map<Generation, Integer> replayed = new TreeMap<>();
        for (Generation generation : Generation.values()) {
            Map<String, Integer> skipped = new TreeMap<>();
            List<RecordedExchange> all = Recordings.of(generation);
            for (RecordedExchange exchange : all) {
                skipReason(generation, exchange).ifPresent(reason -> skipped.merge(reason, 1, Integer::sum));
            }
            int skips = skipped.values().stream().mapToInt(Integer::intValue).sum();
            replayed.put(generation, all.size() - skips);
            report.append(generation).append(": replayed ").append(all.size() - skips);
            report.append(" of ")
                    .append(all.size())
                    .append(", skipped ")
                    .append(skips)
                    .append('\n');
            skipped.forEach((reason, count) -> report.append("  ")
                    .append(count)
                    .append(" × ")
                    .append(reason)
                    .append('\n'));
        }
        System.out.println(report);
        assertThat(replayed).containsExactlyInAnyOrderEntriesOf(Map.of(Generation.V4, 498, Generation.V5, 191));
    }
}
