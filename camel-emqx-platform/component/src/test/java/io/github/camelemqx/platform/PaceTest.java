/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.matching.MatchResult;
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
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
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
    void aWatchOfManyPagesDoesNotKeepACallWaiting() throws Exception {
        for (int i = 0; i < 60; i++) {
            emqx.connect("c" + i);
        }
        String paced = "requestsPerSecond=10&responseTimeout=10000";
        template.requestBody(call(paced), (Object) null);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(call(paced).replace("nodes?operation=list", "clients?pageSize=1&initialDelay=0"))
                        .to("mock:changes");
            }
        });
        // the watch has its listing before it, of which each page waits for its turn
        await().until(() -> requests() > 5);
        int before = requests();
        template.requestBody(call(paced), (Object) null);
        assertThat(requests() - before).isBetween(1, 20);
        assertThat(emqx.wireMock().getAllServeEvents())
                .noneMatch(event -> event.getRequest().getUrl().contains("page=60"));
    }

    @Test
    void aStormOfRetriesKeepsToTheLimit() throws Exception {
        int routes = 50;
        AtomicBoolean down = new AtomicBoolean(true);
        AtomicInteger refused = new AtomicInteger();
        emqx.wireMock()
                .stubFor(any(anyUrl())
                        .atPriority(1)
                        .andMatching(request -> MatchResult.of(down.get() && refused.incrementAndGet() % 2 == 0))
                        .willReturn(aResponse().withStatus(429).withHeader("Retry-After", "1")));
        emqx.wireMock()
                .stubFor(any(anyUrl())
                        .atPriority(2)
                        .andMatching(request -> MatchResult.of(down.get()))
                        .willReturn(aResponse().withStatus(503)));
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                for (int i = 0; i < routes; i++) {
                    from("direct:r" + i).to(call("requestsPerSecond=40"));
                }
            }
        });
        ExecutorService callers = Executors.newFixedThreadPool(routes);
        ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor();
        try {
            long begin = System.nanoTime();
            Future<?> up = later.schedule(() -> down.set(false), 5, TimeUnit.SECONDS);
            List<Future<Object>> calls = new ArrayList<>();
            for (int i = 0; i < routes; i++) {
                String route = "direct:r" + i;
                calls.add(callers.submit(() -> template.requestBody(route, (Object) null)));
            }
            for (Future<Object> call : calls) {
                assertThat(call.get(60, TimeUnit.SECONDS)).isInstanceOf(List.class);
            }
            Duration took = Duration.ofNanos(System.nanoTime() - begin);
            up.get();
            assertThat(requests()).isGreaterThan(2 * routes);
            // 4 at once, then 36 in a second
            assertThat(took).isGreaterThan(Duration.ofMillis((requests() - 4) * 1000L / 36 - 10));
        } finally {
            callers.shutdownNow();
            later.shutdownNow();
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
