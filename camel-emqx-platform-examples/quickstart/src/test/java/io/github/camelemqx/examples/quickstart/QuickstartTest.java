/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelemqx.platform.test.EmqxSimulator;
import io.github.camelemqx.platform.test.Generation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(180)
class QuickstartTest {

    /** What a run left behind. */
    private record Run(int exitCode, String output) {

        static Run in(Map<String, String> environment) throws Exception {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
                int exitCode = new Quickstart(environment, out).run();
                return new Run(exitCode, bytes.toString(StandardCharsets.UTF_8));
            }
        }
    }

    private static Map<String, String> deployment(EmqxSimulator simulator) {
        Map<String, String> environment = new HashMap<>();
        environment.put("EMQX_API_URL", simulator.apiUrl());
        environment.put("EMQX_APP_ID", simulator.appId());
        environment.put("EMQX_APP_SECRET", simulator.appSecret());
        environment.put("QUICKSTART_SECONDS", "5");
        return environment;
    }

    private static List<String> passwords() throws IOException {
        try (InputStream csv = QuickstartTest.class.getResourceAsStream("/new-devices.csv")) {
            return new String(csv.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .map(line -> line.substring(line.indexOf(',') + 1))
                    .filter(password -> !password.isEmpty())
                    .toList();
        }
    }

    @ParameterizedTest
    @EnumSource
    void theSummaryOfTheSimulatedDeploymentAddsUp(Generation generation) throws Exception {
        Run run =
                Run.in(Map.of("EMQX_SIMULATOR", generation == Generation.V4 ? "v4" : "v5", "QUICKSTART_SECONDS", "6"));

        assertThat(run.output())
                .contains("The summary adds up.")
                .contains("+ truck-1 connected from 10.0.0.5 (user truck)", "~ truck-1 reconnected", "- truck-1 disc")
                .contains("client.connected +", "messages.received +")
                .contains("! flappy reconnected 3 times: kicked", "! flappy banned until ", "! hasty banned until ")
                .contains("x flappy is refused by the broker: banned", "x hasty is refused by the broker: banned")
                .contains("> user pump-1 created", "> user pump-1 exists already: handled")
                .contains("> user valve-2 not created: handled")
                .doesNotContain("simulator-secret")
                .doesNotContain(passwords());
        assertThat(run.exitCode()).isZero();
        String offline = "! hasty was offline when it was to be kicked: handled";
        if (generation == Generation.V5) {
            assertThat(run.output()).contains(offline);
        } else {
            assertThat(run.output()).doesNotContain(offline);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRealDeploymentIsOnlyRead(Generation generation) throws Exception {
        try (EmqxSimulator simulator = EmqxSimulator.start(generation)) {
            simulator.connect("c1");

            Run run = Run.in(deployment(simulator));

            assertThat(run.exitCode()).isZero();
            assertThat(run.output())
                    .contains("off: read-only", "+ c1 connected from 127.0.0.1")
                    .doesNotContain(simulator.appSecret());
            assertThat(simulator.wireMock().getAllServeEvents()).isNotEmpty().allSatisfy(call -> assertThat(
                            call.getRequest().getMethod().value())
                    .isEqualTo("GET"));
        }
    }

    @Test
    void aRealDeploymentIsChangedWhereThatIsAllowed() throws Exception {
        try (EmqxSimulator simulator = EmqxSimulator.start(Generation.V5)) {
            Map<String, String> environment = deployment(simulator);
            environment.put("EMQX_ALLOW_WRITES", "true");

            Run run = Run.in(environment);

            assertThat(run.exitCode()).isZero();
            assertThat(run.output()).doesNotContain("read-only").doesNotContain(passwords());
            assertThat(simulator.users()).containsExactly("pump-1", "pump-2", "valve-1", "valve-3");
        }
    }

    @Test
    void aWrongSecretEndsWithALine() throws Exception {
        try (EmqxSimulator simulator = EmqxSimulator.start(Generation.V5)) {
            Map<String, String> environment = deployment(simulator);
            environment.put("EMQX_APP_SECRET", "not-the-secret");

            Run run = Run.in(environment);

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.output())
                    .startsWith("Cannot run: clients:list failed")
                    .contains("HTTP 401")
                    .hasLineCount(1)
                    .doesNotContain("not-the-secret");
        }
    }

    @Test
    void anAddressWhereNobodyAnswersEndsWithALine() throws Exception {
        EmqxSimulator gone = EmqxSimulator.start(Generation.V5);
        Map<String, String> environment = deployment(gone);
        gone.close();

        Run run = Run.in(environment);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.output())
                .startsWith("Cannot run: clients:list failed: no answer")
                .hasLineCount(1);
    }

    @Test
    void anAddressThatIsNoneEndsWithALine() throws Exception {
        Run run = Run.in(Map.of("EMQX_API_URL", "nowhere", "EMQX_APP_ID", "a", "EMQX_APP_SECRET", "b"));

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.output()).startsWith("Cannot run: Option apiUrl").hasLineCount(1);
    }

    @Test
    void aVariableThatIsMissingOrWrongIsNamed() throws Exception {
        assertThat(Run.in(Map.of("EMQX_API_URL", "https://localhost")))
                .isEqualTo(new Run(
                        1,
                        "Cannot run: A real deployment needs all three of EMQX_API_URL, EMQX_APP_ID"
                                + " and EMQX_APP_SECRET" + System.lineSeparator()));
        assertThat(Run.in(Map.of("EMQX_SIMULATOR", "v3")).output()).contains("EMQX_SIMULATOR must be v4 or v5");
        assertThat(Run.in(Map.of("QUICKSTART_SECONDS", "soon")).output()).contains("QUICKSTART_SECONDS must be");
    }
}
