/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import io.github.camelemqx.platform.exception.EmqxAuthenticationException;
import io.github.camelemqx.platform.exception.EmqxRateLimitException;
import io.github.camelemqx.platform.exception.EmqxUnavailableException;
import io.github.camelemqx.platform.health.DeploymentHealthCheck;
import io.github.camelemqx.platform.test.Generation;
import io.github.camelemqx.platform.test.PlatformSimulator;
import java.util.Collection;
import java.util.List;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheck.Result;
import org.apache.camel.health.HealthCheck.State;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.health.HealthCheckRepository;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What Camel's checks of producers tell of deployments that are called, alike on both generations. */
@ParameterizedClass
@EnumSource(Generation.class)
class ProducerHealthTest extends BothGenerations {

    private HealthCheckRepository producers;

    @BeforeEach
    void switchProducersOn() {
        HealthCheckRegistry registry = HealthCheckRegistry.get(context);
        producers = (HealthCheckRepository) registry.resolveById("producers");
        producers.setEnabled(true);
        registry.register(producers);
    }

    @Test
    void aDeploymentThatAnswersIsReady() throws Exception {
        calls("kick", "clients?operation=kick");
        Result result = check();
        assertThat(result.getState()).isEqualTo(State.UP);
        assertThat(result.getCheck().getId()).isEqualTo(DeploymentHealthCheck.PREFIX + emqx.apiUrl());
        assertThat(result.getDetails())
                .containsEntry("deployment", emqx.apiUrl())
                .containsEntry(HealthCheck.CHECK_KIND, HealthCheck.Kind.READINESS)
                .containsEntry(HealthCheck.HTTP_RESPONSE_CODE, 200);
        assertThat(result.getDetails().get(DeploymentHealthCheck.RESULT_CODE)).isEqualTo(v5() ? null : "0");
    }

    @Test
    void askingIsOneReadOfOneRow() throws Exception {
        for (int client = 0; client < 20; client++) {
            emqx.connect("c" + client);
        }
        calls("kick", "clients?operation=kick");
        check();
        emqx.wireMock().resetRequests();
        check();
        List<ServeEvent> requests = emqx.wireMock().getAllServeEvents();
        assertThat(requests).hasSize(1);
        assertThat(requests.get(0).getRequest().getMethod().value()).isEqualTo("GET");
        assertThat(requests.get(0).getRequest().getUrl())
                .endsWith(v5() ? "/clients?page=1&limit=1" : "/clients?_page=1&_limit=1");
    }

    @Test
    void anOutageIsNotReadyButAlive() throws Exception {
        calls("kick", "clients?operation=kick");
        assertThat(check().getState()).isEqualTo(State.UP);
        emqx.close();
        Result result = check();
        assertThat(result.getState()).isEqualTo(State.DOWN);
        assertThat(result.getError()).containsInstanceOf(EmqxUnavailableException.class);
        assertThat(result.getMessage().orElseThrow()).contains("no answer from");
        assertThat(result.getDetails()).doesNotContainKey(HealthCheck.HTTP_RESPONSE_CODE);
        assertThat(HealthCheckHelper.isResultsUp(HealthCheckHelper.invokeReadiness(context), true))
                .isFalse();
        Collection<Result> alive = HealthCheckHelper.invokeLiveness(context);
        assertThat(alive).noneMatch(one -> one.getCheck().getId().startsWith(DeploymentHealthCheck.PREFIX));
        assertThat(HealthCheckHelper.isResultsUp(alive, false)).isTrue();
    }

    @Test
    void aFailureTellsItsStatusAndCodeButNoSecret() throws Exception {
        calls("kick", "clients?operation=kick&appSecret=" + SECRET);
        String quoting = (v5() ? "{\"code\":\"SERVICE_UNAVAILABLE\"," : "{\"code\":101,") + "\"message\":\"later, "
                + SECRET + "\"}";
        Result refused = check();
        assertThat(refused.getState()).isEqualTo(State.DOWN);
        assertThat(refused.getError()).containsInstanceOf(EmqxAuthenticationException.class);
        assertThat(refused.getDetails()).containsEntry(HealthCheck.HTTP_RESPONSE_CODE, 401);
        emqx.wireMock()
                .stubFor(any(anyUrl())
                        .atPriority(1)
                        .willReturn(aResponse()
                                .withStatus(v5() ? 503 : 200)
                                .withHeader("Content-Type", "application/json")
                                .withBody(quoting)));
        component().getConfiguration().setApiVersion(version());
        calls("list", "users?operation=list&appSecret=" + SECRET);
        Result down = checks().stream()
                .filter(one -> one.getCheck().getId().endsWith("#2"))
                .findFirst()
                .orElseThrow();
        assertThat(down.getDetails())
                .containsEntry(HealthCheck.HTTP_RESPONSE_CODE, v5() ? 503 : 200)
                .containsEntry(DeploymentHealthCheck.RESULT_CODE, v5() ? "SERVICE_UNAVAILABLE" : "101");
        assertThat(down.getMessage().orElseThrow()).contains("later, ***");
        assertThat(List.of(refused, down).toString() + refused.getDetails() + down.getDetails() + down.getError())
                .doesNotContain(SECRET);
    }

    @Test
    void producersOfOneConnectionHaveOneCheckUntilTheLastStops() throws Exception {
        calls("kick", "clients?operation=kick");
        calls("list", "users?operation=list");
        calls("slow", "users?operation=list&responseTimeout=20000");
        assertThat(checks())
                .extracting(result -> result.getCheck().getId())
                .containsExactlyInAnyOrder(
                        DeploymentHealthCheck.PREFIX + emqx.apiUrl(),
                        DeploymentHealthCheck.PREFIX + emqx.apiUrl() + "#2");
        context.getRouteController().stopRoute("slow");
        context.getRouteController().stopRoute("kick");
        assertThat(checks())
                .extracting(result -> result.getCheck().getId())
                .containsExactly(DeploymentHealthCheck.PREFIX + emqx.apiUrl());
        context.getRouteController().stopRoute("list");
        assertThat(checks()).isEmpty();
        context.getRouteController().startRoute("list");
        assertThat(check().getState()).isEqualTo(State.UP);
    }

    @Test
    void aCheckThatIsSwitchedOffAsksNothing() throws Exception {
        component().setHealthCheckProducerEnabled(false);
        calls("kick", "clients?operation=kick");
        Result result = check();
        assertThat(result.getState()).isEqualTo(State.UNKNOWN);
        assertThat(result.getDetails()).containsEntry(HealthCheck.CHECK_ENABLED, false);
        producers.setEnabled(false);
        assertThat(checks()).isEmpty();
        assertThat(emqx.wireMock().getAllServeEvents()).isEmpty();
    }

    @Test
    void askingTakesItsTurnAsCallsDo() throws Exception {
        calls("kick", "clients?operation=kick&requestsPerSecond=1&responseTimeout=200&apiVersion=" + version());
        assertThat(check().getState()).isEqualTo(State.UP);
        Result noTurn = check();
        assertThat(noTurn.getState()).isEqualTo(State.DOWN);
        assertThat(noTurn.getError()).containsInstanceOf(EmqxRateLimitException.class);
        assertThat(emqx.wireMock().getAllServeEvents()).hasSize(1);
    }

    @Test
    void anApiThatCountsItsCallsIsNotAsked() throws Exception {
        try (PlatformSimulator platform = PlatformSimulator.start()) {
            EmqxPlatformConfiguration connection = component().getConfiguration();
            connection.setPlatformApiUrl(platform.platformApiUrl());
            connection.setPlatformKey(platform.platformKey());
            connection.setPlatformSecret(platform.platformSecret());
            calls("projects", "projects?operation=list");
            assertThat(checks()).isEmpty();
            assertThat(platform.wireMock().getAllServeEvents()).isEmpty();
        }
    }

    private void calls(String route, String uri) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:" + route).routeId(route).to("emqx-platform:" + uri);
            }
        });
    }

    private EmqxPlatformComponent component() {
        return context.getComponent("emqx-platform", EmqxPlatformComponent.class);
    }

    private Result check() {
        Collection<Result> checks = checks();
        assertThat(checks).hasSize(1);
        return checks.iterator().next();
    }

    private Collection<Result> checks() {
        return HealthCheckHelper.invokeReadiness(context, "full").stream()
                .filter(result -> result.getCheck().getId().startsWith(DeploymentHealthCheck.PREFIX))
                .toList();
    }
}
