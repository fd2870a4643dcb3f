/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.tracing;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Prints each trace when its first span, which ends last, has ended: who called whom, for how long, with what outcome. */
final class PrintedTraces implements SpanExporter {

    /** What is worth a word in a line. */
    private static final List<AttributeKey<String>> WORDS = Stream.of(
                    "emqx.event_type", "http.status_code", "emqx.result_code")
            .map(AttributeKey::stringKey)
            .toList();

    private final PrintStream out;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition printed = lock.newCondition();
    private final Map<String, List<SpanData>> open = new HashMap<>();
    private final Set<String> names = new HashSet<>();

    PrintedTraces(PrintStream out) {
        this.out = out;
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        lock.lock();
        try {
            for (SpanData span : spans) {
                open.computeIfAbsent(span.getTraceId(), id -> new ArrayList<>()).add(span);
                if (!span.getParentSpanContext().isValid()) {
                    print(open.remove(span.getTraceId()), span, "  ");
                    out.println();
                    printed.signalAll();
                }
            }
        } finally {
            lock.unlock();
        }
        return CompletableResultCode.ofSuccess();
    }

    private void print(List<SpanData> trace, SpanData span, String indent) {
        names.add(span.getName());
        double millis = (span.getEndEpochNanos() - span.getStartEpochNanos()) / 1e6;
        String words = WORDS.stream()
                .map(key -> span.getAttributes().get(key))
                .filter(Objects::nonNull)
                .collect(Collectors.joining(" "));
        boolean failed = span.getStatus().getStatusCode() == StatusCode.ERROR;
        out.printf(
                Locale.ROOT,
                "%-36s %8.1f ms  %s%s%n",
                indent + span.getName(),
                millis,
                failed ? "failed: " : "",
                words);
        trace.stream()
                .filter(child -> child.getParentSpanId().equals(span.getSpanId()))
                .sorted(Comparator.comparing(SpanData::getStartEpochNanos))
                .forEach(child -> print(trace, child, indent + "  "));
    }

    /** Waits until a span of a name was printed; false if that takes too long. */
    boolean await(String name, long time, TimeUnit unit) throws InterruptedException {
        long left = unit.toNanos(time);
        lock.lock();
        try {
            while (!names.contains(name) && left > 0) {
                left = printed.awaitNanos(left);
            }
            return names.contains(name);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public CompletableResultCode flush() {
        return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
        return CompletableResultCode.ofSuccess();
    }
}
