/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.Collections;
import java.util.Map;
import java.util.Set;

/**
 * What became of one item of a bulk call: {@code kick-bulk}, {@code create-bulk}, {@code publish-bulk}, {@code subscribe-bulk},
 * {@code acl:create}.
 *
 * @param index the place of the item in the input, from 0
 * @param success whether it was done
 * @param code the result code of the failure, such as 112 or CLIENTID_NOT_FOUND, or {@code HTTP 503}; null for a success
 * @param message what the broker said in words; null without any
 * @param item what tells the item from others, such as {@code clientid} and {@code topic}, and what the broker told of it, such as {@code id} of a message; unmodifiable
 */
public record BulkOutcome(int index, boolean success, String code, String message, Map<String, Object> item)
        implements Row {

    private static final Set<String> OWN = Set.of("index", "success", "code", "message");

    /** Keeps the item unmodifiable. */
    public BulkOutcome {
        item = item == null ? Map.of() : Collections.unmodifiableMap(item);
    }

    /**
     * From a row; fields that are missing are null, fields that the record does not have are passed over.
     *
     * @throws IllegalArgumentException naming a field of another type
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static BulkOutcome of(Map<String, ?> fields) {
        FieldReader row = new FieldReader("BulkOutcome", fields);
        return new BulkOutcome(
                row.required("index", row.integer("index")),
                row.required("success", row.flag("success")),
                row.text("code"),
                row.text("message"),
                others(fields));
    }

    @Override
    public Map<String, Object> toMap() {
        FieldWriter row = new FieldWriter()
                .with("index", index)
                .with("success", success)
                .with("code", code)
                .with("message", message);
        item.forEach(row::with);
        return row.toMap();
    }

    private static Map<String, Object> others(Map<String, ?> fields) {
        FieldWriter others = new FieldWriter();
        fields.forEach((name, value) -> {
            if (!OWN.contains(name)) {
                others.with(name, value);
            }
        });
        return others.toMap();
    }
}
