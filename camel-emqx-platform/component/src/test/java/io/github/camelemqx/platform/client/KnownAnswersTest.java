/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is known of an operation's answers changes nothing of what is read. */
class KnownAnswersTest {

    private final JsonFactory parsers = new ReadAheadFactory();
    private final KnownAnswers known = new KnownAnswers();

    private static InputStream bytes(String json) {
        return new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8));
    }

    private Object read(String operation, InputStream json) throws IOException {
        try (JsonParser parser = parsers.createParser(json)) {
            parser.nextToken();
            Object value = known.read(operation, parser);
            assertThat(parser.nextToken()).isNull();
            return value;
        }
    }

    @Test
    void anAnswerIsWhatItIsWhateverCameBefore() throws IOException {
        for (int i = 0; i < 3; i++) {
            assertThat(read("clients:get", bytes("{\"clientid\":\"c" + i + "\",\"port\":" + i + "}")))
                    .isEqualTo(Map.of("clientid", "c" + i, "port", i));
            assertThat(read("clients:get", bytes("{\"clientid\":\"c\",\"x\":[{\"clientid\":1}]}")))
                    .isEqualTo(Map.of("clientid", "c", "x", List.of(Map.of("clientid", 1))));
            assertThat(read("users:get", bytes("{\"user_id\":\"u\"}"))).isEqualTo(Map.of("user_id", "u"));
            assertThat(read("clients:get", bytes("[1]"))).isEqualTo(List.of(1));
            assertThat(read("clients:get", bytes("{\"data\":[{\"clientid\":\"c" + i + "\",\"port\":1}],\"code\":0}")))
                    .isEqualTo(Map.of("data", List.of(Map.of("clientid", "c" + i, "port", 1)), "code", 0));
            assertThat(read("clients:get", bytes("{\"code\":" + i + ",\"message\":\"no\"}")))
                    .isEqualTo(Map.of("code", i, "message", "no"));
            assertThat(read("clients:get", bytes("null"))).isNull();
            assertThat(read("clients:get", bytes("{}"))).isEqualTo(Map.of());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"clientid\":\"c1\",\"port\":1}",
                "{\"code\":0,\"data\":[{\"clientid\":\"c1\",\"port\":1}]}",
            })
    void anAnswerThatBreaksOffLeavesNothingBehind(String whole) throws IOException {
        Object read = read("clients:get", bytes(whole));
        assertThat(read).isEqualTo(new ObjectMapper().readValue(whole, Object.class));
        for (int end = 1; end < whole.length(); end++) {
            InputStream cut = bytes(whole.substring(0, end));
            assertThatThrownBy(() -> read("clients:get", cut)).isInstanceOf(JsonParseException.class);
            assertThat(read("clients:get", bytes(whole))).isEqualTo(read);
        }
    }

    /** The second answer is read while the first has come half. */
    @Test
    void nobodyWaitsForAnAnswerThatIsSlow() throws IOException {
        InputStream slow = new InputStream() {
            private final InputStream rest = bytes("\"port\":1}");
            private boolean waited;

            @Override
            public int read() throws IOException {
                throw new IOException("nobody reads single bytes");
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                if (!waited) {
                    waited = true;
                    meanwhile();
                }
                return rest.read(buffer, offset, length);
            }
        };
        assertThat(read("clients:get", new SequenceInputStream(bytes("{\"clientid\":\"c1\","), slow)))
                .isEqualTo(Map.of("clientid", "c1", "port", 1));
    }

    private void meanwhile() {
        try {
            assertThat(read("clients:get", bytes("{\"clientid\":\"c2\",\"port\":2}")))
                    .isEqualTo(Map.of("clientid", "c2", "port", 2));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
