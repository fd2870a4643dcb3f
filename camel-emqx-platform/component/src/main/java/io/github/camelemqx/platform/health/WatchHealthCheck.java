/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.health;

import io.github.camelemqx.platform.watch.PollReport;
import java.util.function.Supplier;
import org.apache.camel.health.HealthCheckResultBuilder;

/**
 * Whether a watch knows what is there: down until its first complete poll, and whenever the last one was not complete. A
 * restart would only make it begin anew.
 */
public final class WatchHealthCheck extends ReadinessCheck {

    /** What the ids of all these checks begin with; the route's id follows. */
    public static final String PREFIX = "emqx-platform:";

    private final String uri;
    private final Supplier<WatchStatus> status;

    /**
     * The check of one watch.
     *
     * @param route the id of its route
     * @param uri of its endpoint, without anything secret
     * @param status how it is now
     */
    public WatchHealthCheck(String route, String uri, Supplier<WatchStatus> status) {
        super(PREFIX + route);
        this.uri = uri;
        this.status = status;
    }

    @Override
    void identify(HealthCheckResultBuilder result) {
        result.detail(ENDPOINT_URI, uri);
    }

    @Override
    HealthCheckResultBuilder judge(HealthCheckResultBuilder result) {
        WatchStatus now = status.get();
        result.detail("route.id", now.route())
                .detail("resource", now.resource())
                .detail("deployment", now.deployment())
                .detail("size", now.size())
                .detail("pending.events", now.pending());
        PollReport poll = now.lastPoll();
        if (poll != null) {
            result.detail("poll.time", poll.at().toString())
                    .detail("poll.duration", poll.duration().toMillis())
                    .detail("poll.rows", poll.rows())
                    .detail("candidates", poll.candidates());
        }
        if (now.isReady()) {
            return result.up();
        }
        if (now.failure() != null) {
            return down(now.failure(), result);
        }
        return result.message("The watch of " + now.resource() + " has not completed a poll yet")
                .down();
    }
}
