/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.health;

import io.github.camelemqx.platform.exception.EmqxPlatformException;
import io.github.camelemqx.platform.watch.PollReport;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckResultBuilder;

/**
 * Whether a watch knows what is there: down until its first complete poll, and whenever the last one was not complete.
 * A watch that is down needs no restart, which would make it begin anew: this is about readiness only.
 */
public final class WatchHealthCheck implements HealthCheck {

    /** What the ids of all these checks begin with; the route's id follows. */
    public static final String PREFIX = "emqx-platform:";

    /** The detail with the API's own result code of a failure, such as 112 or CLIENTID_NOT_FOUND. */
    public static final String RESULT_CODE = "result.code";

    private final String id;
    private final String uri;
    private final Supplier<WatchStatus> status;
    private volatile boolean enabled = true;

    /**
     * The check of one watch.
     *
     * @param route the id of its route
     * @param uri of its endpoint, without anything secret
     * @param status how it is now
     */
    public WatchHealthCheck(String route, String uri, Supplier<WatchStatus> status) {
        this.id = PREFIX + route;
        this.uri = uri;
        this.status = status;
    }

    @Override
    public String getGroup() {
        return "camel";
    }

    @Override
    public String getId() {
        return id;
    }

    @Override
    public boolean isEnabled() {
        return enabled;
    }

    @Override
    public void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    public Result call(Map<String, Object> options) {
        HealthCheckResultBuilder result = HealthCheckResultBuilder.on(this)
                .detail(CHECK_KIND, Kind.READINESS)
                .detail(ENDPOINT_URI, uri);
        if (!enabled) {
            return result.detail(CHECK_ENABLED, false)
                    .message("Disabled")
                    .unknown()
                    .build();
        }
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
            return result.up().build();
        }
        if (now.failure() == null) {
            result.message("The watch of " + now.resource() + " has not completed a poll yet");
        } else {
            tell(now.failure(), result);
        }
        return result.down().build();
    }

    private static void tell(Throwable failure, HealthCheckResultBuilder result) {
        result.message(failure.getMessage()).error(failure);
        if (failure instanceof EmqxPlatformException told) {
            if (told.httpStatus() > 0) {
                result.detail(HTTP_RESPONSE_CODE, told.httpStatus());
            }
            if (told.resultCode() != null) {
                result.detail(RESULT_CODE, told.resultCode());
            }
        }
    }
}
