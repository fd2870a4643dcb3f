/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks.calls;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.OperatingSystemMXBean;
import io.github.camelemqx.platform.benchmarks.Jvm;
import io.github.camelemqx.platform.benchmarks.Options;
import io.github.camelemqx.platform.benchmarks.Results;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Many calls at once to a deployment that takes its time: how many get through, and what the threads that wait for their answers take. A call
 * holds its thread; from Java 21 that may be a virtual one.
 */
public final class InFlight {

    private static final Duration WARM_UP = Duration.ofSeconds(5);

    private static final String WHAT =
            "Many calls at once to a server that takes its time with each answer: what the threads take that wait.";

    private InFlight() {}

    /**
     * Measures, prints the figures as a line of JSON and writes the file. What the file has of the other kind of threads stays: it
     * may be from another Java.
     *
     * @param args any of {@code calls=2000 answerMillis=200 seconds=10 threads=platform out=target/in-flight.json}: how many calls at once, for
     *     how long the server waits with each answer; threads may be {@code virtual} from Java 21
     */
    public static void main(String[] args) throws Exception {
        Options options = Options.of(args, "calls", "answerMillis", "seconds", "threads", "out");
        int calls = options.number("calls", 2000);
        int answerMillis = options.number("answerMillis", 200);
        String kind = options.text("threads", "platform");
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("threads", kind);
        figures.put("java", Runtime.version().toString());
        figures.put("answerMillis", answerMillis);
        figures.putAll(measured(
                calls,
                Duration.ofMillis(answerMillis),
                WARM_UP,
                Duration.ofSeconds(options.number("seconds", 10)),
                kind.equals("virtual") ? virtual() : Executors.newFixedThreadPool(calls)));
        System.out.println(new ObjectMapper().writeValueAsString(figures));
        write(figures, Path.of(options.text("out", "target/in-flight.json")));
    }

    /** Beside what the file has of another kind of threads. */
    static void write(Map<String, Object> figures, Path file) throws IOException {
        List<Object> all = new ArrayList<>();
        if (Files.exists(file)) {
            Results.read(file).figures().stream()
                    .filter(one -> !one.path("threads").asText().equals(figures.get("threads")))
                    .forEach(all::add);
        }
        all.add(figures);
        Results.of(WHAT, List.of(), all).write(file);
    }

    /** The figures; the threads are used up. */
    static Map<String, Object> measured(
            int calls, Duration delay, Duration warmUp, Duration time, ExecutorService threads) throws Exception {
        try (Jvm server = new Jvm(List.of("-Xmx1g", "-Xss256k"), CallServer.class, String.valueOf(delay.toMillis()));
                Peer peer = Peer.start(
                        Peer.Kind.COMPONENT,
                        Call.GET,
                        new Peer.Target(Integer.parseInt(server.line()), "key", "word", calls))) {
            run(peer, threads, calls, warmUp.toNanos());
            return measured(peer, threads, calls, time.toNanos());
        } finally {
            threads.shutdownNow();
        }
    }

    /** What Java 17 does not have yet is looked for by name. */
    private static ExecutorService virtual() throws ReflectiveOperationException {
        return (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    }

    private static Map<String, Object> measured(Peer peer, ExecutorService threads, int calls, long nanos)
            throws Exception {
        long cpu = cpu();
        long begin = System.nanoTime();
        List<long[]> times = run(peer, threads, calls, nanos);
        double seconds = (System.nanoTime() - begin) / 1e9;
        cpu = cpu() - cpu;
        long[] sorted = times.stream().flatMapToLong(Arrays::stream).sorted().toArray();
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("calls", calls);
        figures.put("callsPerSecond", sorted.length / seconds);
        figures.put("p50Millis", sorted[sorted.length / 2] / 1e6);
        figures.put("p99Millis", sorted[(int) (sorted.length * 0.99)] / 1e6);
        figures.put("cpuMicrosPerCall", cpu / 1e3 / sorted.length);
        figures.put("platformThreads", ManagementFactory.getThreadMXBean().getPeakThreadCount());
        Runtime runtime = Runtime.getRuntime();
        figures.put("heapBytesBeforeCollection", runtime.totalMemory() - runtime.freeMemory());
        return figures;
    }

    /** Each of so many callers calls until the time is over; the times of all calls. */
    private static List<long[]> run(Peer peer, ExecutorService threads, int callers, long nanos) throws Exception {
        long end = System.nanoTime() + nanos;
        List<Future<long[]>> running = new ArrayList<>();
        for (int i = 0; i < callers; i++) {
            running.add(threads.submit(() -> {
                long[] times = new long[1024];
                int count = 0;
                for (long begin = System.nanoTime(); begin < end; begin = System.nanoTime()) {
                    peer.call();
                    times = count == times.length ? Arrays.copyOf(times, 2 * count) : times;
                    times[count++] = System.nanoTime() - begin;
                }
                return Arrays.copyOf(times, count);
            }));
        }
        List<long[]> times = new ArrayList<>();
        for (Future<long[]> one : running) {
            times.add(one.get());
        }
        return times;
    }

    private static long cpu() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }
}
