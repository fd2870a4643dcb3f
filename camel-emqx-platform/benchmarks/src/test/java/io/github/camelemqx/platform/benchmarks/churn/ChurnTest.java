/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks.churn;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelemqx.platform.benchmarks.Options;
import io.github.camelemqx.platform.test.Generation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A few clients, looked at a few times, in a cluster where something goes wrong: enough for the naive route to be wrong. */
class ChurnTest {

    private static final List<String> SUBJECTS = List.of("WATCH V4", "NAIVE_ROUTE V4", "WATCH V5", "NAIVE_ROUTE V5");

    @Test
    void theWatchIsRightWhereTheNaiveRouteIsNot(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("churn.json");
        List<ChurnFigures> all = new Churn(new Options(
                        Map.of("clients", "120", "polls", "14", "pageSize", "10", "seed", "5", "out", file.toString())))
                .run();
        assertThat(all)
                .extracting(one -> one.plan().observer() + " " + one.plan().generation())
                .containsExactlyElementsOf(SUBJECTS);
        for (ChurnFigures one : all) {
            assertThat(one.told()).isPositive();
            assertThat(one.quiet()).isPositive();
            assertThat(one.failed()).isPositive();
            assertThat(one.missed()).isZero();
            if (one.plan().observer() == Observer.Kind.WATCH) {
                assertThat(one.invented()).isEmpty();
            } else {
                assertThat(one.invented()).containsKeys("connected", "disconnected");
            }
        }
        for (Generation generation : Generation.values()) {
            assertThat(all.stream().filter(one -> one.plan().generation() == generation))
                    .as("the same happened, whoever looked")
                    .extracting(ChurnFigures::happened)
                    .allMatch(all.get(0).happened()::equals)
                    .isNotEmpty();
        }
        JsonNode written = new ObjectMapper().readTree(file.toFile());
        assertThat(written.path("targets")).hasSize(4).allMatch(target -> target.path("met")
                .asBoolean());
        assertThat(written.path("figures")).hasSize(4).allSatisfy(one -> assertThat(one.fieldNames())
                .toIterable()
                .contains("subject", "generation", "polls", "pollsFailed", "events", "invented", "missed"));
    }
}
