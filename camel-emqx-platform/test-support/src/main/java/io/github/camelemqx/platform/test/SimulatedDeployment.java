/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test;

/**
 * A deployment of the account.
 *
 * @param deploymentId its id
 * @param deploymentName its name for people
 * @param deploymentType {@code serverless}, {@code dedicated} or {@code dedicatedFlex}
 * @param projectId the project that it belongs to
 * @param platform the cloud that it runs in, such as {@code aws}
 * @param region of that cloud
 * @param version {@code v4}, {@code v5} or {@code v6}
 * @param connections how many clients may be connected
 * @param tps how many messages a second may come and go
 * @param createAt when it was created, as the API writes it: {@code 2024-11-21 02:51}
 * @param status {@code running}, {@code starting}, {@code stopping}, {@code stopped}, {@code pending} or {@code failed}
 */
public record SimulatedDeployment(
        String deploymentId,
        String deploymentName,
        String deploymentType,
        String projectId,
        String platform,
        String region,
        String version,
        int connections,
        int tps,
        String createAt,
        String status) {

    /** The same deployment with another status. */
    public SimulatedDeployment withStatus(String other) {
        return new SimulatedDeployment(
                deploymentId,
                deploymentName,
                deploymentType,
                projectId,
                platform,
                region,
                version,
                connections,
                tps,
                createAt,
                other);
    }
}
