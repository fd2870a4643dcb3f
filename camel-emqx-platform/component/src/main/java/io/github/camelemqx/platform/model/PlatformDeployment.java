/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.Map;

/**
 * A deployment of the account, of the Platform API ({@code platform-operations.tsv}; no recording).
 *
 * @param deploymentId the id
 * @param deploymentName for people
 * @param deploymentType serverless, dedicated or dedicatedFlex
 * @param status running, starting, stopping, stopped, pending or failed
 * @param version v4, v5 or v6
 * @param platform the cloud: aws, gcp, azure, aliyun, tencent or huawei
 * @param region the cloud's name of the region
 * @param projectName the project that it belongs to
 * @param connections the most clients at a time; null where there is no such limit
 * @param tps the most messages a second; null where there is no such limit
 * @param createAt when it was made, as the API writes it: the form is not documented
 */
public record PlatformDeployment(
        String deploymentId,
        String deploymentName,
        String deploymentType,
        String status,
        String version,
        String platform,
        String region,
        String projectName,
        Integer connections,
        Integer tps,
        String createAt)
        implements Row {

    /**
     * From a row; fields that are missing are null, fields that the record does not have are passed over.
     *
     * @throws IllegalArgumentException naming a field of another type
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static PlatformDeployment of(Map<String, ?> fields) {
        FieldReader row = new FieldReader("PlatformDeployment", fields);
        return new PlatformDeployment(
                row.text("deploymentID"),
                row.text("deploymentName"),
                row.text("deploymentType"),
                row.text("status"),
                row.text("version"),
                row.text("platform"),
                row.text("region"),
                row.text("projectName"),
                row.integer("connections"),
                row.integer("tps"),
                row.text("createAt"));
    }

    @Override
    public Map<String, Object> toMap() {
        return new FieldWriter()
                .with("deploymentID", deploymentId)
                .with("deploymentName", deploymentName)
                .with("deploymentType", deploymentType)
                .with("status", status)
                .with("version", version)
                .with("platform", platform)
                .with("region", region)
                .with("projectName", projectName)
                .with("connections", connections)
                .with("tps", tps)
                .with("createAt", createAt)
                .toMap();
    }
}
