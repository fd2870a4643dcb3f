/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The replay is worth what the comparison notices. */
class AnswerComparisonTest {

    private static final String RECORDED =
            "{\"data\":[{\"clientid\":\"a\",\"port\":1,\"connected\":true},{\"clientid\":\"b\",\"port\":2,\"connected\":true}],\"meta\":{\"count\":2}}";

    @Test
    void acceptsOtherNumbersAndAnotherOrder() throws IOException {
        assertThat(
                        differences(
                                RECORDED,
                                "{\"meta\":{\"count\":2},\"data\":[{\"clientid\":\"b\",\"port\":7,\"connected\":true},{\"port\":8,\"clientid\":\"a\",\"connected\":true}]}"))
                .isEmpty();
    }

    @Test
    void rejectsAMissingKey() throws IOException {
        assertThat(differences(RECORDED, RECORDED.replace("\"port\":1,", ""))).isNotEmpty();
    }

    @Test
    void rejectsAKeyTooMany() throws IOException {
        assertThat(differences(RECORDED, RECORDED.replace("\"port\":1,", "\"port\":1,\"extra\":1,")))
                .isNotEmpty();
    }

    @Test
    void rejectsAWrongType() throws IOException {
        assertThat(differences(RECORDED, RECORDED.replace("\"port\":1", "\"port\":\"1\"")))
                .isNotEmpty();
        assertThat(differences(RECORDED, RECORDED.replace("\"port\":1", "\"port\":null")))
                .isNotEmpty();
    }

    @Test
    void rejectsAMissingRow() throws IOException {
        assertThat(differences(
                        RECORDED,
                        "{\"data\":[{\"clientid\":\"a\",\"port\":1,\"connected\":true}],\"meta\":{\"count\":2}}"))
                .isNotEmpty();
    }

    @Test
    void rejectsAnotherValue() throws IOException {
        assertThat(differences(RECORDED, RECORDED.replace("\"a\"", "\"c\""))).isNotEmpty();
        assertThat(differences(RECORDED, RECORDED.replace("\"count\":2", "\"count\":3")))
                .isNotEmpty();
        assertThat(differences(RECORDED, RECORDED.replace("true", "false"))).isNotEmpty();
    }

    @Test
    void rejectsAnotherMessage() throws IOException {
        String failure = "{\"code\":\"NOT_FOUND\",\"message\":\"no such user\"}";
        assertThat(differences(failure, failure)).isEmpty();
        assertThat(differences(failure, failure.replace("user", "client"))).isNotEmpty();
        assertThat(differences(failure, failure.replace("NOT_FOUND", "GONE"))).isNotEmpty();
    }

    @Test
    void looksAtTheShapeOnlyWhereAskedTo() throws IOException {
        String other = RECORDED.replace("\"a\"", "\"c\"");
        assertThat(differences(200, "application/json", RECORDED, other, AnswerComparison.Rows.ANY_OF_THE_SAME_SHAPE))
                .isEmpty();
        assertThat(differences(
                        200,
                        "application/json",
                        RECORDED,
                        RECORDED.replace("\"port\":1,", ""),
                        AnswerComparison.Rows.ANY_OF_THE_SAME_SHAPE))
                .isNotEmpty();
        assertThat(differences(
                        200,
                        "application/json",
                        "[{\"a\":1},{\"a\":2}]",
                        "[{\"a\":1}]",
                        AnswerComparison.Rows.ANY_NUMBER))
                .isEmpty();
        assertThat(differences(
                        200,
                        "application/json",
                        "[{\"a\":1},{\"b\":2}]",
                        "[{\"a\":1}]",
                        AnswerComparison.Rows.ANY_NUMBER))
                .isNotEmpty();
    }

    @Test
    void rejectsAWrongStatusAndAWrongContentType() throws IOException {
        assertThat(differences(404, "application/json", RECORDED, RECORDED, AnswerComparison.Rows.EXACT))
                .singleElement()
                .asString()
                .contains("status");
        assertThat(differences(200, "text/plain", RECORDED, RECORDED, AnswerComparison.Rows.EXACT))
                .singleElement()
                .asString()
                .contains("content-type");
    }

    @Test
    void rejectsATextInPlaceOfJsonAndAnotherText() {
        RawHttp.Reply text = new RawHttp.Reply(200, Map.of(), "Oops");
        assertThat(AnswerComparison.differences(recorded(null, "Fine"), text, null, AnswerComparison.Rows.EXACT))
                .isNotEmpty();
        JsonNode json = new ObjectMapper().createObjectNode();
        assertThat(AnswerComparison.differences(recorded(json, null), text, null, AnswerComparison.Rows.EXACT))
                .isNotEmpty();
    }

    private static List<String> differences(String recorded, String actual) throws IOException {
        return differences(200, "application/json", recorded, actual, AnswerComparison.Rows.EXACT);
    }

    private static List<String> differences(
            int status, String contentType, String recorded, String actual, AnswerComparison.Rows rows)
            throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        RawHttp.Reply reply = new RawHttp.Reply(status, Map.of("content-type", contentType), actual);
        return AnswerComparison.differences(
                recorded(mapper.readTree(recorded), null), reply, mapper.readTree(actual), rows);
    }

    private static RecordedExchange recorded(JsonNode json, String text) {
        RequestHeader usual = new RequestHeader(true, null);
        Map<String, String> headers = json == null ? Map.of() : Map.of("content-type", "application/json");
        return new RecordedExchange(1, "section", "GET", "/", null, usual, usual, null, null, 200, headers, json, text);
    }
}
