/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.springboot;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import io.github.camelemqx.platform.exception.EmqxPlatformException;
import io.github.camelemqx.platform.exception.EmqxUnavailableException;
import io.github.camelemqx.platform.model.Client;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringBootConfiguration;

/** Whom the component trusts, and what it shows, by a bundle of the application: that of camel-http underneath. */
class SslBundleTest {

    private static final String PREFIX = EmqxPlatformComponentConfiguration.PREFIX;

    @TempDir
    static Path folder;

    private static Path ofBroker;
    private static Path ofApplication;
    private static WireMockServer broker;

    /** Nothing else. */
    @SpringBootConfiguration
    static class Nothing {}

    @BeforeAll
    static void start() throws Exception {
        ofBroker = Keys.in(folder, "broker");
        ofApplication = Keys.in(folder, "application");
        broker = new WireMockServer(wireMockConfig()
                .bindAddress("127.0.0.1")
                .httpDisabled(true)
                .dynamicHttpsPort()
                .keystorePath(ofBroker.toString())
                .keystoreType("PKCS12")
                .keystorePassword(Keys.PASSWORD)
                .keyManagerPassword(Keys.PASSWORD)
                .needClientAuth(true)
                .trustStorePath(ofApplication.toString())
                .trustStoreType("PKCS12")
                .trustStorePassword(Keys.PASSWORD));
        broker.start();
        broker.stubFor(any(anyUrl()).willReturn(okJson("{\"clientid\":\"c1\"}")));
    }

    @BeforeEach
    void forget() {
        broker.resetRequests();
    }

    @AfterAll
    static void stop() {
        broker.stop();
    }

    @Test
    void aBundleSaysWhomToTrustAndWhatToShow() {
        Exchange asked = asked("camel.component.http.ssl-bundle=emqx");
        assertThat(asked.getException()).isNull();
        assertThat(asked.getMessage().getBody(Client.class).clientId()).isEqualTo("c1");
        assertThat(broker.getAllServeEvents()).hasSize(1);
    }

    @Test
    void withoutItTheBrokerIsNotTrusted() {
        Exchange asked = asked();
        assertThat(asked.getException())
                .isInstanceOf(EmqxUnavailableException.class)
                .hasMessageContainingAll("no TLS connection to https://127.0.0.1", "PKIX path");
        assertThat(((EmqxPlatformException) asked.getException()).retryable()).isFalse();
        assertThat(broker.getAllServeEvents()).isEmpty();
    }

    /** What came of asking for a client, where a bundle named emqx is there. */
    private static Exchange asked(String... more) {
        String bundle = "spring.ssl.bundle.jks.emqx.";
        List<String> properties = new ArrayList<>(List.of(
                bundle + "truststore.location=file:" + ofBroker,
                bundle + "truststore.password=" + Keys.PASSWORD,
                bundle + "truststore.type=PKCS12",
                bundle + "keystore.location=file:" + ofApplication,
                bundle + "keystore.password=" + Keys.PASSWORD,
                bundle + "keystore.type=PKCS12",
                PREFIX + ".api-url=https://127.0.0.1:" + broker.httpsPort() + "/api/v5",
                PREFIX + ".app-id=id",
                PREFIX + ".app-secret=word"));
        properties.addAll(List.of(more));
        try (RunningApplication application = RunningApplication.of(Nothing.class, properties.toArray(String[]::new))) {
            return application
                    .camel()
                    .createProducerTemplate()
                    .request("emqx-platform:clients?operation=get&clientId=c1", exchange -> {});
        }
    }
}
