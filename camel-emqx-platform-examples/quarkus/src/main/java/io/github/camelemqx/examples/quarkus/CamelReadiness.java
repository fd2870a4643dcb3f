/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.quarkus;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * What Camel's checks say, under {@code /q/health/ready}: the watch, and the calls. camel-quarkus-microprofile-health does the
 * same where it is at hand.
 */
@Readiness
@ApplicationScoped
class CamelReadiness implements org.eclipse.microprofile.health.HealthCheck {

    @Inject
    CamelContext context;

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("camel").up();
        for (HealthCheck.Result result : HealthCheckHelper.invokeReadiness(context, "full")) {
            if (result.getState() == HealthCheck.State.DOWN) {
                response.down();
            }
            String check = result.getCheck().getId();
            response.withData(check, result.getState().name());
            result.getDetails().forEach((name, value) -> response.withData(check + "." + name, String.valueOf(value)));
        }
        return response.build();
    }
}
