/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import io.github.camelemqx.platform.health.WatchHealthCheck;
import io.github.camelemqx.platform.test.Generation;
import io.github.camelemqx.platform.watch.StateStore;
import io.github.camelemqx.platform.watch.StateStoreException;
import io.github.camelemqx.platform.watch.WatchState;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.console.DevConsole;
import org.apache.camel.console.DevConsoleRegistry;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheck.Result;
import org.apache.camel.health.HealthCheck.State;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.health.HealthCheckRepository;
import org.apache.camel.util.json.Jsoner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What Camel's health checks and its developer console tell of watches, with the same routes on both generations. */
@ParameterizedClass
@EnumSource(Generation.class)
class WatchHealthTest extends BothGenerations {

    private static final String ROUTE = "presence";
    private static final String CHECK = "emqx-platform:presence";

    private final PollOnDemand polls = new PollOnDemand();
    private final AtomicBoolean refusing = new AtomicBoolean();

    @Test
    void aWatchIsReadyFromItsFirstCompletePollOn() throws Exception {
        emqx.connect("c1");
        emqx.connect("c2");
        watch("");
        Result before = check();
        assertThat(before.getState()).isEqualTo(State.DOWN);
        assertThat(before.getMessage()).contains("The watch of clients has not completed a poll yet");
        assertThat(before.getDetails()).containsEntry("size", 0).doesNotContainKey("poll.time");

        Instant begin = Instant.now();
        polls.poll();
        Result after = check();
        assertThat(after.getState()).isEqualTo(State.UP);
        assertThat(after.getDetails())
                .containsEntry("route.id", ROUTE)
                .containsEntry("resource", "clients")
                .containsEntry("deployment", emqx.apiUrl())
                .containsEntry("size", 2)
                .containsEntry("poll.rows", 2L)
                .containsEntry("candidates", 0)
                .containsEntry("pending.events", 0)
                .containsEntry(HealthCheck.CHECK_KIND, HealthCheck.Kind.READINESS);
        assertThat(Instant.parse((String) after.getDetails().get("poll.time"))).isAfterOrEqualTo(begin);
        assertThat((Long) after.getDetails().get("poll.duration")).isBetween(0L, 60_000L);
        assertThat(liveness()).isEmpty();
    }

    @Test
    void theFirstPollsRowsCountWhenTheyAreDelivered() throws Exception {
        emqx.connect("c1");
        watch("&emitInitial=true");
        polls.poll();
        assertThat(check().getDetails()).containsEntry("size", 1).containsEntry("pending.events", 0);
    }

    @Test
    void aFailedPollSaysWithWhat() throws Exception {
        watch("&appSecret=RAW(" + emqx.appSecret() + ")");
        polls.poll();
        String answer = v5()
                ? "{\"code\":\"SERVICE_UNAVAILABLE\",\"message\":\"later\"}"
                : "{\"code\":101,\"message\":\"badrpc\"}";
        StubMapping down = emqx.wireMock()
                .stubFor(any(anyUrl())
                        .atPriority(1)
                        .willReturn(aResponse()
                                .withStatus(v5() ? 503 : 200)
                                .withHeader("Content-Type", "application/json")
                                .withBody(answer)));
        polls.poll();
        Result failed = check();
        assertThat(failed.getState()).isEqualTo(State.DOWN);
        assertThat(failed.getDetails())
                .containsEntry(HealthCheck.HTTP_RESPONSE_CODE, v5() ? 503 : 200)
                .containsEntry(WatchHealthCheck.RESULT_CODE, v5() ? "SERVICE_UNAVAILABLE" : "101");
        assertThat(failed.getMessage().orElseThrow()).contains(v5() ? "HTTP 503" : "101");
        assertThat(console()).contains("Ready: false", "Failure: ");
        assertThat(failed.getMessage() + " " + failed.getDetails() + failed.getError() + console() + consoleJson())
                .doesNotContain(emqx.appSecret());
        emqx.wireMock().removeStub(down);
        polls.poll();
        assertThat(check().getState()).isEqualTo(State.UP);
        assertThat(check().getDetails())
                .doesNotContainKeys(HealthCheck.HTTP_RESPONSE_CODE, WatchHealthCheck.RESULT_CODE);
    }

    @Test
    void aStoreThatFailsIsAFailureOfTheWatch() throws Exception {
        context.getRegistry().bind("state", failing(StateStore.inMemory()));
        watch("&stateStore=#state");
        polls.poll();
        assertThat(check().getState()).isEqualTo(State.UP);
        refusing.set(true);
        polls.poll();
        assertThat(check().getState()).isEqualTo(State.DOWN);
        assertThat(check().getMessage()).contains("the disk is full");
        refusing.set(false);
        polls.poll();
        assertThat(check().getState()).isEqualTo(State.UP);
    }

    @Test
    void aWatchIsReadyWhileItsRouteTakesItsTime() throws Exception {
        emqx.connect("c1");
        CountDownLatch going = new CountDownLatch(1);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("emqx-platform:clients?emitInitial=true&initialDelay=0&delay=20")
                        .routeId(ROUTE)
                        .process(exchange -> going.await());
            }
        });
        try {
            await().until(() -> check().getState() == State.UP);
            assertThat(check().getDetails()).containsEntry("pending.events", 1);
        } finally {
            going.countDown();
        }
    }

    @Test
    void aStoppedRouteHasNoCheckAndAStartedOneBeginsAnew() throws Exception {
        watch("");
        polls.poll();
        context.getRouteController().stopRoute(ROUTE);
        assertThat(registry().getCheck(CHECK)).isEmpty();
        assertThat(console()).isEqualTo("No watch runs\n");
        context.getRouteController().startRoute(ROUTE);
        assertThat(check().getState()).isEqualTo(State.DOWN);
        polls.poll();
        assertThat(check().getState()).isEqualTo(State.UP);
        context.getRouteController().stopRoute(ROUTE);
        context.removeRoute(ROUTE);
        assertThat(HealthCheckHelper.invoke(context))
                .noneMatch(result -> result.getCheck().getId().startsWith(WatchHealthCheck.PREFIX));
    }

    @Test
    void camelsOwnCheckOfTheConsumerSaysTheSame() throws Exception {
        HealthCheckRepository consumers = (HealthCheckRepository) registry().resolveById("consumers");
        consumers.setEnabled(true);
        registry().register(consumers);
        watch("&appSecret=RAW(" + emqx.appSecret() + ")");
        assertThat(state("consumer:" + ROUTE)).isEqualTo(State.DOWN);
        polls.poll();
        Result camels =
                HealthCheckHelper.invoke(context, "consumer:" + ROUTE, Map.of()).orElseThrow();
        assertThat(camels.getState()).isEqualTo(State.UP);
        assertThat(camels.getDetails()).containsEntry("resource", "clients");
        assertThat(camels.getDetails().toString()).doesNotContain(emqx.appSecret());
        assertThat(check().getDetails().toString()).doesNotContain(emqx.appSecret());
    }

    @Test
    void theComponentsOptionSwitchesTheChecksOff() throws Exception {
        ((EmqxPlatformComponent) context.getComponent("emqx-platform")).setHealthCheckConsumerEnabled(false);
        watch("");
        assertThat(check().getState()).isEqualTo(State.UNKNOWN);
        assertThat(check().getDetails()).containsEntry(HealthCheck.CHECK_ENABLED, false);
    }

    @Test
    void theConsoleShowsEveryWatch() throws Exception {
        assertThat(console()).isEqualTo("No watch runs\n");
        emqx.connect("c1");
        watch("");
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("emqx-platform:metrics?initialDelay=3600000")
                        .routeId("numbers")
                        .to("mock:numbers");
            }
        });
        polls.poll();
        emqx.disconnect("c1");
        emqx.connect("c2");
        polls.poll();
        assertThat(console())
                .contains("Route: numbers", "Resource: metrics", "Route: presence", "Resource: clients")
                .contains("Deployment: " + emqx.apiUrl())
                .containsPattern(
                        "Last poll: \\d{4}-.*Z, \\d+ ms, complete, 1 rows, \\d requests, 1 of them confirmations")
                .contains("Events: {connected=1, disconnected=1}")
                .contains("Size: 1\n", "Pending events: 0\n", "Candidates: 0\n");
        assertThat(consoleJson())
                .contains("\"routeId\":\"presence\"", "\"ready\":true", "\"ready\":false", "\"pendingEvents\":0")
                .contains("\"disconnected\":1", "\"candidates\":0", "\"durationMillis\":");
    }

    private Result check() {
        return HealthCheckHelper.invokeReadiness(context).stream()
                .filter(result -> result.getCheck().getId().equals(CHECK))
                .findFirst()
                .orElseGet(() -> registry().getCheck(CHECK).orElseThrow().call());
    }

    private State state(String id) {
        return HealthCheckHelper.invoke(context, id, Map.of()).orElseThrow().getState();
    }

    private Collection<Result> liveness() {
        return HealthCheckHelper.invokeLiveness(context).stream()
                .filter(result -> result.getCheck().getId().startsWith(WatchHealthCheck.PREFIX))
                .toList();
    }

    private HealthCheckRegistry registry() {
        return HealthCheckRegistry.get(context);
    }

    private String console() {
        return (String) devConsole().call(DevConsole.MediaType.TEXT);
    }

    private String consoleJson() {
        return Jsoner.serialize(devConsole().call(DevConsole.MediaType.JSON));
    }

    private DevConsole devConsole() {
        return DevConsoleRegistry.get(context).resolveById("emqx-platform");
    }

    private String uri(String options) {
        return "emqx-platform:clients?scheduler=#polls" + options;
    }

    private void watch(String options) throws Exception {
        context.getRegistry().bind("polls", polls);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(uri(options)).routeId(ROUTE).to("mock:events");
            }
        });
    }

    /** A store whose commits fail when the test says so. */
    private StateStore failing(StateStore store) {
        return name -> {
            WatchState state = store.open(name);
            return new WatchState() {
                @Override
                public void read(Section section, BiConsumer<String, Map<String, Object>> each) {
                    state.read(section, each);
                }

                @Override
                public void put(Section section, String key, Map<String, Object> value) {
                    state.put(section, key, value);
                }

                @Override
                public void remove(Section section, String key) {
                    state.remove(section, key);
                }

                @Override
                public void commit() {
                    if (refusing.get()) {
                        throw new StateStoreException("the disk is full", new IllegalStateException("for a test"));
                    }
                    state.commit();
                }

                @Override
                public boolean durable() {
                    return state.durable();
                }
            };
        };
    }
}
