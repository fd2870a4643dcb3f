/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.Map;

/**
 * The TLS certificate of a deployment, of the Platform API ({@code platform-operations.tsv}; no recording). Never with the key.
 *
 * @param tlsType one-way, or two-way where clients need certificates too
 * @param status running, or pending while it is being put in place
 * @param expire when it ends, as the API writes it: the form is not documented
 */
public record Certificate(String tlsType, String status, String expire) implements Row {

    /**
     * From a row; fields that are missing are null, fields that the record does not have are passed over.
     *
     * @throws IllegalArgumentException naming a field of another type
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Certificate of(Map<String, ?> fields) {
        FieldReader row = new FieldReader("Certificate", fields);
        return new Certificate(row.text("tlsType"), row.text("status"), row.text("expire"));
    }

    @Override
    public Map<String, Object> toMap() {
        return new FieldWriter()
                .with("tlsType", tlsType)
                .with("status", status)
                .with("expire", expire)
                .toMap();
    }
}
