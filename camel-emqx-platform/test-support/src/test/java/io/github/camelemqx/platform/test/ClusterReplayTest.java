/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Does to a simulated cluster what was done to real ones, and expects of each poll what was recorded. */
@Timeout(120)
class ClusterReplayTest {

    /** A recorded second where calls take as long as recorded: the shortest wait is 160 ms, the longest 2.4 s. */
    private static final Duration SECOND = Duration.ofMillis(25);

    /** After that second of the run (fg) twenty clients had moved too often to be counted. */
    private static final double FLAPPED = 42.44;

    /** Where the walk by cursor is that was recorded page by page. */
    private String cursor = "";

    private boolean aligned;
    private boolean flapped;

    private final ExecutorService callers = Executors.newCachedThreadPool();

    @AfterEach
    void stopCalling() {
        callers.shutdownNow();
    }

    static Stream<Arguments> runs() {
        return Stream.of(Generation.values()).flatMap(generation -> ClusterRecording.of(generation).stream()
                .map(ClusterRecording::run)
                .distinct()
                .filter(run -> ClusterScript.of(generation, run).isPresent())
                .map(run -> Arguments.of(generation, run)));
    }

    @ParameterizedTest
    @MethodSource("runs")
    void answersAsARealClusterDid(Generation generation, String run) throws Exception {
        ClusterScript script = ClusterScript.of(generation, run).orElseThrow();
        List<ClusterRecording> lines = replayable(generation, run, script);
        Map<String, String> wrong = new LinkedHashMap<>();
        try (EmqxSimulator simulator = EmqxSimulator.start(generation)) {
            List<ClusterScript.Step> steps = script.steps();
            for (int i = 0; i < steps.size(); i++) {
                ClusterScript.Step step = steps.get(i);
                double to = i + 1 < steps.size() ? steps.get(i + 1).at() : Double.MAX_VALUE;
                Map<ClusterRecording, Future<Timed>> pending = pending(simulator, lines, steps, step);
                step.event().accept(simulator);
                for (Map.Entry<ClusterRecording, Future<Timed>> each : pending.entrySet()) {
                    checkReleased(each.getKey(), each.getValue(), step, wrong);
                }
                poll(
                        simulator,
                        lines.stream()
                                .filter(line -> line.at() >= step.at() && line.at() < to)
                                .filter(line -> releasing(steps, line).isEmpty())
                                .toList(),
                        wrong);
            }
        }
        assertThat(wrong).isEmpty();
    }

    /** The step that ended a call which hung. */
    private static Optional<ClusterScript.Step> releasing(List<ClusterScript.Step> steps, ClusterRecording line) {
        return steps.stream()
                .filter(step -> step.releases() && line.at() < step.at())
                .filter(step -> line.abandoned() || (line.waited() && line.answeredAt() >= step.at()))
                .findFirst();
    }

    /** Sends what hung when a step was taken. */
    private Map<ClusterRecording, Future<Timed>> pending(
            EmqxSimulator simulator,
            List<ClusterRecording> lines,
            List<ClusterScript.Step> steps,
            ClusterScript.Step step) {
        Map<ClusterRecording, Future<Timed>> pending = new LinkedHashMap<>();
        simulator.hangScale(Duration.ofSeconds(10));
        for (ClusterRecording line : lines) {
            if (releasing(steps, line).filter(step::equals).isPresent()) {
                pending.put(line, callers.submit(() -> timed(simulator, line)));
            }
        }
        Awaitility.await().until(() -> simulator.hanging() == pending.size());
        return pending;
    }

    private static void checkReleased(
            ClusterRecording line, Future<Timed> pending, ClusterScript.Step step, Map<String, String> wrong)
            throws Exception {
        String answer = pending.get(20, TimeUnit.SECONDS).text();
        if (!line.abandoned() && !step.statusOnly()) {
            check(line, answer, wrong);
        } else if (!line.abandoned() && !answer.startsWith(line.status() + " ")) {
            wrong.put(line + " when thawed", answer);
        }
    }

    private void poll(EmqxSimulator simulator, List<ClusterRecording> polls, Map<String, String> wrong)
            throws Exception {
        for (ClusterRecording line : polls) {
            if (!line.hung()) {
                check(line, ask(simulator, line), wrong);
            }
        }
        simulator.hangScale(SECOND);
        Map<ClusterRecording, Future<Timed>> slow = new LinkedHashMap<>();
        for (ClusterRecording line : polls) {
            if (line.hung()) {
                slow.put(line, callers.submit(() -> timed(simulator, line)));
            }
        }
        for (Map.Entry<ClusterRecording, Future<Timed>> each : slow.entrySet()) {
            Timed answer = each.getValue().get(60, TimeUnit.SECONDS);
            check(each.getKey(), answer.text(), wrong);
            long least = Math.round(each.getKey().seconds()) * SECOND.toMillis();
            if (answer.millis() < least) {
                wrong.put(each.getKey() + " took", answer.millis() + " ms instead of " + least);
            }
        }
    }

    private record Timed(String text, long millis) {}

    private Timed timed(EmqxSimulator simulator, ClusterRecording line) throws Exception {
        long start = System.nanoTime();
        String text = ask(simulator, line);
        return new Timed(text, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
    }

    private String ask(EmqxSimulator simulator, ClusterRecording line) throws Exception {
        if (!line.ofFirstNode()) {
            simulator.answerAs(line.node());
        }
        try {
            return line.path().endsWith("(walk)") ? ClusterSummary.walk(simulator, line.path()) : call(simulator, line);
        } finally {
            if (!line.ofFirstNode()) {
                simulator.answerAs(simulator.generation().firstNode());
            }
        }
    }

    /** Brokers had counted before the run began, and while nobody could count along: from the next poll of counters on, the simulator has counted as much. */
    private void align(EmqxSimulator simulator, ClusterRecording line) throws IOException {
        aligned &= !(line.run().equals("fg") && line.at() > FLAPPED && !flapped);
        if (aligned || line.status() != 200 || !line.path().startsWith("/metrics")) {
            return;
        }
        aligned = true;
        flapped = line.at() > FLAPPED;
        JsonNode simulated = ClusterSummary.rows(RawHttp.get(simulator, line.path()));
        for (JsonNode row : ClusterSummary.rows(line.body())) {
            for (JsonNode own : simulated) {
                if (own.path("node").equals(row.path("node"))) {
                    String node = row.path("node").asText(simulator.generation().firstNode());
                    for (String counter : ClusterSummary.COUNTERS) {
                        long missing = ClusterSummary.counter(row, counter) - ClusterSummary.counter(own, counter);
                        simulator.count(node, counter, missing);
                    }
                }
            }
        }
    }

    private String call(EmqxSimulator simulator, ClusterRecording line) throws IOException {
        align(simulator, line);
        String answer = "";
        for (int i = 0; i < (line.path().contains("…") ? line.repeats() : 1); i++) {
            RawHttp.Reply reply;
            try {
                reply = RawHttp.call(simulator, line.method(), line.path().replace("…", cursor), null);
            } catch (RawHttp.NoAnswer closed) {
                return ClusterSummary.CLOSED;
            }
            if (line.path().startsWith("/clients_v2?limit=100&")) {
                cursor = reply.json().at("/meta/cursor").asText();
            }
            answer = ClusterSummary.simulated(line, reply);
        }
        return answer;
    }

    private static void check(ClusterRecording line, String answer, Map<String, String> wrong) {
        String expected = ClusterSummary.recorded(line);
        if (!expected.equals(answer)) {
            wrong.put(line.toString(), "\n  recorded:  " + expected + "\n  simulated: " + answer + "\n");
        }
    }

    private static List<ClusterRecording> replayable(Generation generation, String run, ClusterScript script) {
        return ClusterRecording.of(generation).stream()
                .filter(line -> line.run().equals(run) && reason(script, line).isEmpty())
                .sorted(Comparator.comparing(ClusterRecording::at))
                .toList();
    }

    /** Fails if recordings were added or lost, or if more are left out. */
    @ParameterizedTest
    @CsvSource({"V4, 371", "V5, 543"})
    void replaysAllButFew(Generation generation, int expected) {
        Map<String, Integer> leftOut = new TreeMap<>();
        List<ClusterRecording> all = ClusterRecording.of(generation);
        int replayed = 0;
        for (ClusterRecording line : all) {
            Optional<String> reason = ClusterScript.of(generation, line.run())
                    .map(script -> reason(script, line))
                    .orElse(Optional.of("the cluster fell apart in a way that EMQX 4.4's own OTP 24 does not let it"));
            replayed += reason.isPresent() ? 0 : 1;
            reason.ifPresent(why -> leftOut.merge(why, 1, Integer::sum));
        }
        System.out.println(
                generation + " cluster: replayed " + replayed + " of " + all.size() + ", left out " + leftOut);
        assertThat(replayed).isEqualTo(expected);
    }

    /** Why a poll cannot be replayed. */
    private static Optional<String> reason(ClusterScript script, ClusterRecording line) {
        return line.hung() && !line.ofFirstNode()
                ? Optional.of("a call to the frozen node itself: it is never answered, see ClusterTest")
                : script.gap(line);
    }
}
