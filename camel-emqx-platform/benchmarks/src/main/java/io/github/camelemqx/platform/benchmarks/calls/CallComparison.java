/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks.calls;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelemqx.platform.benchmarks.Jvm;
import io.github.camelemqx.platform.benchmarks.Options;
import io.github.camelemqx.platform.benchmarks.Results;
import io.github.camelemqx.platform.benchmarks.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Measures calls of the component and of its peers against one server. Each has a process of its own, which is warmed up once; then they take
 * turns of half a second, or of four where a call takes long, round by round, so that whatever else the machine does is the same for all of them. Prints tables and whether the targets are
 * met, and writes both as JSON; nothing fails because of a figure.
 */
public final class CallComparison {

    /**
     * With {@code -Xbatch}, who wants a method compiled waits for it. Otherwise the compiler has to wait for processors that many callers want
     * too, and what is measured for a minute is how far it has come: between two runs of one peer that made a factor of two and a half.
     */
    private static final List<String> JVM = List.of(
            "-Xms1g",
            "-Xmx1g",
            "-Xbatch",
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
            // one of them runs at a time
            "-Djmh.ignoreLock=true");

    /** Enough to keep the processors busy while it is warmed up. */
    private static final int WARMING = 16;

    private static final String WHAT =
            "One call to a server that answers at once, from one or many threads: a route with the component,"
                    + " and what people would write instead, by turns.";

    private final Options options;
    private final List<String> jvm;
    private final ObjectMapper json = new ObjectMapper();
    private final List<CallFigures> figures = new ArrayList<>();

    /** @param jvm options of those that call */
    CallComparison(Options options, List<String> jvm) {
        this.options = options;
        this.jvm = jvm;
    }

    /**
     * Measures.
     *
     * @param args any of {@code calls=GET,KICK,CREATE_USER,PUBLISH,LIST peers=COMPONENT,CAMEL_HTTP,HTTP_CLIENT,JDK_CLIENT,RETROFIT
     *     threads=1,16,128 rounds=14 seconds=0.5 warmUp=16 out=target/calls.json}; without {@code seconds} those of the call
     */
    public static void main(String[] args) throws Exception {
        new CallComparison(Options.of(args, "calls", "peers", "threads", "rounds", "seconds", "warmUp", "out"), JVM)
                .run();
    }

    /** Measures, prints and writes the file, which keeps what it has of other calls. */
    List<CallFigures> run() throws IOException {
        List<Call> calls = options.list("calls", names(Call.values())).stream()
                .map(Call::valueOf)
                .toList();
        Path file = Path.of(options.text("out", "target/calls.json"));
        if (Files.exists(file)) {
            for (JsonNode one : Results.read(file).figures()) {
                figures.add(json.treeToValue(one, CallFigures.class));
            }
        }
        for (Call call : calls) {
            List<CallFigures> now = measured(call);
            figures.removeIf(before -> before.call() == call);
            figures.addAll(now);
            System.out.println(table(call));
            figures.sort(Comparator.comparing(CallFigures::call));
            // each time: it takes long, and neither what is there nor what was there is lost with what fails later
            Results.of(WHAT, CallTargets.of(figures), figures).write(file);
        }
        System.out.println(Target.text(CallTargets.of(figures)));
        return figures;
    }

    private List<CallFigures> measured(Call call) throws IOException {
        List<String> peers = new ArrayList<>(List.of(CallFigures.RAW));
        peers.addAll(options.list("peers", names(Peer.Kind.values())));
        List<Integer> threads = options.list("threads", "1,16,128").stream()
                .map(Integer::valueOf)
                .toList();
        Map<String, Jvm> callers = new LinkedHashMap<>();
        try (Jvm server = new Jvm(List.of("-Xmx512m", "-XX:+UseSerialGC"), CallServer.class)) {
            String port = server.line();
            for (String peer : peers) {
                Jvm caller = new Jvm(jvm, CallingProcess.class, port, call.name(), peer);
                callers.put(peer, caller);
                turn(caller, WARMING, millis("warmUp", 16));
            }
            Map<Integer, Map<String, List<Turn>>> turns = new LinkedHashMap<>();
            for (int round = 0; round < options.number("rounds", 14); round++) {
                for (int many : threads) {
                    for (String peer : peers) {
                        turns.computeIfAbsent(many, none -> new LinkedHashMap<>())
                                .computeIfAbsent(peer, none -> new ArrayList<>())
                                .add(turn(callers.get(peer), many, millis("seconds", call.turnSeconds())));
                    }
                }
            }
            List<CallFigures> measured = new ArrayList<>();
            turns.forEach((many, byPeer) ->
                    byPeer.forEach((peer, those) -> measured.add(CallFigures.of(call, peer, many, those))));
            return measured;
        } finally {
            for (Jvm caller : callers.values()) {
                caller.close();
            }
        }
    }

    private Turn turn(Jvm caller, int threads, long millis) throws IOException {
        return json.readValue(caller.answer(threads + " " + millis), Turn.class);
    }

    private String table(Call call) {
        StringBuilder text = new StringBuilder();
        int before = 0;
        for (CallFigures one : figures) {
            if (one.call() != call) {
                continue;
            }
            if (one.threads() != before) {
                before = one.threads();
                text.append(String.format("%n%s, %d threads%n", call, before));
                text.append(String.format(
                        "  %-12s %12s %10s %10s %10s %10s %12s%n",
                        "", "calls/s", "+-", "p50 us", "p99 us", "CPU us", "bytes"));
            }
            text.append(String.format(
                    Locale.ROOT,
                    "  %-12s %,12.0f %,10.0f %,10.0f %,10.0f %,10.1f %,12.0f%n",
                    one.peer(),
                    one.callsPerSecond(),
                    one.callsPerSecondError(),
                    one.p50(),
                    one.p99(),
                    one.cpuMicros(),
                    one.allocatedBytes()));
        }
        return text.toString();
    }

    private static String names(Enum<?>[] all) {
        return String.join(",", Arrays.stream(all).map(Enum::name).toList());
    }

    private long millis(String name, double usual) {
        return (long) (options.decimal(name, usual) * 1000);
    }
}
