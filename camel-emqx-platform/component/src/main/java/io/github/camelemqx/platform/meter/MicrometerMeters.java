/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.meter;

import io.github.camelemqx.platform.health.WatchStatus;
import io.github.camelemqx.platform.watch.PollReport;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.apache.camel.CamelContext;
import org.apache.camel.component.micrometer.MicrometerConstants;
import org.apache.camel.component.micrometer.MicrometerUtils;

/**
 * Meters in the registry that camel-micrometer uses. Tags are the resource and the route's id, with events their type:
 * few values each, and never keys of what is watched.
 */
final class MicrometerMeters implements WatchMeters {

    private static final String PREFIX = "camel.emqx.platform.";

    private final MeterRegistry registry;
    private final Tags tags;
    /** Kept, because meters hold it weakly. */
    private final Supplier<WatchStatus> status;

    private final List<Meter> ofTheRun;

    MicrometerMeters(CamelContext context, String route, String resource, Supplier<WatchStatus> status) {
        registry = MicrometerUtils.getOrCreateMeterRegistry(
                context.getRegistry(), MicrometerConstants.METRICS_REGISTRY_NAME);
        tags = Tags.of(Tag.of("resource", resource), Tag.of("routeId", route));
        this.status = status;
        ofTheRun = List.of(
                FunctionTimer.builder(
                                PREFIX + "rate.limit.waits",
                                status,
                                now -> now.get().waits(),
                                now -> now.get().waited().toNanos(),
                                TimeUnit.NANOSECONDS)
                        .description("Waiting for requestsPerSecond, of everything that calls the deployment")
                        .tags(tags)
                        .register(registry),
                gauge("rows", "Rows, or numbers, that the watch knows", WatchStatus::size),
                gauge("events.pending", "Events that are not delivered yet", WatchStatus::pending),
                gauge(
                        "candidates",
                        "Missing rows that wait for a later poll",
                        now -> now.lastPoll() == null ? 0 : now.lastPoll().candidates()));
    }

    private Gauge gauge(String name, String description, ToIntFunction<WatchStatus> value) {
        return Gauge.builder(PREFIX + name, () -> value.applyAsInt(status.get()))
                .description(description)
                .tags(tags)
                .register(registry);
    }

    @Override
    public void polled(PollReport report) {
        Timer.builder(PREFIX + "polls")
                .description("Polls, complete or not, without their deliveries")
                .tags(tags)
                .register(registry)
                .record(report.duration());
        // there from the first poll on, so that a graph of failures begins with none
        count("polls.failed", tags, report.complete() ? 0 : 1);
        count("requests", tags, report.requests());
        count("confirmations", tags, report.confirmations());
        report.events().forEach((type, events) -> count("events", tags.and("type", type), events));
    }

    private void count(String name, Tags of, int amount) {
        registry.counter(PREFIX + name, of).increment(amount);
    }

    @Override
    public void close() {
        ofTheRun.forEach(registry::remove);
    }
}
