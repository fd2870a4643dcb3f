/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.v5;

import io.github.camelemqx.platform.test.PublishedMessage;
import io.github.camelemqx.platform.test.http.Answer;
import io.github.camelemqx.platform.test.http.Call;
import io.github.camelemqx.platform.test.http.Refusal;
import io.github.camelemqx.platform.test.http.Router;
import io.github.camelemqx.platform.test.http.Templates;
import io.github.camelemqx.platform.test.state.Broker;
import io.github.camelemqx.platform.test.state.Topics;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** /publish, one or many at once: 202 if nobody listens to one of them. */
final class V5Publish {

    private static final int NOBODY_LISTENS = 16;
    private static final int BAD_IMPLEMENTATION = 131;
    private static final int BAD_TOPIC = 144;

    private final Broker broker;

    V5Publish(Broker broker) {
        this.broker = broker;
    }

    void addTo(Router router) {
        router.on("POST", "publish", call -> send(message(V5Body.of(call)))).on("POST", "publish/bulk", this::sendMany);
    }

    /** One bad message fails them all, before any is sent (recording v5 96). */
    private Answer sendMany(Call call) {
        List<PublishedMessage> messages =
                V5Body.of(call).items().stream().map(this::message).toList();
        if (messages.isEmpty()) {
            return V5Answers.internalError("{case_clause,{errror,<<\"empty_batch\">>}}, []");
        }
        List<Answer> answers = messages.stream().map(this::send).toList();
        int status = answers.stream().mapToInt(Answer::status).max().orElseThrow();
        return Answer.json(status, answers.stream().map(Answer::body).toList());
    }

    private Answer send(PublishedMessage message) {
        return broker.publish(message) == 0
                ? reason(202, NOBODY_LISTENS, "no_matching_subscribers")
                : Answer.ok(Map.of("id", message.id()));
    }

    private static Answer reason(int status, int code, String message) {
        return Answer.json(status, Map.of("reason_code", code, "message", message));
    }

    private PublishedMessage message(V5Body body) {
        String topic = body.text("topic");
        String payload = body.text("payload");
        int qos = body.qos();
        byte[] bytes = bytes(payload, body.optionalText("payload_encoding").orElse("plain"));
        if (!Topics.isName(topic)) {
            throw new Refusal(reason(400, BAD_TOPIC, "topic_name_invalid"));
        }
        return new PublishedMessage(
                broker.nextMessageId(),
                topic,
                bytes,
                qos,
                body.flag("retain"),
                body.optionalText("clientid").orElse(null),
                Templates.row(body.json().path("properties")));
    }

    private static byte[] bytes(String payload, String encoding) {
        return switch (encoding) {
            case "plain" -> payload.getBytes(StandardCharsets.UTF_8);
            case "base64" -> decoded(payload);
            default -> throw V5Answers.notEnumerated(encoding, "root.payload_encoding");
        };
    }

    private static byte[] decoded(String payload) {
        try {
            return Base64.getDecoder().decode(payload);
        } catch (IllegalArgumentException noBase64) {
            throw new Refusal(
                    reason(400, BAD_IMPLEMENTATION, "{decode_base64_payload_failed,<<\"" + payload + "\">>}"));
        }
    }
}
