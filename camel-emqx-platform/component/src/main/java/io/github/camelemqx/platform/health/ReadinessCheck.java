/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.health;

import io.github.camelemqx.platform.exception.EmqxPlatformException;
import java.util.Map;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckResultBuilder;

/**
 * A check that can be switched off, and is about readiness only: what a broker lacks, a restart of the application would not
 * bring.
 */
public abstract sealed class ReadinessCheck implements HealthCheck permits WatchHealthCheck, DeploymentHealthCheck {

    /** The detail with the API's own result code, such as 112 or CLIENTID_NOT_FOUND. */
    public static final String RESULT_CODE = "result.code";

    private final String id;
    private volatile boolean enabled = true;

    ReadinessCheck(String id) {
        this.id = id;
    }

    @Override
    public final String getGroup() {
        return "camel";
    }

    @Override
    public final String getId() {
        return id;
    }

    @Override
    public final boolean isEnabled() {
        return enabled;
    }

    @Override
    public final void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    @Override
    public final boolean isLiveness() {
        return false;
    }

    @Override
    public final Result call(Map<String, Object> options) {
        HealthCheckResultBuilder result = HealthCheckResultBuilder.on(this).detail(CHECK_KIND, Kind.READINESS);
        identify(result);
        if (!enabled) {
            return result.detail(CHECK_ENABLED, false)
                    .message("Disabled")
                    .unknown()
                    .build();
        }
        return judge(result).build();
    }

    /** Says what is checked, nothing of it secret. */
    abstract void identify(HealthCheckResultBuilder result);

    /** Says how it is. */
    abstract HealthCheckResultBuilder judge(HealthCheckResultBuilder result);

    /** Down, with what a failure tells. */
    static HealthCheckResultBuilder down(Throwable failure, HealthCheckResultBuilder result) {
        result.message(failure.getMessage()).error(failure);
        if (failure instanceof EmqxPlatformException told) {
            answered(told.httpStatus(), told.resultCode(), result);
        }
        return result.down();
    }

    /** What an answer tells: 0 and null for what is not known. */
    static void answered(int httpStatus, String resultCode, HealthCheckResultBuilder result) {
        if (httpStatus > 0) {
            result.detail(HTTP_RESPONSE_CODE, httpStatus);
        }
        if (resultCode != null) {
            result.detail(RESULT_CODE, resultCode);
        }
    }
}
