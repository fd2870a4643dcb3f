/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelemqx.platform.model.AclRule;
import io.github.camelemqx.platform.model.Alarm;
import io.github.camelemqx.platform.model.Ban;
import io.github.camelemqx.platform.model.BulkOutcome;
import io.github.camelemqx.platform.model.Certificate;
import io.github.camelemqx.platform.model.Client;
import io.github.camelemqx.platform.model.MetricChange;
import io.github.camelemqx.platform.model.Node;
import io.github.camelemqx.platform.model.PlatformDeployment;
import io.github.camelemqx.platform.model.PlatformProject;
import io.github.camelemqx.platform.model.PublishResult;
import io.github.camelemqx.platform.model.ResourceChange;
import io.github.camelemqx.platform.model.RetainedMessage;
import io.github.camelemqx.platform.model.Row;
import io.github.camelemqx.platform.model.Rule;
import io.github.camelemqx.platform.model.Subscription;
import io.github.camelemqx.platform.model.Topic;
import io.github.camelemqx.platform.model.User;
import java.util.Map;
import java.util.function.Function;
import org.apache.camel.Converter;
import org.apache.camel.TypeConversionException;

/** Rows to records and back, events to Maps and JSON. */
@Converter(generateLoader = true)
public final class EmqxPlatformConverters {

    private static final ObjectMapper JSON = new ObjectMapper();

    private EmqxPlatformConverters() {}

    @Converter
    public static Client toClient(Map<String, Object> row) {
        return record(Client.class, Client::of, row);
    }

    @Converter
    public static Subscription toSubscription(Map<String, Object> row) {
        return record(Subscription.class, Subscription::of, row);
    }

    @Converter
    public static User toUser(Map<String, Object> row) {
        return record(User.class, User::of, row);
    }

    @Converter
    public static AclRule toAclRule(Map<String, Object> row) {
        return record(AclRule.class, AclRule::of, row);
    }

    @Converter
    public static Ban toBan(Map<String, Object> row) {
        return record(Ban.class, Ban::of, row);
    }

    @Converter
    public static PublishResult toPublishResult(Map<String, Object> row) {
        return record(PublishResult.class, PublishResult::of, row);
    }

    @Converter
    public static Node toNode(Map<String, Object> row) {
        return record(Node.class, Node::of, row);
    }

    @Converter
    public static Topic toTopic(Map<String, Object> row) {
        return record(Topic.class, Topic::of, row);
    }

    @Converter
    public static Alarm toAlarm(Map<String, Object> row) {
        return record(Alarm.class, Alarm::of, row);
    }

    @Converter
    public static RetainedMessage toRetainedMessage(Map<String, Object> row) {
        return record(RetainedMessage.class, RetainedMessage::of, row);
    }

    @Converter
    public static Rule toRule(Map<String, Object> row) {
        return record(Rule.class, Rule::of, row);
    }

    @Converter
    public static BulkOutcome toBulkOutcome(Map<String, Object> row) {
        return record(BulkOutcome.class, BulkOutcome::of, row);
    }

    @Converter
    public static PlatformDeployment toPlatformDeployment(Map<String, Object> row) {
        return record(PlatformDeployment.class, PlatformDeployment::of, row);
    }

    @Converter
    public static PlatformProject toPlatformProject(Map<String, Object> row) {
        return record(PlatformProject.class, PlatformProject::of, row);
    }

    @Converter
    public static Certificate toCertificate(Map<String, Object> row) {
        return record(Certificate.class, Certificate::of, row);
    }

    /** What is wrong with the row, but not the row: it may hold a secret. */
    private static <T> T record(Class<T> type, Function<Map<String, Object>, T> of, Map<String, Object> row) {
        try {
            return of.apply(row);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(row.keySet(), type, e);
        }
    }

    @Converter
    public static Map<String, Object> toMap(Row row) {
        return row.toMap();
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
