/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.kamelets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelemqx.platform.EmqxPlatformConstants;
import io.github.camelemqx.platform.exception.EmqxClientOfflineException;
import io.github.camelemqx.platform.exception.EmqxInvalidRequestException;
import io.github.camelemqx.platform.test.Generation;
import io.github.camelemqx.platform.test.PublishedMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource(Generation.class)
class SinksTest extends WithKamelets {

    private static final String KICK = "emqx-platform-kick-sink?" + CONNECTION;
    private static final String PUBLISH = "emqx-platform-publish-sink?" + CONNECTION;

    private void assertKicked(String kamelet, Object body, Map<String, Object> headers) {
        emqx.connect("c1");
        emqx.connect("c2");
        emqx.connect("c3");

        done(kamelet, body, headers);

        assertThat(emqx.client("c1")).isEmpty();
        assertThat(emqx.clients()).hasSize(2);
    }

    @Test
    void thePropertySaysWhomToKickWhateverTheMessageSays() {
        assertKicked(KICK + "&clientId=c1", "c2", Map.of(EmqxPlatformConstants.CLIENT_ID, "c3"));
    }

    @Test
    void theHeaderSaysWhomToKickBeforeTheBody() {
        assertKicked(KICK, "c2", Map.of(EmqxPlatformConstants.CLIENT_ID, "c1"));
    }

    @Test
    void textInTheBodySaysWhomToKick() {
        assertKicked(KICK, "c1", Map.of());
    }

    @Test
    void bytesInTheBodySayWhomToKick() {
        assertKicked(KICK, new ByteArrayInputStream("c1".getBytes(StandardCharsets.UTF_8)), Map.of());
    }

    @Test
    void anObjectOfJsonSaysWhomToKick() {
        assertKicked(KICK, "{\"clientid\": \"c1\", \"why\": \"loud\"}", Map.of());
    }

    @Test
    void aMapSaysWhomToKick() {
        assertKicked(KICK, Map.of("clientid", "c1"), Map.of());
    }

    @Test
    void anEventThatCameAsTextSaysWhomToKick() {
        assertKicked(KICK, "{\"resource\": \"clients\", \"type\": \"connected\", \"key\": \"c1\"}", Map.of());
    }

    @Test
    void aClientIdOfAnyCharactersIsOneClient() {
        String odd = "a/b%2F+c&d #e";
        emqx.connect(odd);
        emqx.connect("other");

        done(KICK + "&clientId=RAW(" + odd + ")", null, Map.of());

        assertThat(emqx.clients()).singleElement().satisfies(client -> assertThat(client.clientId())
                .isEqualTo("other"));
    }

    @Test
    void aMessageThatSaysNobodyIsRefused() {
        emqx.connect("c1");

        for (Object nobody : new Object[] {"", null, "{\"resource\": \"banned\", \"key\": \"clientid:c1\"}", "{}"}) {
            assertThat(call(KICK, nobody, Map.of()).getException())
                    .as(String.valueOf(nobody))
                    .isInstanceOf(EmqxInvalidRequestException.class);
        }
        assertThat(emqx.client("c1")).isPresent();
    }

    @Test
    void aClientThatIsOfflineIsAFailureWhereTheBrokerTellsThat() {
        Exception failure = call(KICK, "gone", Map.of()).getException();

        if (v5()) {
            assertThat(failure).isInstanceOf(EmqxClientOfflineException.class);
        } else {
            assertThat(failure).isNull();
        }
        done(KICK + "&failOnNotFound=false", "gone", Map.of());
    }

    @Test
    void eventsGoStraightToASink() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("kamelet:emqx-platform-client-events-source?delay=50&emitInitial=true&events=connected&"
                                + CONNECTION)
                        .filter(header(EmqxPlatformConstants.CLIENT_ID).startsWith("test-"))
                        .to("kamelet:" + PUBLISH + "&topic=kicked&qos=1")
                        .to("kamelet:" + KICK);
            }
        });
        emqx.connect("c1");
        emqx.connect("test-1");

        await().untilAsserted(() -> assertThat(emqx.client("test-1")).isEmpty());
        assertThat(emqx.client("c1")).isPresent();
        PublishedMessage told = emqx.published().get(0);
        assertThat(told.topic()).isEqualTo("kicked");
        assertThat(told.qos()).isEqualTo(1);
        assertThat(told.clientId()).isNotEqualTo("test-1");
        assertThat(json(told.text()).get("key").textValue()).isEqualTo("test-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {KICK + "&clientId=c1", PUBLISH + "&topic=t&clientId=me"})
    void aMessageGoesOnAsItCame(String sink) {
        emqx.connect("c1");
        Map<String, Object> headers =
                Map.of(EmqxPlatformConstants.CLIENT_ID, "c9", EmqxPlatformConstants.TOPIC, "t9", "own", "value");

        assertThat(done(sink, "body", headers).getMessage()).satisfies(message -> {
            assertThat(message.getBody()).isEqualTo("body");
            assertThat(message.getHeaders()).isEqualTo(headers);
        });
        emqx.connect("c1");
        Map<String, Object> row = Map.of("clientid", "c1");
        assertThat(done(sink, row, Map.of()).getMessage()).satisfies(message -> {
            assertThat(message.getBody()).isEqualTo(row);
            assertThat(message.getHeaders()).isEmpty();
        });
    }

    private PublishedMessage published(String kamelet, Object body, Map<String, Object> headers) {
        done(kamelet, body, headers);

        assertThat(emqx.published()).hasSize(1);
        return emqx.published().get(0);
    }

    @Test
    void theBodyIsThePayloadAndThePropertySaysWhereTo() {
        PublishedMessage message = published(
                PUBLISH + "&topic=RAW(a/b-c & 100 %)&qos=2&retain=true&clientId=me",
                "over & out",
                Map.of(EmqxPlatformConstants.TOPIC, "elsewhere", EmqxPlatformConstants.CLIENT_ID, "somebody"));

        assertThat(message.topic()).isEqualTo("a/b-c & 100 %");
        assertThat(message.text()).isEqualTo("over & out");
        assertThat(message.qos()).isEqualTo(2);
        assertThat(message.retain()).isTrue();
        assertThat(message.clientId()).isEqualTo("me");
    }

    @Test
    void aHeaderSaysWhereToIfThePropertyDoesNot() {
        PublishedMessage message = published(PUBLISH, "hello", Map.of(EmqxPlatformConstants.TOPIC, "devices/1"));

        assertThat(message.topic()).isEqualTo("devices/1");
        assertThat(message.qos()).isZero();
        assertThat(message.retain()).isFalse();
    }

    @Test
    void bytesArriveAsTheyAre() {
        byte[] bytes = {0, -1, 127, -128, 10};

        assertThat(published(PUBLISH + "&topic=t", bytes, Map.of()).payload()).isEqualTo(bytes);
    }

    @Test
    void aMapIsAPayloadEvenIfItLooksLikeARow() {
        PublishedMessage message =
                published(PUBLISH + "&topic=t", new HashMap<>(Map.of("topic", "elsewhere", "payload", "x")), Map.of());

        assertThat(message.topic()).isEqualTo("t");
        assertThat(json(message.text())).isEqualTo(json("{\"topic\": \"elsewhere\", \"payload\": \"x\"}"));
    }

    @Test
    void aMessageWithoutATopicIsRefused() {
        assertThat(call(PUBLISH, "x", Map.of()).getException())
                .isInstanceOf(EmqxInvalidRequestException.class)
                .hasMessageContaining("no value for topic");
        assertThat(emqx.published()).isEmpty();
    }
}
