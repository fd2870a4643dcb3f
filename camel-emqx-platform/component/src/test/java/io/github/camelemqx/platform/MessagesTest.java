/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import static io.github.camelemqx.platform.EmqxPlatformConstants.PARAMETERS;
import static io.github.camelemqx.platform.EmqxPlatformConstants.RESULT_CODE;
import static io.github.camelemqx.platform.EmqxPlatformConstants.TOPIC;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelemqx.platform.exception.EmqxInvalidRequestException;
import io.github.camelemqx.platform.exception.EmqxPartialFailureException;
import io.github.camelemqx.platform.model.PublishResult;
import io.github.camelemqx.platform.test.Generation;
import io.github.camelemqx.platform.test.PublishedMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Publishing, with the same routes on both generations. */
@ParameterizedClass
@EnumSource(Generation.class)
class MessagesTest extends BothGenerations {

    private static final byte[] BYTES = {0, (byte) 0xff, (byte) 0xfe, 'x'};

    @BeforeEach
    void subscribe() {
        emqx.connect("reader");
        emqx.subscribe("reader", "t/#", 1);
    }

    @Test
    void theBodyIsThePayload() {
        Map<String, Object> published = row("messages?operation=publish&topic=t/1", "héllo");
        assertThat((String) published.get("id")).isNotEmpty();
        assertThat(last().topic()).isEqualTo("t/1");
        assertThat(last().text()).isEqualTo("héllo");
        assertThat(last().qos()).isZero();
        assertThat(last().retain()).isFalse();
    }

    @Test
    void bytesAndStreamsArriveAsTheyAre() {
        result("messages?operation=publish&topic=t/1", BYTES);
        assertThat(last().payload()).isEqualTo(BYTES);
        result("messages?operation=publish&topic=t/1", new ByteArrayInputStream(BYTES));
        assertThat(last().payload()).isEqualTo(BYTES);
        result(
                "messages?operation=publish&topic=t/1&param.payload_encoding=plain",
                "héllo".getBytes(StandardCharsets.UTF_8));
        assertThat(last().text()).isEqualTo("héllo");
    }

    @Test
    void otherBodiesTravelAsJsonOrText() {
        result("messages?operation=publish&topic=t/1", Map.of("temperature", 21.5));
        assertThat(last().text()).isEqualTo("{\"temperature\":21.5}");
        result("messages?operation=publish&topic=t/1", List.of(1, 2));
        assertThat(last().text()).isEqualTo("[1,2]");
        result("messages?operation=publish&topic=t/1", 42);
        assertThat(last().text()).isEqualTo("42");
        result("messages?operation=publish&topic=t/1", "{\"topic\":\"text/stays/text\"}");
        assertThat(last().text()).isEqualTo("{\"topic\":\"text/stays/text\"}");
        assertThat(last().topic()).isEqualTo("t/1");
    }

    @Test
    void noBodyIsAnEmptyPayload() {
        result("messages?operation=publish&topic=t/1&param.retain=true");
        assertThat(last().payload()).isEmpty();
        assertThat(last().retain()).isTrue();
    }

    @Test
    void optionsAndHeadersSayHow() {
        result(
                "messages?operation=publish&param.qos=1&param.retain=true&clientId=sender",
                "x",
                Map.of(
                        TOPIC,
                        "t/header",
                        PARAMETERS,
                        Map.of("qos", 2, "properties", Map.of("content_type", "text/plain"))));
        assertThat(last().topic()).isEqualTo("t/header");
        assertThat(last().qos()).isEqualTo(2);
        assertThat(last().retain()).isTrue();
        assertThat(last().clientId()).isEqualTo("sender");
        assertThat(last().properties()).containsEntry("content_type", "text/plain");
    }

    @Test
    void aRowIsARow() {
        result(
                "messages?operation=publish",
                Map.of("topic", "t/row", "payload", "from a row", "qos", 1, "retain", false));
        assertThat(last().topic()).isEqualTo("t/row");
        assertThat(last().text()).isEqualTo("from a row");
        result("messages?operation=publish", Map.of("topic", "t/row", "payload", BYTES));
        assertThat(last().payload()).isEqualTo(BYTES);
    }

    @Test
    void noSubscriberIsASuccess() {
        Exchange done = call("messages?operation=publish&topic=nobody/listens", "x", Map.of());
        assertThat(done.getException()).isNull();
        PublishResult result = done.getMessage().getBody(PublishResult.class);
        if (v5()) {
            assertThat(result)
                    .isEqualTo(
                            new PublishResult(null, PublishResult.NO_MATCHING_SUBSCRIBERS, "no_matching_subscribers"));
            assertThat(done.getMessage().getHeader(RESULT_CODE)).isEqualTo("16");
        } else {
            assertThat(result.id()).isNotEmpty();
            assertThat(done.getMessage().getHeader(RESULT_CODE)).isEqualTo("0");
        }
    }

    @Test
    void aBadTopicIsTheBrokersWord() {
        EmqxInvalidRequestException invalid =
                failure(EmqxInvalidRequestException.class, "messages?operation=publish&topic=t/%23", "x", Map.of());
        assertThat(invalid.resultCode()).isEqualTo(v5() ? "144" : "115");
        assertThat(emqx.published()).isEmpty();
    }

    @Test
    void aMissingTopicIsSaidBeforeAnythingIsSent() {
        EmqxInvalidRequestException invalid =
                failure(EmqxInvalidRequestException.class, "messages?operation=publish", "x", Map.of());
        assertThat(invalid)
                .hasMessageContaining("no value for topic")
                .hasMessageContaining("header CamelEmqxPlatformTopic")
                .hasMessageContaining("option topic");
        assertThat(emqx.wireMock().getAllServeEvents()).isEmpty();
    }

    @Test
    void publishesInBulk() {
        List<Map<String, Object>> outcomes = rows(
                "messages?operation=publish-bulk",
                List.of(
                        Map.of("topic", "t/1", "payload", "one"),
                        Map.of("topic", "t/2", "payload", BYTES, "qos", 1),
                        Map.of("topic", "nobody/listens", "payload", Map.of("a", 1))));
        assertThat(outcomes).hasSize(3).allSatisfy(outcome -> assertThat(outcome)
                .extracting(row -> row.get("success"))
                .isEqualTo(true));
        assertThat(emqx.published())
                .extracting(PublishedMessage::topic)
                .containsExactly("t/1", "t/2", "nobody/listens");
        assertThat(emqx.published().get(1).payload()).isEqualTo(BYTES);
        assertThat(emqx.published().get(2).text()).isEqualTo("{\"a\":1}");
        Map<String, Object> first = outcomes.get(0);
        assertThat(first.get("topic")).isEqualTo("t/1");
        assertThat(first.containsKey("id")).isEqualTo(v5());
        assertThat(outcomes.get(2).get("reason_code")).isEqualTo(v5() ? 16 : null);
    }

    @Test
    void bulkTakesJsonAndDefaults() {
        result(
                "messages?operation=publish-bulk&param.qos=1",
                "[{\"topic\":\"t/1\",\"payload\":\"a\"},{\"topic\":\"t/2\",\"payload\":\"b\",\"qos\":2}]");
        assertThat(emqx.published()).extracting(PublishedMessage::qos).containsExactly(1, 2);
    }

    @Test
    void anEmptyBulkIsNothing() {
        assertThat(rows("messages?operation=publish-bulk", List.of())).isEmpty();
        assertThat(emqx.wireMock().getAllServeEvents()).isEmpty();
    }

    @Test
    void aBadItemIsWhatTheGenerationMakesOfIt() {
        List<Map<String, Object>> rows =
                List.of(Map.of("topic", "t/1", "payload", "1"), Map.of("topic", "t/#", "payload", "2"));
        if (v5()) {
            EmqxInvalidRequestException all =
                    failure(EmqxInvalidRequestException.class, "messages?operation=publish-bulk", rows, Map.of());
            assertThat(all.resultCode()).isEqualTo("144");
            assertThat(emqx.published()).isEmpty();
            return;
        }
        EmqxPartialFailureException some =
                failure(EmqxPartialFailureException.class, "messages?operation=publish-bulk", rows, Map.of());
        assertThat(some.successes()).hasSize(1);
        assertThat(some.failures()).hasSize(1);
        assertThat(some.failures().get(0))
                .containsEntry("index", 1)
                .containsEntry("topic", "t/#")
                .containsEntry("code", "115");
        assertThat(some).hasMessageContaining("1 of 2 items failed");
        List<Map<String, Object>> outcomes = rows("messages?operation=publish-bulk&failOnPartialFailure=false", rows);
        assertThat(outcomes).extracting(outcome -> outcome.get("success")).containsExactly(true, false);
    }

    @Test
    void badRowsAreSaidBeforeAnythingIsSent() {
        assertThat(failure(
                        EmqxInvalidRequestException.class,
                        "messages?operation=publish-bulk",
                        List.of(Map.of("topic", "t/1", "payload", "1"), Map.of("payload", "2")),
                        Map.of()))
                .hasMessageContaining("row 1: no value for topic");
        assertThat(failure(
                        EmqxInvalidRequestException.class,
                        "messages?operation=publish-bulk",
                        List.of(Map.of("topic", "t/1", "payload", "1", "quos", 1)),
                        Map.of()))
                .hasMessageContaining("no parameter 'quos'")
                .hasMessageContaining("it has: qos,")
                .hasMessageContaining("row 0");
        assertThat(failure(EmqxInvalidRequestException.class, "messages?operation=publish-bulk", "no JSON", Map.of()))
                .hasMessageContaining("the body is not JSON (line 1");
        assertThat(emqx.wireMock().getAllServeEvents()).isEmpty();
    }

    private PublishedMessage last() {
        return emqx.published().get(emqx.published().size() - 1);
    }
}
