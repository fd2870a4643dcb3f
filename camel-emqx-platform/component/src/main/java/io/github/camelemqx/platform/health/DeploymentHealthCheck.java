/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.health;

import io.github.camelemqx.platform.exception.EmqxPlatformException;
import org.apache.camel.health.HealthCheckResultBuilder;

/**
 * Whether a deployment that producers call answers, and takes their key: each check is one request that reads next to
 * nothing, never sent again.
 */
public final class DeploymentHealthCheck extends ReadinessCheck {

    /** What the ids of all these checks begin with, as those of Camel's producers do; the deployment's address follows. */
    public static final String PREFIX = "producer:emqx-platform:";

    /**
     * What the deployment answered.
     *
     * @param httpStatus of the answer
     * @param resultCode null where the generation gives none with a success
     */
    public record Answer(int httpStatus, String resultCode) {}

    /** Asks the deployment something that does no harm. */
    public interface Question {

        /**
         * Asks.
         *
         * @throws EmqxPlatformException when the deployment does not answer, or not with a success
         */
        Answer ask() throws EmqxPlatformException;
    }

    private final String deployment;
    private final Question question;

    /**
     * The check of one connection.
     *
     * @param name what tells it from the others: the address, with a number where there are several connections to it
     * @param deployment the address, which cannot have credentials in it
     */
    public DeploymentHealthCheck(String name, String deployment, Question question) {
        super(PREFIX + name);
        this.deployment = deployment;
        this.question = question;
    }

    @Override
    void identify(HealthCheckResultBuilder result) {
        result.detail("deployment", deployment);
    }

    @Override
    HealthCheckResultBuilder judge(HealthCheckResultBuilder result) {
        try {
            Answer answer = question.ask();
            answered(answer.httpStatus(), answer.resultCode(), result);
            return result.up();
        } catch (EmqxPlatformException | IllegalStateException e) {
            // the latter from connections that are closed: the last producer stops while somebody looks
            return down(e, result);
        }
    }
}
