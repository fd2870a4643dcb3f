/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelemqx.platform.model.Ban;
import io.github.camelemqx.platform.model.Client;
import io.github.camelemqx.platform.model.MetricChange;
import io.github.camelemqx.platform.model.Node;
import io.github.camelemqx.platform.model.PublishResult;
import io.github.camelemqx.platform.model.ResourceChange;
import io.github.camelemqx.platform.model.Subscription;
import io.github.camelemqx.platform.model.User;
import java.util.Map;
import org.apache.camel.Converter;

/** Rows to records, events to Maps and JSON. */
@Converter(generateLoader = true)
public final class EmqxPlatformConverters {

    private static final ObjectMapper JSON = new ObjectMapper();

    private EmqxPlatformConverters() {}

    @Converter
    public static Client toClient(Map<String, Object> row) {
        return Client.of(row);
    }

    @Converter
    public static Subscription toSubscription(Map<String, Object> row) {
        return Subscription.of(row);
    }

    @Converter
    public static User toUser(Map<String, Object> row) {
        return User.of(row);
    }

    @Converter
    public static Ban toBan(Map<String, Object> row) {
        return Ban.of(row);
    }

    @Converter
    public static PublishResult toPublishResult(Map<String, Object> row) {
        return PublishResult.of(row);
    }

    @Converter
    public static Node toNode(Map<String, Object> row) {
        return Node.of(row);
    }

    @Converter
    public static Map<String, Object> toMap(ResourceChange change) {
        return change.toMap();
    }

    @Converter
    public static Map<String, Object> toMap(MetricChange change) {
        return change.toMap();
    }

    @Converter
    public static String toJson(ResourceChange change) throws JsonProcessingException {
        return JSON.writeValueAsString(change.toMap());
    }

    @Converter
    public static String toJson(MetricChange change) throws JsonProcessingException {
        return JSON.writeValueAsString(change.toMap());
    }
}
