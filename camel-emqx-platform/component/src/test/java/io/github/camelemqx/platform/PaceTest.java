/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelemqx.platform.client.ApiAddress;
import io.github.camelemqx.platform.client.ApiKind;
import io.github.camelemqx.platform.exception.EmqxRateLimitException;
import io.github.camelemqx.platform.test.EmqxSimulator;
import io.github.camelemqx.platform.test.EmqxSimulatorExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The limit of requests in a second. Times are bounds from below only: a slow machine breaks none of them. */
class PaceTest {

    @RegisterExtension
    static final EmqxSimulatorExtension EMQX = EmqxSimulatorExtension.v5();

    private final CamelContext context = new DefaultCamelContext();
    private EmqxSimulator emqx;
    private ProducerTemplate template;

    @BeforeEach
    void start() {
        emqx = EMQX.simulator();
        context.start();
        template = context.createProducerTemplate();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    private String call(String options) {
        return "emqx-platform:nodes?operation=list&apiUrl=" + emqx.apiUrl() + "&appId=" + emqx.appId() + "&appSecret="
                + emqx.appSecret() + "&" + options;
    }

    private int requests() {
        return emqx.wireMock()
                .findRequestsMatching(getRequestedFor(anyUrl()).build())
                .getRequests()
                .size();
    }

    @Test
    void allThatCallADeploymentShareItsLimit() {
        long begin = System.nanoTime();
        for (int i = 0; i < 15; i++) {
            // other options are another connection to the same deployment
            template.requestBody(call("requestsPerSecond=20&responseTimeout=10000"), (Object) null);
            template.requestBody(call("requestsPerSecond=20&responseTimeout=11000"), (Object) null);
        }
        assertThat(requests()).isEqualTo(30);
        // 2 at once, then 18 in a second
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(28 * 1000 / 18 - 10));
    }

    @Test
    void whoHasNoTurnInTimeIsToldSoAndSendsNothing() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(20);
        try {
            List<Future<Object>> calls = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                calls.add(callers.submit(
                        () -> template.requestBody(call("requestsPerSecond=2&responseTimeout=5000"), (Object) null)));
            }
            int sent = 0;
            int refused = 0;
            for (Future<Object> call : calls) {
                try {
                    call.get(30, TimeUnit.SECONDS);
                    sent++;
                } catch (java.util.concurrent.ExecutionException e) {
                    assertThat(e).hasRootCauseInstanceOf(EmqxRateLimitException.class);
                    assertThat(e.getCause().getCause())
                            .hasMessageContaining("requestsPerSecond")
                            .hasMessageContaining("2 requests a second");
                    refused++;
                }
            }
            assertThat(sent).isBetween(2, 19);
            assertThat(sent + refused).isEqualTo(20);
            assertThat(requests()).isEqualTo(sent);
        } finally {
            callers.shutdownNow();
        }
    }

    @Test
    void aDeploymentHasOneLimit() {
        template.requestBody(call("requestsPerSecond=20"), (Object) null);
        assertThatThrownBy(() -> template.requestBody(call("requestsPerSecond=21"), (Object) null))
                .hasRootCauseInstanceOf(IllegalArgumentException.class)
                .rootCause()
                .hasMessageContaining("requestsPerSecond is 21")
                .hasMessageContaining("have 20");
        assertThatThrownBy(() -> context.getEndpoint(call("requestsPerSecond=-1")))
                .rootCause()
                .hasMessageContaining("requestsPerSecond must be 0 or more");
    }

    @Test
    void theLimitUnlessGivenIsTheDocumentedOne() {
        assertThat(pace("https://ab12cd34.ala.us-east-1.emqxsl.com:8443/api/v5", null))
                .isEqualTo(10);
        assertThat(pace("https://ab12cd34.ala.cn-hangzhou.emqxsl.cn:8443/api/v5", null))
                .isEqualTo(10);
        assertThat(pace("https://ab12cd34.ala.us-east-1.emqxcloud.com:8443/api/v5", null))
                .isEqualTo(100);
        assertThat(pace("https://emqxsl.com.example.org:8443/api/v5", null)).isEqualTo(100);
        assertThat(pace("https://ab12cd34.ala.us-east-1.emqxsl.com:8443/api/v5", 50))
                .isEqualTo(50);
        assertThat(pace("https://ab12cd34.ala.us-east-1.emqxsl.com:8443/api/v5", 0))
                .isZero();
    }

    private static int pace(String url, Integer given) {
        EmqxPlatformConfiguration configuration = new EmqxPlatformConfiguration();
        configuration.setRequestsPerSecond(given);
        return configuration.pace(ApiAddress.parse(ApiKind.DEPLOYMENT, url, false));
    }
}
