/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.github.camelemqx.platform.exception.EmqxAuthenticationException;
import io.github.camelemqx.platform.exception.EmqxPlatformException;
import io.github.camelemqx.platform.exception.EmqxUnavailableException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is trusted, with what certificates, and by way of what proxy. */
class TlsTest {

    private static final String SECRET = "word-that-is-secret";
    private static final String HERE = "san=ip:127.0.0.1";

    @TempDir
    static Path folder;

    private static Path authority;
    private static Path stranger;
    private static Path client;

    private final CamelContext context = new DefaultCamelContext();
    private WireMockServer broker;

    @BeforeAll
    static void keys() throws Exception {
        KeyFiles keys = new KeyFiles(folder);
        authority = keys.selfSigned("authority", "-ext", "bc:c");
        stranger = keys.selfSigned("stranger", "-ext", "bc:c");
        client = keys.signed("client", authority);
        keys.signed("good", authority, "-ext", HERE);
        keys.signed("untrusted", stranger, "-ext", HERE);
        keys.signed("expired", authority, "-ext", HERE, "-startdate", "-10d", "-validity", "5");
        keys.signed("another-host", authority, "-ext", "san=ip:127.0.0.2");
        keys.selfSigned("self-signed", "-ext", HERE);
    }

    @AfterEach
    void stop() {
        context.stop();
        broker.stop();
    }

    @Test
    void theRoutesOwnParametersAreTrustedOrTheContexts() {
        https("good", wireMockConfig());
        SSLContextParameters trust = KeyFiles.trusting(context, authority);
        context.getRegistry().bind("trust", trust);
        assertThat(asked("&sslContextParameters=#trust")).isNull();
        context.setSSLContextParameters(trust);
        assertThat(asked("&useGlobalSslContextParameters=true")).isNull();
        assertThat(asked("")).isInstanceOf(EmqxUnavailableException.class).hasMessageContaining("PKIX");
        assertThat(broker.getAllServeEvents()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "untrusted, PKIX path",
        "self-signed, PKIX path",
        "expired, validity check failed",
        "another-host, 127.0.0.1",
    })
    void aCertificateThatIsNotRightIsRefusedForGood(String name, String why) {
        https(name, wireMockConfig());
        context.getRegistry().bind("trust", KeyFiles.trusting(context, authority));
        EmqxPlatformException refused = asked("&sslContextParameters=#trust&maxRetries=2&retryDelay=1");
        assertThat(refused)
                .isInstanceOf(EmqxUnavailableException.class)
                .hasMessageContainingAll("no TLS connection to https://127.0.0.1", "option sslContextParameters", why);
        assertThat(refused.retryable()).isFalse();
        assertThat(broker.getAllServeEvents()).isEmpty();
    }

    @Test
    void whoWantsACertificateGetsIt() {
        httpsForCertificates();
        context.getRegistry().bind("mutual", KeyFiles.trusting(context, authority, client));
        context.getRegistry().bind("stranger", KeyFiles.trusting(context, authority, stranger));
        context.getRegistry().bind("trust", KeyFiles.trusting(context, authority));
        assertThat(asked("&sslContextParameters=#mutual")).isNull();
        for (String wrong : new String[] {"#trust", "#stranger"}) {
            // TLS 1.3 may say so, or only end the connection
            assertThat(asked("&sslContextParameters=" + wrong)).isInstanceOf(EmqxUnavailableException.class);
        }
        assertThat(broker.getAllServeEvents()).hasSize(1);
    }

    @Test
    void aConnectionThatWasOpenedWithACertificateIsUsedAgain() throws IOException {
        httpsForCertificates();
        context.getRegistry().bind("mutual", KeyFiles.trusting(context, authority, client));
        try (FaultyLine line = FaultyLine.whole(0, broker.httpsPort())) {
            for (int call = 0; call < 3; call++) {
                assertThat(asked(line.port(), "&sslContextParameters=#mutual")).isNull();
            }
            assertThat(line.connections()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"basic", "digest"})
    void aProxyIsToldItsOwnPasswordAndNothingElse(String method) throws Exception {
        https("good", wireMockConfig());
        context.getRegistry().bind("trust", KeyFiles.trusting(context, authority));
        if (method.equals("digest")) {
            broker.stubFor(any(anyUrl())
                    .willReturn(aResponse()
                            .withStatus(401)
                            .withHeader("WWW-Authenticate", "Digest realm=\"emqx\", nonce=\"n1\", qop=\"auth\"")));
            broker.stubFor(any(anyUrl())
                    .withHeader("Authorization", matching("Digest .*"))
                    .willReturn(okJson("{\"clientid\":\"c1\"}")));
        }
        try (ConnectProxy proxy = new ConnectProxy("proxy-user", "proxy-word")) {
            assertThat(asked("&sslContextParameters=#trust&authMethod=" + method + through(proxy)))
                    .isNull();
            assertThat(proxy.heads()).allSatisfy(head -> assertThat(head)
                    .startsWith("CONNECT 127.0.0.1:" + broker.httpsPort())
                    .doesNotContainPattern("\r\nAuthorization"));
        }
        assertThat(broker.getAllServeEvents()).isNotEmpty().allSatisfy(event -> assertThat(
                        event.getRequest().getHeaders().toString())
                .doesNotContainIgnoringCase("proxy-auth")
                .doesNotContain(base64("proxy-user:proxy-word")));
    }

    @Test
    void anApiThatWantsAPasswordIsNotToldThatOfTheProxy() throws Exception {
        https("good", wireMockConfig());
        context.getRegistry().bind("trust", KeyFiles.trusting(context, authority));
        broker.stubFor(any(anyUrl())
                .willReturn(aResponse().withStatus(401).withHeader("WWW-Authenticate", "Basic realm=\"emqx\"")));
        try (ConnectProxy proxy = new ConnectProxy("proxy-user", "proxy-word")) {
            for (String method : new String[] {"basic", "digest"}) {
                assertThat(asked("&sslContextParameters=#trust&authMethod=" + method + through(proxy)))
                        .isInstanceOf(EmqxAuthenticationException.class);
            }
        }
        assertThat(broker.getAllServeEvents()).isNotEmpty().allSatisfy(event -> assertThat(
                        event.getRequest().getHeaders().toString())
                .doesNotContain(base64("proxy-user:proxy-word")));
    }

    @Test
    void aProxyThatSaysNothingIsNotWaitedForLonger() throws Exception {
        https("good", wireMockConfig());
        context.getRegistry().bind("trust", KeyFiles.trusting(context, authority));
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            // connections are made for it by the system
            assertThat(asked("&sslContextParameters=#trust&responseTimeout=500&maxRetries=0&http.proxyHost=127.0.0.1"
                            + "&http.proxyPort=" + silent.getLocalPort() + "&http.proxyAuthScheme=http"))
                    .isInstanceOf(EmqxUnavailableException.class)
                    .hasMessageContaining("within 500 ms");
        }
        assertThat(broker.getAllServeEvents()).isEmpty();
    }

    private static String through(ConnectProxy proxy) {
        return "&http.proxyHost=127.0.0.1&http.proxyPort=" + proxy.port()
                + "&http.proxyAuthScheme=http&http.proxyAuthMethod=Basic"
                + "&http.proxyAuthUsername=proxy-user&http.proxyAuthPassword=proxy-word";
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** What came of asking for a client: null when it was told. */
    private EmqxPlatformException asked(String options) {
        return asked(broker.httpsPort(), options);
    }

    private EmqxPlatformException asked(int port, String options) {
        context.start();
        return (EmqxPlatformException) context.createProducerTemplate()
                .request(
                        "emqx-platform:clients?operation=get&clientId=c1&apiUrl=https://127.0.0.1:" + port
                                + "/api/v5&appId=key&appSecret=" + SECRET + options,
                        exchange -> {})
                .getException();
    }

    /** A broker that wants a certificate. */
    private void httpsForCertificates() {
        https(
                "good",
                wireMockConfig()
                        .needClientAuth(true)
                        .trustStorePath(authority.toString())
                        .trustStoreType("PKCS12")
                        .trustStorePassword(KeyFiles.PASSWORD));
    }

    /** A broker with a key. */
    private void https(String name, WireMockConfiguration configuration) {
        broker = new WireMockServer(configuration
                .bindAddress("127.0.0.1")
                .httpDisabled(true)
                .dynamicHttpsPort()
                .keystorePath(folder.resolve(name + ".p12").toString())
                .keystoreType("PKCS12")
                .keystorePassword(KeyFiles.PASSWORD)
                .keyManagerPassword(KeyFiles.PASSWORD));
        broker.start();
        broker.stubFor(any(anyUrl()).willReturn(okJson("{\"clientid\":\"c1\"}")));
    }
}
