/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import io.github.camelemqx.platform.exception.EmqxAuthenticationException;
import io.github.camelemqx.platform.exception.EmqxInvalidRequestException;
import io.github.camelemqx.platform.exception.EmqxPlatformException;
import io.github.camelemqx.platform.exception.EmqxUnavailableException;
import io.github.camelemqx.platform.test.EmqxSimulatorExtension;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a user gets wrong is said in words when the route starts, or before anything is sent. */
class BadInputTest {

    @RegisterExtension
    static final EmqxSimulatorExtension EMQX = EmqxSimulatorExtension.v5();

    private static final String SECRET = "word-that-is-secret";

    private final CamelContext context = new DefaultCamelContext();

    @BeforeEach
    void connect() {
        EmqxPlatformConfiguration connection = context.getComponent("emqx-platform", EmqxPlatformComponent.class)
                .getConfiguration();
        connection.setApiUrl(EMQX.apiUrl());
        connection.setAppId(EMQX.appId());
        connection.setAppSecret(EMQX.appSecret());
        context.start();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "client?operation=get | There is no resource 'client'. The resources are: clients, ",
                "clients?operation=kik | Resource clients has no operation 'kik'. Its operations are: kick, ",
                "clients | Option operation is missing. The operations of clients are: list, get, kick",
                "clients?operation=get&opertion=x | Unknown parameters=[{opertion=x}]",
                "clients?operation=list&param.like_client=x | clients:list has no parameter 'like_client'; it has: like_clientid, ",
                "clients?operation=kick&topic=t | clients:kick has no parameter 'topic'; it has: clientid (option topic)",
                "clients?operation=subscribe&param.qos=two | Parameter qos must be a whole number, not 'two'",
                "clients?operation=subscribe&param.qos=3 | Parameter qos must be from 0 to 2, not '3'",
                "clients?operation=list&param.conn_state=conected | Parameter conn_state must be one of connected, disconnected, idle, not 'conected'",
                "clients?operation=list&param.clean_start=maybe | Parameter clean_start must be true or false, not 'maybe'",
                "clients?operation=list&param.gte_connected_at=yesterday | Parameter gte_connected_at must be an ISO-8601 time",
                "clients?operation=list&pageSize=0 | Option pageSize must be at least 1, not 0",
                "clients?operation=list&paging=some | Option paging must be one of ",
                "clients?operation=list&pagingStyle=dots | Option pagingStyle must be one of ",
                "clients?operation=list&apiVersion=v6 | Option apiVersion must be one of v4, v5, auto, not 'v6'",
                "clients?operation=list&authMethod=bearer | Option authMethod must be one of ",
                "clients?operation=list&brokerZone=Mars | Option brokerZone is no time zone",
                "clients?operation=list&responseTimeout=0 | Option responseTimeout must be more than 0 ms",
                "clients?operation=list&apiUrl=http://broker.example.com:18083/api/v5 | use https://, or set allowInsecureHttp=true",
                "clients?operation=list&apiUrl=broker.example.com | Option apiUrl is no address such as https://HOST:8443/api/v5",
                "users?operation=list&apiVersion=v4&param.is_superuser=true | Generation v4 has no parameter is_superuser of users:list"
            })
    void aProducerSaysItWhenTheRouteStarts(String uri, String words) {
        assertThat(started("direct:x", "emqx-platform:" + uri)).contains(words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "messages | Resource messages cannot be watched. Those that can are: clients, subscriptions, topics, users",
                "clients?operation=list | Option operation is for calls (to)",
                "clients?events=conected | A watch of clients has no event 'conected' (option events); it has: connected, ",
                "metrics?events=created | A watch of metrics has no event 'created' (option events); it has: changed",
                "clients?param.like=x | clients:list has no parameter 'like'",
                "clients?pool=x | Unknown parameters=[{pool=x}]"
            })
    void aConsumerSaysItWhenTheRouteStarts(String uri, String words) {
        assertThat(started("emqx-platform:" + uri, "mock:x")).contains(words);
    }

    @ParameterizedTest
    @CsvSource({
        "apiUrl, Option apiUrl is missing",
        "appId, Option appId is missing",
        "appSecret, Option appSecret is missing"
    })
    void aConnectionMustBeWhole(String option, String words) {
        EmqxPlatformConfiguration connection = context.getComponent("emqx-platform", EmqxPlatformComponent.class)
                .getConfiguration();
        switch (option) {
            case "apiUrl" -> connection.setApiUrl(null);
            case "appId" -> connection.setAppId(null);
            default -> connection.setAppSecret(null);
        }
        assertThat(started("direct:x", "emqx-platform:clients?operation=list")).contains(words);
    }

    @Test
    void anUnknownOptionDoesNotShowTheSecret() {
        assertThat(started("direct:x", "emqx-platform:clients?operation=list&appSecret=" + SECRET + "&nosuch=1"))
                .contains("nosuch")
                .doesNotContain(SECRET);
    }

    @Test
    void theEndpointDoesNotShowTheSecret() {
        String uri = "emqx-platform:clients?operation=list&appSecret=" + SECRET;
        assertThat(context.getEndpoint(uri)).asString().doesNotContain(SECRET);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "clients?operation=kick | clients:kick failed: no value for clientid: give it as header CamelEmqxPlatformClientId, option clientId, entry clientid of a Map body",
                "clients?operation=get&clientId=.. | parameter clientid must not be empty, '.' or '..'",
                "users?operation=delete | no value for user_id: give it as header CamelEmqxPlatformUsername, option username",
                "banned?operation=create | no value for as: give it as option param.as",
                "users?operation=create&username=u | no value for password: give it as entry password of a Map body"
            })
    void whatOnlyTheMessageLacksIsSaidBeforeSending(String uri, String words) {
        assertThat(invalid(uri, null, Map.of())).hasMessageContaining(words);
    }

    @Test
    void wrongValuesOfAMessageAreSaidBeforeSending() {
        assertThat(invalid("users?operation=create", Map.of("user_id", "u", "pasword", SECRET), Map.of()))
                .hasMessageContaining("users:create has no parameter 'pasword'; it has: password, ")
                .hasMessageContaining("(in the body)")
                .hasMessageNotContaining(SECRET);
        assertThat(invalid("users?operation=create", "{\"user_id\": \"" + SECRET + "\", broken", Map.of()))
                .hasMessageContaining("the body is not JSON (line 1, column")
                .hasMessageNotContaining(SECRET)
                .hasNoCause();
        assertThat(invalid("users?operation=create", "[1]", Map.of()))
                .hasMessageContaining("the body must be one row: a Map, a POJO or a JSON object");
        assertThat(invalid("users?operation=create", Map.of("user_id", List.of("a"), "password", "p"), Map.of()))
                .hasMessageContaining("user_id takes one value, not 1");
        assertThat(invalid("clients?operation=list", null, Map.of(EmqxPlatformConstants.PARAMETERS, "clientid=1")))
                .hasMessageContaining("header CamelEmqxPlatformParameters must be a Map, not java.lang.String");
        assertThat(invalid(
                        "clients?operation=list",
                        null,
                        Map.of(EmqxPlatformConstants.PARAMETERS, Map.of("clientId", "c1"))))
                .hasMessageContaining("has no parameter 'clientId'; it has: clientid");
        assertThat(invalid("messages?operation=publish-bulk", Map.of("topic", "t", "payload", "x"), Map.of()))
                .hasMessageContaining("the body must be a list of rows");
    }

    @Test
    void aHeaderDoesNotChooseTheOperationUnlessTheRouteSaysSo() {
        EMQX.connect("c1");
        Map<String, Object> headers =
                Map.of(EmqxPlatformConstants.OPERATION, "kick", EmqxPlatformConstants.CLIENT_ID, "c1");
        ProducerTemplate template = context.createProducerTemplate();
        template.requestBodyAndHeaders("emqx-platform:clients?operation=get", null, headers);
        assertThat(EMQX.simulator().client("c1")).isPresent();
        template.requestBodyAndHeaders("emqx-platform:clients?operation=get&allowOperationHeader=true", null, headers);
        assertThat(EMQX.simulator().client("c1")).isEmpty();
        assertThat(invalid(
                        "clients?allowOperationHeader=true", null, Map.of(EmqxPlatformConstants.OPERATION, "drop-all")))
                .hasMessageContaining("clients has no operation 'drop-all'");
        assertThat(invalid("clients?allowOperationHeader=true", null, Map.of()))
                .hasMessageContaining("no operation: neither the option nor the header");
    }

    @Test
    void foreignHeadersSteerNothingAndTravelNowhere() {
        EMQX.connect("c1");
        Map<String, Object> headers = Map.of(
                "CamelHttpUri",
                "http://127.0.0.1:1/evil",
                "CamelHttpPath",
                "/evil",
                "CamelHttpQuery",
                "evil=1",
                "CamelHttpMethod",
                "DELETE",
                "Host",
                "evil.example.com",
                "Authorization",
                "Basic ZXZpbDpldmls",
                "X-Evil",
                "1",
                EmqxPlatformConstants.CLIENT_ID,
                "c1");
        context.createProducerTemplate().requestBodyAndHeaders("emqx-platform:clients?operation=get", null, headers);
        var requests = EMQX.simulator().wireMock().getAllServeEvents();
        assertThat(requests).hasSize(1);
        var request = requests.get(0).getRequest();
        assertThat(request.getMethod().value()).isEqualTo("GET");
        assertThat(request.getUrl()).isEqualTo("/api/v5/clients/c1");
        assertThat(request.getHeader("Host")).startsWith("127.0.0.1:");
        assertThat(request.containsHeader("X-Evil")).isFalse();
        assertThat(request.containsHeader("CamelHttpUri")).isFalse();
        assertThat(request.header("Authorization").values()).hasSize(1);
    }

    @Test
    void aDeploymentThatQuotesTheCredentialsIsNotQuoted() {
        String basic =
                Base64.getEncoder().encodeToString((EMQX.appId() + ":" + SECRET).getBytes(StandardCharsets.UTF_8));
        StubMapping quoting = EMQX.simulator()
                .wireMock()
                .stubFor(any(anyUrl())
                        .atPriority(1)
                        .willReturn(jsonResponse(
                                "{\"code\":\"BAD_API_KEY\",\"message\":\"no: " + SECRET + " " + basic + "\"}", 401)));
        try {
            assertThat(failure("emqx-platform:clients?operation=list&appSecret=" + SECRET, null, Map.of()))
                    .isInstanceOf(EmqxAuthenticationException.class)
                    .hasMessageContaining("no: *** ***");
        } finally {
            EMQX.simulator().wireMock().removeStub(quoting);
        }
    }

    @Test
    void wrongCredentialsAreAnAuthenticationFailure() {
        EmqxPlatformException failure =
                failure("emqx-platform:clients?operation=list&appSecret=" + SECRET, null, Map.of());
        assertThat(failure)
                .isInstanceOf(EmqxAuthenticationException.class)
                .hasMessage("clients:list failed with result code BAD_API_KEY_OR_SECRET (HTTP 401):"
                        + " Check api_key/api_secret");
        assertThat(failure.httpStatus()).isEqualTo(401);
    }

    @Test
    void anUnreachableHostIsUnavailable() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        EmqxPlatformException failure = failure(
                "emqx-platform:clients?operation=list&apiUrl=http://127.0.0.1:" + port + "/api/v5", null, Map.of());
        assertThat(failure)
                .isInstanceOf(EmqxUnavailableException.class)
                .hasMessageContaining("no answer from http://127.0.0.1:" + port)
                .hasMessageContaining("refused");
        assertThat(failure.retryable()).isTrue();
        assertThat(failure.httpStatus()).isZero();
        assertThat(failure(
                        "emqx-platform:clients?operation=list&apiUrl=https://no-such-host.invalid/api/v5",
                        null,
                        Map.of()))
                .isInstanceOf(EmqxUnavailableException.class)
                .hasMessageContaining("no-such-host.invalid");
    }

    private String started(String from, String to) {
        Throwable failed = catchThrowable(() -> context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(from).to(to);
            }
        }));
        assertThat(failed).as("a route that should not start").isInstanceOf(Exception.class);
        assertThat(failed instanceof FailedToCreateRouteException
                        || failed instanceof org.apache.camel.ResolveEndpointFailedException
                        || failed instanceof IllegalArgumentException
                        || failed.getCause() != null)
                .isTrue();
        StringBuilder words = new StringBuilder();
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            words.append(cause.getMessage()).append('\n');
        }
        return words.toString();
    }

    private EmqxInvalidRequestException invalid(String uri, Object body, Map<String, Object> headers) {
        EMQX.simulator().wireMock().resetRequests();
        EmqxPlatformException failure = failure("emqx-platform:" + uri, body, headers);
        assertThat(failure).isExactlyInstanceOf(EmqxInvalidRequestException.class);
        assertThat(failure.httpStatus()).isZero();
        assertThat(EMQX.simulator().wireMock().getAllServeEvents())
                .as("requests sent")
                .isEmpty();
        return (EmqxInvalidRequestException) failure;
    }

    private EmqxPlatformException failure(String uri, Object body, Map<String, Object> headers) {
        Throwable failed =
                catchThrowable(() -> context.createProducerTemplate().requestBodyAndHeaders(uri, body, headers));
        assertThat(failed).isNotNull();
        assertThat(failed.getCause()).isInstanceOf(EmqxPlatformException.class);
        return (EmqxPlatformException) failed.getCause();
    }
}
