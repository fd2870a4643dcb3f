/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.client;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.github.camelemqx.platform.exception.EmqxPlatformException;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every result code, those of the overview that current brokers no longer use included, through a route on real HTTP. */
class ResultCodesTest {

    @RegisterExtension
    static final WireMockExtension BROKER = WireMockExtension.newInstance()
            .options(wireMockConfig().bindAddress("127.0.0.1").dynamicPort())
            .build();

    private static CamelContext camel;

    @BeforeAll
    static void start() {
        camel = new DefaultCamelContext();
        camel.start();
    }

    @AfterAll
    static void stop() {
        camel.stop();
    }

    @Test
    void zeroIsSuccess() {
        answer(200, "{\"code\":0}");
        assertThat(kick("v4")).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "101, EmqxUnavailableException",
        "102, EmqxServerException",
        "103, EmqxAuthenticationException",
        "104, EmqxAuthenticationException",
        "105, EmqxNotFoundException",
        "106, EmqxAccessDeniedException",
        "107, EmqxInvalidRequestException",
        "108, EmqxInvalidRequestException",
        "109, EmqxInvalidRequestException",
        "110, EmqxConflictException",
        "111, EmqxConflictException",
        "112, EmqxClientOfflineException",
        "113, EmqxConflictException",
        "114, EmqxAuthenticationException",
        "115, EmqxInvalidRequestException",
        "116, EmqxInvalidRequestException",
        "199, EmqxServerException",
        "400, EmqxInvalidRequestException",
        "404, EmqxNotFoundException",
        "500, EmqxServerException"
    })
    void generation4SaysItUnderSuccess(String code, String exception) {
        answer(200, "{\"code\":" + code + ",\"message\":\"why\"}");
        EmqxPlatformException failure = failure("v4", exception);
        assertThat(failure.resultCode()).isEqualTo(code);
        assertThat(failure.httpStatus()).isEqualTo(200);
        assertThat(failure.apiMessage()).isEqualTo("why");
        assertThat(failure).hasMessage("clients:kick failed with result code " + code + " (HTTP 200): why");
        assertThat(failure.retryable()).isEqualTo(code.equals("101"));
    }

    @ParameterizedTest
    @CsvSource({
        "existed, EmqxConflictException",
        "noexisted, EmqxNotFoundException",
        "not_found, EmqxNotFoundException",
        "nodedown, EmqxUnavailableException",
        "password, EmqxInvalidRequestException",
        "never seen before, EmqxInvalidRequestException"
    })
    void generation4SaysItWithoutACode(String message, String exception) {
        answer(200, "{\"message\":\"" + message + "\"}");
        EmqxPlatformException failure = failure("v4", exception);
        assertThat(failure.resultCode()).isNull();
        assertThat(failure.apiMessage()).isEqualTo(message);
    }

    @ParameterizedTest
    @CsvSource({
        "'{}', EmqxProtocolException",
        "'[]', EmqxProtocolException",
        "'{\"data\":[]}', EmqxProtocolException",
        "'{\"code\":null}', EmqxProtocolException",
        "'{\"code\":\"0\"}', EmqxProtocolException",
        "'{\"code\":true}', EmqxProtocolException",
        "'{\"code\":400,\"message\":\"Already Exists\"}', EmqxConflictException",
        "'{\"code\":400,\"message\":\"Rule rule:1 Not Found\"}', EmqxNotFoundException",
        "'{\"code\":\"ALREADY_EXISTED\",\"message\":\"tr1Already Exists\"}', EmqxConflictException",
        "'{\"code\":\"NOT_FOUND\",\"message\":\"nope NOT FOUND\"}', EmqxNotFoundException",
        "'{\"code\":\"INCORRECT_PARAMS\"}', EmqxInvalidRequestException"
    })
    void generation4NeverMeansSuccessWithoutTheCodeZero(String body, String exception) {
        answer(200, body);
        failure("v4", exception);
    }

    @ParameterizedTest
    @CsvSource({
        // listed by GET /error_codes
        "401, BAD_USERNAME_OR_PWD, EmqxAuthenticationException",
        "401, BAD_API_KEY_OR_SECRET, EmqxAuthenticationException",
        "400, BAD_REQUEST, EmqxInvalidRequestException",
        "412, NOT_MATCH, EmqxInvalidRequestException",
        "400, ALREADY_EXISTS, EmqxConflictException",
        "409, ALREADY_EXISTS, EmqxConflictException",
        "400, BAD_CONFIG_SCHEMA, EmqxInvalidRequestException",
        "404, BAD_LISTENER_ID, EmqxNotFoundException",
        "400, BAD_LISTENER_ID, EmqxInvalidRequestException",
        "400, BAD_NODE_NAME, EmqxInvalidRequestException",
        "500, BAD_RPC, EmqxUnavailableException",
        "400, BAD_RPC, EmqxUnavailableException",
        "400, BAD_TOPIC, EmqxInvalidRequestException",
        "409, EXCEED_LIMIT, EmqxConflictException",
        "413, EXCEED_LIMIT, EmqxInvalidRequestException",
        "400, INVALID_PARAMETER, EmqxInvalidRequestException",
        "409, CONFLICT, EmqxConflictException",
        "400, NO_DEFAULT_VALUE, EmqxInvalidRequestException",
        "400, DEPENDENCY_EXISTS, EmqxInvalidRequestException",
        "400, MESSAGE_ID_SCHEMA_ERROR, EmqxInvalidRequestException",
        "400, INVALID_ID, EmqxInvalidRequestException",
        "404, MESSAGE_ID_NOT_FOUND, EmqxNotFoundException",
        "404, NOT_FOUND, EmqxNotFoundException",
        "404, CLIENTID_NOT_FOUND, EmqxClientOfflineException",
        "404, CLIENT_NOT_FOUND, EmqxNotFoundException",
        "404, RESOURCE_NOT_FOUND, EmqxNotFoundException",
        "404, TOPIC_NOT_FOUND, EmqxNotFoundException",
        "404, USER_NOT_FOUND, EmqxNotFoundException",
        "500, INTERNAL_ERROR, EmqxServerException",
        "503, SERVICE_UNAVAILABLE, EmqxUnavailableException",
        "500, SOURCE_ERROR, EmqxServerException",
        "400, UPDATE_FAILED, EmqxInvalidRequestException",
        "403, UPDATE_FAILED, EmqxAccessDeniedException",
        "403, REST_FAILED, EmqxAccessDeniedException",
        "504, CLIENT_NOT_RESPONSE, EmqxUnavailableException",
        "415, UNSUPPORTED_MEDIA_TYPE, EmqxInvalidRequestException",
        // in use, and listed nowhere
        "401, API_KEY_NOT_ALLOW, EmqxAccessDeniedException",
        "403, UNAUTHORIZED_ROLE, EmqxAccessDeniedException",
        "500, NODE_DOWN, EmqxUnavailableException",
        "404, RULE_NOT_FOUND, EmqxNotFoundException",
        "501, NOT_IMPLEMENTED, EmqxServerException",
        "422, SOMETHING_OF_TOMORROW, EmqxInvalidRequestException",
        "418, SOMETHING_OF_TOMORROW, EmqxInvalidRequestException",
        "429, SOMETHING_OF_TOMORROW, EmqxRateLimitException",
        "507, SOMETHING_OF_TOMORROW, EmqxServerException"
    })
    void generation5SaysItByStatusAndCode(int status, String code, String exception) {
        answer(status, "{\"code\":\"" + code + "\",\"message\":\"why\"}");
        EmqxPlatformException failure = failure("v5", exception);
        assertThat(failure.resultCode()).isEqualTo(code);
        assertThat(failure.httpStatus()).isEqualTo(status);
        assertThat(failure).hasMessage("clients:kick failed with result code " + code + " (HTTP " + status + "): why");
    }

    @ParameterizedTest
    @CsvSource({
        "400, 131, EmqxInvalidRequestException",
        "400, 144, EmqxInvalidRequestException",
        "400, 151, EmqxInvalidRequestException",
        "503, 137, EmqxUnavailableException"
    })
    void publishingHasReasonCodes(int status, String reason, String exception) {
        answer(status, "{\"reason_code\":" + reason + ",\"message\":\"why\"}");
        assertThat(failure("v5", exception).resultCode()).isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource({"v4", "v5"})
    void statusesSpeakForThemselves(String generation) {
        Map<Integer, String> exceptions = Map.of(
                400, "EmqxInvalidRequestException",
                401, "EmqxAuthenticationException",
                403, "EmqxAccessDeniedException",
                404, "EmqxNotFoundException",
                405, "EmqxInvalidRequestException",
                413, "EmqxInvalidRequestException",
                500, "EmqxServerException",
                502, "EmqxUnavailableException",
                301, "EmqxProtocolException");
        exceptions.forEach((status, exception) -> {
            answer(status, "<html><body>a page of some gateway</body></html>");
            EmqxPlatformException failure = failure(generation, exception);
            assertThat(failure.httpStatus()).isEqualTo(status);
            assertThat(failure.apiMessage()).isNull();
        });
    }

    private static void answer(int status, String body) {
        String type = body.startsWith("<") ? "text/html" : "application/json";
        BROKER.stubFor(any(anyUrl())
                .willReturn(aResponse()
                        .withStatus(status)
                        .withHeader("Content-Type", type)
                        .withBody(body)));
    }

    private static EmqxPlatformException failure(String generation, String exception) {
        Throwable failure = kick(generation);
        assertThat(failure).isNotNull();
        assertThat(failure.getClass().getSimpleName()).isEqualTo(exception);
        return (EmqxPlatformException) failure;
    }

    private static Throwable kick(String generation) {
        Throwable thrown = catchThrowable(() -> camel.createProducerTemplate()
                .requestBody(
                        "emqx-platform:clients?operation=kick&clientId=c1&apiUrl=" + BROKER.baseUrl() + "/api/"
                                + generation + "&appId=key&appSecret=word&maxRetries=0",
                        (Object) null));
        return thrown == null ? null : thrown.getCause();
    }
}
