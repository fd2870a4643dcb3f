/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.Map;

/**
 * A project of the account, of the Platform API ({@code platform-operations.tsv}; no recording).
 *
 * @param projectId the id
 * @param projectName for people
 * @param description for people; null or empty without one
 */
public record PlatformProject(String projectId, String projectName, String description) implements Row {

    /**
     * From a row; fields that are missing are null, fields that the record does not have are passed over.
     *
     * @throws IllegalArgumentException naming a field of another type
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static PlatformProject of(Map<String, ?> fields) {
        FieldReader row = new FieldReader("PlatformProject", fields);
        return new PlatformProject(row.text("projectID"), row.text("projectName"), row.text("description"));
    }

    @Override
    public Map<String, Object> toMap() {
        return new FieldWriter()
                .with("projectID", projectId)
                .with("projectName", projectName)
                .with("description", description)
                .toMap();
    }
}
