/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.github.camelemqx.platform.exception.EmqxAuthenticationException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** HTTPS and the two ways to show the key. */
class ConnectionTest {

    private static final String SECRET = "word-that-is-secret";
    private static final String CLIENT = "{\"clientid\":\"c1\",\"connected\":true}";

    private final CamelContext context = new DefaultCamelContext();

    private WireMockServer broker;

    @AfterEach
    void stop() {
        context.stop();
        if (broker != null) {
            broker.stop();
        }
    }

    @Test
    void theKeyIsShownAtOnce() {
        plain();
        broker.stubFor(get(anyUrl()).willReturn(okJson(CLIENT)));
        assertThat(asked("")).isNull();
        assertThat(broker.getAllServeEvents()).hasSize(1).allSatisfy(event -> assertThat(
                        event.getRequest().getHeader("Authorization"))
                .isEqualTo("Basic a2V5OndvcmQtdGhhdC1pcy1zZWNyZXQ="));
    }

    @Test
    void nothingIsSentButWhatTheApiKnows() {
        plain();
        broker.stubFor(any(anyUrl()).willReturn(okJson("{\"id\":\"1\"}")));
        context.start();
        context.createProducerTemplate()
                .requestBodyAndHeader(
                        "emqx-platform:messages?operation=publish&topic=t" + connection(), "x", "X-Mine", "1");
        assertThat(broker.getAllServeEvents()).hasSize(1);
        LoggedRequest request = broker.getAllServeEvents().get(0).getRequest();
        assertThat(request.getHeaders().keys().stream().map(name -> name.toLowerCase(Locale.ROOT)))
                .containsExactlyInAnyOrder(
                        "accept",
                        "accept-encoding",
                        "authorization",
                        "connection",
                        "content-length",
                        "content-type",
                        "host",
                        "user-agent");
        assertThat(request.getHeader("Content-Type")).isEqualTo("application/json");
        assertThat(request.getHeader("Accept")).isEqualTo("application/json");
        assertThat(request.getBodyAsString()).isEqualTo("{\"topic\":\"t\",\"payload\":\"x\"}");
    }

    @Test
    void digestAnswersTheChallengeAndNeverSendsTheSecret() throws Exception {
        plain();
        broker.stubFor(any(anyUrl())
                .withHeader("Authorization", absent())
                .willReturn(aResponse()
                        .withStatus(401)
                        .withHeader(
                                "WWW-Authenticate",
                                "Digest realm=\"emqx\", nonce=\"n1\", qop=\"auth\", algorithm=MD5")));
        broker.stubFor(
                any(anyUrl()).withHeader("Authorization", matching("Digest .*")).willReturn(okJson(CLIENT)));
        assertThat(asked("&authMethod=digest")).isNull();
        assertThat(broker.getAllServeEvents()).hasSize(2);
        String shown = broker.getAllServeEvents().get(0).getRequest().getHeader("Authorization");
        Map<String, String> parts = new TreeMap<>();
        Matcher matcher = Pattern.compile("(\\w+)=\"?([^\",]+)\"?").matcher(shown);
        while (matcher.find()) {
            parts.put(matcher.group(1), matcher.group(2));
        }
        String who = md5("key:emqx:" + SECRET);
        String what = md5("GET:/api/v5/clients/c1");
        assertThat(parts)
                .containsEntry("username", "key")
                .containsEntry("uri", "/api/v5/clients/c1")
                .containsEntry(
                        "response",
                        md5(String.join(":", who, "n1", parts.get("nc"), parts.get("cnonce"), "auth", what)));
        assertThat(shown).doesNotContain(SECRET);
    }

    @Test
    void aRefusedDigestIsAnAuthenticationFailure() {
        plain();
        broker.stubFor(any(anyUrl())
                .willReturn(aResponse()
                        .withStatus(401)
                        .withHeader("WWW-Authenticate", "Digest realm=\"emqx\", nonce=\"n1\", qop=\"auth\"")));
        assertThat(asked("&authMethod=digest")).isInstanceOf(EmqxAuthenticationException.class);
    }

    @Test
    void digestDoesNotAnswerAChallengeThatWantsTheSecret() {
        plain();
        broker.stubFor(any(anyUrl())
                .willReturn(aResponse().withStatus(401).withHeader("WWW-Authenticate", "Basic realm=\"emqx\"")));
        assertThat(asked("&authMethod=digest")).isInstanceOf(EmqxAuthenticationException.class);
        assertThat(broker.getAllServeEvents()).hasSize(1).allSatisfy(event -> assertThat(
                        event.getRequest().getHeader("Authorization"))
                .isNull());
    }

    @Test
    void digestGoesOnWhenItsNonceIsOver() {
        plain();
        broker.stubFor(any(anyUrl()).willReturn(challenge("nonce=\"n1\"")));
        broker.stubFor(any(anyUrl())
                .withHeader("Authorization", matching("Digest .*nonce=\"n1\".*"))
                .willReturn(challenge("nonce=\"n2\", stale=true")));
        broker.stubFor(any(anyUrl())
                .withHeader("Authorization", matching("Digest .*nonce=\"n2\".*"))
                .willReturn(okJson(CLIENT)));
        for (int call = 1; call <= 2; call++) {
            assertThat(asked("&authMethod=digest")).isNull();
            assertThat(broker.getAllServeEvents()).hasSize(3 * call);
        }
        assertThat(broker.getAllServeEvents().toString()).doesNotContain(SECRET);
    }

    private static ResponseDefinitionBuilder challenge(String words) {
        return aResponse()
                .withStatus(401)
                .withHeader("WWW-Authenticate", "Digest realm=\"emqx\", qop=\"auth\", algorithm=MD5, " + words);
    }

    @Test
    void endpointsOfOneConnectionShareIt() throws Exception {
        plain();
        broker.stubFor(get(anyUrl()).willReturn(okJson(CLIENT)));
        EmqxPlatformEndpoint one = endpoint("clients?operation=get");
        EmqxPlatformEndpoint same = endpoint("users?operation=list");
        EmqxPlatformEndpoint other = endpoint("clients?operation=get&responseTimeout=999");
        assertThat(one.deployment()).isSameAs(same.deployment()).isNotSameAs(other.deployment());
        assertThat(one.getServiceUrl()).isEqualTo("http://127.0.0.1:" + broker.port() + "/api/v5");
    }

    private EmqxPlatformEndpoint endpoint(String uri) {
        return context.getEndpoint("emqx-platform:" + uri + connection(), EmqxPlatformEndpoint.class);
    }

    /** What came of asking for a client: null when it was told. */
    private Throwable asked(String options) {
        context.start();
        Throwable failed = catchThrowable(() -> context.createProducerTemplate()
                .requestBody(
                        "emqx-platform:clients?operation=get&clientId=c1" + connection() + options, (Object) null));
        return failed == null ? null : failed.getCause();
    }

    private String connection() {
        return "&apiUrl=" + broker.baseUrl().replace("localhost", "127.0.0.1") + "/api/v5&appId=key&appSecret="
                + SECRET;
    }

    private void plain() {
        broker = new WireMockServer(wireMockConfig().bindAddress("127.0.0.1").dynamicPort());
        broker.start();
    }

    private static String md5(String text) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.ISO_8859_1)));
    }
}
