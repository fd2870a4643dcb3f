/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.v4;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelemqx.platform.test.PublishedMessage;
import io.github.camelemqx.platform.test.http.Answer;
import io.github.camelemqx.platform.test.http.Call;
import io.github.camelemqx.platform.test.http.Json;
import io.github.camelemqx.platform.test.http.Refusal;
import io.github.camelemqx.platform.test.http.Router;
import io.github.camelemqx.platform.test.http.Templates;
import io.github.camelemqx.platform.test.state.Broker;
import io.github.camelemqx.platform.test.state.Topics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** /mqtt/publish, one or many at once. Nobody listening is no failure (recording v4 141). */
final class V4Publish {

    private static final Set<String> PROPERTIES = Set.of(
            "payload_format_indicator",
            "message_expiry_interval",
            "response_topic",
            "correlation_data",
            "user_properties",
            "content_type");

    private final Broker broker;

    V4Publish(Broker broker) {
        this.broker = broker;
    }

    void addTo(Router router) {
        router.on("POST", "mqtt/publish", call -> publish(V4Params.of(call)))
                .on("POST", "mqtt/publish_batch", this::batch);
    }

    private Answer publish(V4Params params) {
        if (params.has("topic") && !params.get("topic").isTextual()) {
            throw badParameters();
        }
        List<String> topics = V4Mqtt.topics(params, Topics::isName);
        JsonNode clientId = params.get("clientid");
        if (params.has("clientid") && !clientId.isTextual()) {
            throw new Refusal(V4Answers.failure(V4Answers.BAD_PARAMETER, "bad clientid: must be string"));
        }
        byte[] payload = payload(params);
        Map<String, Object> properties = properties(params);
        int qos = qos(params);
        List<String> ids = new ArrayList<>();
        for (String topic : topics) {
            ids.add(broker.nextMessageId());
            broker.publish(new PublishedMessage(
                    ids.get(ids.size() - 1),
                    topic,
                    payload,
                    qos,
                    params.get("retain").asBoolean(false),
                    clientId.textValue(),
                    properties));
        }
        if (!params.get("return").asBoolean(false)) {
            return V4Answers.ok();
        }
        return V4Answers.data(params.has("topics") ? Map.of("msgids", ids) : Map.of("msgid", ids.get(0)));
    }

    private static Refusal badParameters() {
        return new Refusal(V4Answers.failure(V4Answers.BAD_PARAMETER, "bad_params"));
    }

    /** A text as it is, anything else as JSON (recordings v4 125, 126). */
    private static byte[] payload(V4Params params) {
        JsonNode payload = params.get("payload");
        String text = payload.isContainerNode() ? Json.text(payload) : payload.asText("");
        if (!"base64".equals(params.get("encoding").textValue())) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException noBase64) {
            throw badParameters();
        }
    }

    private static Map<String, Object> properties(V4Params params) {
        JsonNode properties = params.get("properties");
        properties.fieldNames().forEachRemaining(name -> {
            if (!PROPERTIES.contains(name)) {
                throw badParameters();
            }
        });
        if (params.get("user_properties").isObject()) {
            return Map.of("user_properties", Json.plain(params.get("user_properties")));
        }
        return Templates.row(properties);
    }

    /** A bad QoS is not refused: the broker crashes over it (recordings v4 136, 137). */
    private static int qos(V4Params params) {
        JsonNode qos = params.get("qos");
        if (params.has("qos") && !(qos.isInt() && qos.intValue() >= 0 && qos.intValue() <= 2)) {
            throw V4Answers.internalError();
        }
        return qos.asInt(0);
    }

    /** A code for each item; an object is taken for a list of its fields, none of which is a message (recording v4 151). */
    private Answer batch(Call call) {
        JsonNode items = V4Params.body(call).filter(JsonNode::isContainerNode).orElseThrow(V4Answers::internalError);
        List<Object> outcomes = new ArrayList<>();
        for (JsonNode item : items) {
            outcomes.add(
                    items.isObject()
                            ? Map.of("message", "bad_params", "code", V4Answers.BAD_PARAMETER)
                            : Map.of(
                                    "topic", item.path("topic").asText(""),
                                    "code", V4Mqtt.code(() -> publish(V4Params.of(item)))));
        }
        return V4Answers.data(outcomes);
    }
}
