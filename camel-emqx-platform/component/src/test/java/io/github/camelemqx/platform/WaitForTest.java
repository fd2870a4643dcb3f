/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.github.camelemqx.platform.exception.EmqxInvalidRequestException;
import io.github.camelemqx.platform.exception.EmqxNotFoundException;
import io.github.camelemqx.platform.exception.EmqxProtocolException;
import io.github.camelemqx.platform.exception.EmqxRateLimitException;
import io.github.camelemqx.platform.exception.EmqxServerException;
import io.github.camelemqx.platform.exception.EmqxUnavailableException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A call of what takes a while, that goes on when it is done. */
class WaitForTest extends OnThePlatform {

    /** The looks are spread over it, so that it is short in tests. */
    private static final String SOON = "&waitTimeout=5000";

    private static final String STATUS = "/public_api/v1/deployments/[^/]+";

    private void lookOften() {
        component().setShortestLook(Duration.ofMillis(1));
    }

    @Test
    void startWaitsUntilTheDeploymentRuns() {
        lookOften();
        platform.settleAfterLooks(3);
        Exchange done = done("deployments?operation=start&waitFor=running&id=" + id + SOON);
        assertThat(row(done)).containsEntry("deploymentID", id).containsEntry("status", "running");
        assertThat(done.getMessage().getHeader(EmqxPlatformConstants.HTTP_STATUS))
                .isEqualTo(200);
        assertThat(platform.requests()).hasSize(4);
    }

    @Test
    void stopWaitsUntilItIsStopped() {
        lookOften();
        platform.setStatus(id, "running");
        platform.settleAfterLooks(2);
        assertThat(row("deployments?operation=stop&waitFor=stopped&id=" + id + SOON))
                .containsEntry("status", "stopped");
    }

    @Test
    void createWaitsForTheDeploymentThatItsAnswerNames() {
        lookOften();
        platform.settleAfterLooks(2);
        Map<String, Object> created = row(
                "deployments?operation=create&waitFor=running" + SOON,
                Map.of("projectID", "p1", "platform", "aws", "region", "us-east-1", "deploymentName", "new"));
        assertThat(created).containsEntry("status", "running").containsEntry("deploymentName", "new");
        assertThat(created.get("deploymentID")).isNotEqualTo(id);
    }

    @Test
    void getWaitsToo() {
        lookOften();
        platform.setStatus(id, "stopping");
        platform.settleAfterLooks(3);
        assertThat(row("deployments?operation=get&waitFor=stopped&id=" + id + SOON))
                .containsEntry("status", "stopped");
        // the call itself is the first look
        assertThat(platform.requests()).hasSize(3);
        done("deployments?operation=get&waitFor=stopped&id=" + id + SOON);
        assertThat(platform.requests()).hasSize(4);
    }

    @Test
    void aDeploymentThatFailedEndsTheWait() {
        lookOften();
        fails("starting", "failed");
        assertThat(failure(EmqxServerException.class, "deployments?operation=start&waitFor=running&id=" + id + SOON))
                .hasMessage("deployments:start failed: the call succeeded, but the status is 'failed', and will not be"
                        + " 'running' any more");
    }

    @Test
    void theTimeIsBounded() {
        lookOften();
        assertThat(failure(
                        EmqxUnavailableException.class,
                        "deployments?operation=start&waitFor=running&waitTimeout=200&id=" + id))
                .hasMessage("deployments:start failed: the call succeeded, but the status is 'starting', not 'running',"
                        + " after 200 ms (option waitTimeout)");
        assertThat(platform.requests()).hasSizeGreaterThan(1);
    }

    @Test
    void aLookThatFailsForNowIsNotTheEnd() {
        lookOften();
        platform.wireMock()
                .stubFor(get(urlPathMatching(STATUS))
                        .atPriority(1)
                        .inScenario("down")
                        .whenScenarioStateIs(Scenario.STARTED)
                        .willReturn(aResponse().withStatus(503))
                        .willSetStateTo("up"));
        platform.settleAfterLooks(1);
        assertThat(row("deployments?operation=start&waitFor=running&id=" + id + SOON))
                .containsEntry("status", "running");
        assertThat(platform.requests()).hasSize(3);
    }

    @Test
    void looksThatAllFailAreTheCause() {
        lookOften();
        platform.wireMock()
                .stubFor(get(urlPathMatching(STATUS))
                        .atPriority(1)
                        .willReturn(aResponse().withStatus(503)));
        assertThat(failure(
                        EmqxUnavailableException.class,
                        "deployments?operation=start&waitFor=running&waitTimeout=200&id=" + id))
                .hasMessageContaining("the status is unknown")
                .hasCauseInstanceOf(EmqxUnavailableException.class);
    }

    @Test
    void aLookThatFailsForGoodIs() {
        lookOften();
        platform.wireMock()
                .stubFor(get(urlPathMatching(STATUS))
                        .atPriority(1)
                        .willReturn(aResponse().withStatus(404)));
        failure(EmqxNotFoundException.class, "deployments?operation=start&waitFor=running&id=" + id + SOON);
    }

    @Test
    void aCallThatFailsIsNotWaitedFor() {
        failure(EmqxInvalidRequestException.class, "deployments?operation=stop&waitFor=stopped&id=" + id);
        assertThat(platform.requests()).hasSize(1);
    }

    @Test
    void anAnswerThatNamesNoDeploymentCannotBeWaitedFor() {
        platform.wireMock()
                .stubFor(post(urlPathMatching("/public_api/v1/deployments"))
                        .atPriority(1)
                        .willReturn(okJson("{\"status\":\"pending\"}")));
        assertThat(failure(
                        EmqxProtocolException.class,
                        "deployments?operation=create&waitFor=running" + SOON,
                        Map.of("projectID", "p1", "platform", "aws", "region", "us-east-1")))
                .hasMessageContaining("it succeeded, but the answer has no deployment_id to wait for");
    }

    @Test
    void theLimitOfLooksEndsTheWait() {
        lookOften();
        for (int i = 0; i < 60; i++) {
            done("deployments?operation=get&id=" + id);
        }
        EmqxRateLimitException failure =
                failure(EmqxRateLimitException.class, "deployments?operation=start&waitFor=running&id=" + id + SOON);
        assertThat(failure.operation()).isEqualTo("deployments:start");
        assertThat(failure.apiMessage()).contains("cannot be looked at", "60 calls");
        assertThat(failure.retryAfter()).isPositive();
        // the deployment starts: whoever repeats the call repeats what is done
        assertThat(failure.retryable()).isFalse();
        assertThat(platform.requests()).hasSize(61);
        assertThat(platform.deployment(id).orElseThrow().status()).isEqualTo("starting");
    }

    @Test
    void theEndOfCamelIsTheEndOfTheWait() throws Exception {
        context.addRoutes(waitingRoute(""));
        CompletableFuture<Exchange> waiting = template.asyncSend("direct:start", exchange -> {});
        await().until(() -> platform.requests().size() == 1);
        context.stop();
        assertEnded(waiting);
    }

    @Test
    void theEndOfTheRouteIsTheEndOfTheWait() throws Exception {
        context.addRoutes(waitingRoute(""));
        CompletableFuture<Exchange> waiting = template.asyncSend("direct:start", exchange -> {});
        await().until(() -> platform.requests().size() == 1);
        // Camel lets what is under way go on for that time
        context.getRouteController().stopRoute("waits", 1, TimeUnit.SECONDS);
        assertEnded(waiting);
        assertThat(platform.requests()).hasSize(1);
    }

    @Test
    void aRouteThatStartsAgainWaitsAgain() throws Exception {
        lookOften();
        platform.settleAfterLooks(1);
        context.addRoutes(waitingRoute(SOON));
        context.getRouteController().stopRoute("waits");
        context.getRouteController().startRoute("waits");
        Exchange done = template.request("direct:start", exchange -> {});
        assertThat(done.getException()).isNull();
        assertThat(row(done)).containsEntry("status", "running");
    }

    @Test
    void anInterruptIsTheEndOfTheWait() throws Exception {
        AtomicReference<Thread> thread = new AtomicReference<>();
        AtomicBoolean restored = new AtomicBoolean();
        ExecutorService one = Executors.newSingleThreadExecutor();
        try {
            CompletableFuture<Exchange> waiting = CompletableFuture.supplyAsync(
                    () -> {
                        thread.set(Thread.currentThread());
                        Exchange done = call("deployments?operation=start&waitFor=running&id=" + id, null, Map.of());
                        restored.set(Thread.currentThread().isInterrupted());
                        return done;
                    },
                    one);
            // waiting, not calling: an interrupt would end the call another way
            await().until(() ->
                    platform.requests().size() == 1 && thread.get().getState() == Thread.State.TIMED_WAITING);
            thread.get().interrupt();
            Exchange done = waiting.get(30, TimeUnit.SECONDS);
            assertThat(done.getException())
                    .isExactlyInstanceOf(EmqxUnavailableException.class)
                    .hasMessageContaining("the thread that waits was interrupted")
                    .hasCauseInstanceOf(InterruptedException.class);
            assertThat(restored).isTrue();
        } finally {
            one.shutdownNow();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "deployments?operation=start&waitFor=runing | Option waitFor of deployments:start must be one of running, not 'runing'",
                "deployments?operation=start&waitFor=stopped | Option waitFor of deployments:start must be one of running, not 'stopped'",
                "deployments?operation=stop&waitFor=running | Option waitFor of deployments:stop must be one of stopped, not 'running'",
                "deployments?operation=get&waitFor=failed | Option waitFor of deployments:get must be one of stopped, running, not 'failed'",
                "deployments?operation=list&waitFor=running | Option waitFor makes no sense for deployments:list. The operations of deployments that can be waited for are: ",
                "projects?operation=list&waitFor=running | Option waitFor makes no sense for projects:list: it is for calls of what takes a while",
                "certificates?allowOperationHeader=true&waitFor=running | Option waitFor is for calls of what takes a while: certificates has nothing of the kind",
                "deployments?operation=start&waitFor=running&waitTimeout=0 | Option waitTimeout must be more than 0 ms"
            })
    void whatMakesNoSenseFailsAtStart(String uri, String words) {
        assertThat(refused("direct:x", "emqx-platform:" + uri)).contains(words);
    }

    @Test
    void aHeaderMayNotChooseWhatCannotBeWaitedFor() {
        Exchange done = call(
                "deployments?allowOperationHeader=true&waitFor=running&id=" + id,
                null,
                Map.of(EmqxPlatformConstants.OPERATION, "stop"));
        assertThat(done.getException())
                .isExactlyInstanceOf(EmqxInvalidRequestException.class)
                .hasMessageContaining("Option waitFor of deployments:stop must be one of stopped");
        assertThat(platform.requests()).isEmpty();
    }

    private RouteBuilder waitingRoute(String options) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start")
                        .routeId("waits")
                        .to("emqx-platform:deployments?operation=start&waitFor=running&id=" + id + options);
            }
        };
    }

    private static void assertEnded(CompletableFuture<Exchange> waiting) throws Exception {
        Exchange done = waiting.get(30, TimeUnit.SECONDS);
        assertThat(done.getException())
                .isExactlyInstanceOf(EmqxUnavailableException.class)
                .hasMessageContaining("nobody waits any longer: the route stops");
    }

    /** The looks tell one status after the other. */
    private void fails(String first, String then) {
        platform.wireMock()
                .stubFor(get(urlPathMatching(STATUS))
                        .atPriority(1)
                        .inScenario("failing")
                        .whenScenarioStateIs(Scenario.STARTED)
                        .willReturn(okJson("{\"status\":\"" + first + "\"}"))
                        .willSetStateTo("failed"));
        platform.wireMock()
                .stubFor(get(urlPathMatching(STATUS))
                        .atPriority(1)
                        .inScenario("failing")
                        .whenScenarioStateIs("failed")
                        .willReturn(okJson("{\"status\":\"" + then + "\"}")));
    }
}
