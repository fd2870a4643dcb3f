/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelemqx.platform.benchmarks.Jvm;
import io.github.camelemqx.platform.benchmarks.Options;
import io.github.camelemqx.platform.benchmarks.Results;
import io.github.camelemqx.platform.benchmarks.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Peers do the same, and what is measured is all there. How fast they are here is nobody's business. */
class CallComparisonTest {

    private final ObjectMapper json = new ObjectMapper();

    @ParameterizedTest
    @EnumSource
    void everyPeerGetsTheAnswer(Peer.Kind kind) throws Exception {
        try (Jvm server = new Jvm(List.of(), CallServer.class)) {
            int port = Integer.parseInt(server.line());
            for (Call call : Call.values()) {
                try (Peer peer = Peer.start(kind, call, new Peer.Target(port, "key", "word", 4))) {
                    for (int i = 0; i < 3; i++) {
                        assertAnswer(call, peer.call());
                    }
                }
            }
        }
    }

    private void assertAnswer(Call call, Object answer) {
        JsonNode tree = json.valueToTree(answer);
        switch (call) {
            case GET -> assertThat(tree.path("clientid").asText()).hasSize(24);
            case KICK -> assertThat(answer).isIn(null, "");
            case CREATE_USER -> assertThat(tree.path("user_id").asText()).isEqualTo("device-1");
            case PUBLISH -> assertThat(tree.path("id").asText()).hasSize(32);
            case LIST -> assertThat(tree.isArray() ? tree : tree.path("data")).hasSize(1000);
        }
    }

    private static CallFigures seenBefore(Call call) {
        return new CallFigures(call, "COMPONENT", 16, 1, Double.NaN, List.of(1.0), 1000, 1000, 1000, 1000);
    }

    @Test
    void aCallThatCannotBeMeasuredKeepsTheFiguresThatItHad(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("calls.json");
        Results.of("seen before", List.of(), List.of(seenBefore(Call.GET))).write(file);
        CallComparison comparison = new CallComparison(
                new Options(Map.of("calls", "GET", "peers", "NOBODY", "warmUp", "0.02", "out", file.toString())),
                List.of("-XX:TieredStopAtLevel=1", "-Djmh.ignoreLock=true"));
        assertThatThrownBy(comparison::run).isInstanceOf(IOException.class);
        assertThat(Results.read(file).figures()).hasSize(1);
    }

    @Test
    void everyFigureIsThere(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("calls.json");
        CallFigures before = seenBefore(Call.GET);
        Results.of("seen before", List.of(), List.of(before, seenBefore(Call.LIST)))
                .write(file);
        List<CallFigures> figures = new CallComparison(
                        new Options(Map.of(
                                "calls", "LIST",
                                "peers", "COMPONENT,CAMEL_HTTP,HTTP_CLIENT",
                                "threads", "1,2",
                                "rounds", "3",
                                "seconds", "0.02",
                                "warmUp", "0.02",
                                "out", file.toString())),
                        List.of("-XX:TieredStopAtLevel=1", "-Djmh.ignoreLock=true"))
                .run();
        assertThat(figures).hasSize(1 + 2 * 4).first().isEqualTo(before);
        assertThat(figures.subList(1, figures.size())).allSatisfy(one -> {
            assertThat(one.callsPerSecond()).isPositive();
            assertThat(one.callsPerSecondError()).isNotNaN();
            assertThat(one.rounds()).hasSize(3);
            assertThat(one.p50()).isPositive();
            assertThat(one.p99()).isGreaterThanOrEqualTo(one.p50());
            assertThat(one.allocatedBytes()).isNotNaN();
            assertThat(one.cpuMicros()).isNotNaN();
        });
        Results written = Results.read(file);
        assertThat(written.figures()).hasSize(figures.size());
        assertThat(written.targets()).hasSize(4 * 2).extracting(Target::subject).contains("LIST, 2 threads");
    }
}
