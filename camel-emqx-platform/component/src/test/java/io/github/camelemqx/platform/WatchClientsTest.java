/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static io.github.camelemqx.platform.EmqxPlatformConstants.CLIENT_ID;
import static io.github.camelemqx.platform.EmqxPlatformConstants.DETECTED_AT;
import static io.github.camelemqx.platform.EmqxPlatformConstants.EVENT_ID;
import static io.github.camelemqx.platform.EmqxPlatformConstants.EVENT_TYPE;
import static io.github.camelemqx.platform.EmqxPlatformConstants.KEY;
import static io.github.camelemqx.platform.EmqxPlatformConstants.NODE;
import static io.github.camelemqx.platform.EmqxPlatformConstants.RESOURCE;
import static io.github.camelemqx.platform.EmqxPlatformConstants.USERNAME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import io.github.camelemqx.platform.model.ResourceChange;
import io.github.camelemqx.platform.test.ClientOptions;
import io.github.camelemqx.platform.test.Generation;
import io.github.camelemqx.platform.watch.KeptState;
import io.github.camelemqx.platform.watch.StateStore;
import io.github.camelemqx.platform.watch.WatchState.Section;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.dataformat.JsonLibrary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients watched, with the same routes on both generations. */
@ParameterizedClass
@EnumSource(Generation.class)
class WatchClientsTest extends BothGenerations {

    private static final String FAST = "delay=40&initialDelay=0";

    private final List<Message> events = new CopyOnWriteArrayList<>();

    @Test
    void aClientsLifeIsTold() throws Exception {
        emqx.connect("there-before");
        watch("");
        emqx.connect(ClientOptions.of("c1").username("alice").ipAddress("10.0.0.7"));
        awaitEvents("connected c1");
        emqx.connect(ClientOptions.of("c1").username("alice").ipAddress("10.0.0.7"));
        awaitEvents("connected c1", "reconnected c1");
        emqx.disconnect("c1");
        awaitEvents("connected c1", "reconnected c1", "disconnected c1");
        polls(3);
        assertThat(told()).hasSize(3);

        Message connected = events.get(0);
        assertThat(connected.getHeader(EVENT_TYPE)).isEqualTo("connected");
        assertThat(connected.getHeader(RESOURCE)).isEqualTo("clients");
        assertThat(connected.getHeader(KEY)).isEqualTo("c1");
        assertThat(connected.getHeader(CLIENT_ID)).isEqualTo("c1");
        assertThat(connected.getHeader(USERNAME)).isEqualTo("alice");
        assertThat(connected.getHeader(NODE)).isEqualTo(generation.firstNode());
        assertThat(connected.getHeader(DETECTED_AT)).isInstanceOf(Instant.class);
        ResourceChange change = connected.getBody(ResourceChange.class);
        assertThat(change.resource()).isEqualTo("clients");
        assertThat(change.type()).isEqualTo("connected");
        assertThat(change.key()).isEqualTo("c1");
        assertThat(change.before()).isNull();
        assertThat(change.after())
                .containsEntry("username", "alice")
                .containsEntry("ip_address", "10.0.0.7")
                .containsEntry("connected", true)
                .doesNotContainKey("heap_size");
        assertThat(change.detectedAt()).isEqualTo(connected.getHeader(DETECTED_AT));
        ResourceChange gone = events.get(2).getBody(ResourceChange.class);
        assertThat(gone.after()).isNull();
        assertThat(gone.before()).containsEntry("clientid", "c1");
        assertThat(events.stream().map(event -> event.getHeader(EVENT_ID)).collect(Collectors.toSet()))
                .hasSize(3);
    }

    @Test
    void anEventBecomesAMapAndJson() throws Exception {
        watch("");
        emqx.connect("c1");
        awaitEvents("connected c1");
        Map<?, ?> map = events.get(0).getBody(Map.class);
        assertThat(map.get("type")).isEqualTo("connected");
        assertThat(map.get("before")).isNull();
        assertThat(map.get("detectedAt")).isInstanceOf(String.class);
        assertThat(events.get(0).getBody(String.class))
                .startsWith("{\"resource\":\"clients\",\"type\":\"connected\",\"key\":\"c1\"");
    }

    @Test
    void anEventIsMarshalledAndReadByExpressions() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("emqx-platform:clients?" + FAST)
                        .setHeader("words", simple("${body.type} ${body.key} ${body.after[username]}"))
                        .marshal()
                        .json(JsonLibrary.Jackson)
                        .process(WatchClientsTest.this::note);
            }
        });
        polls(1);
        emqx.connect(ClientOptions.of("c1").username("alice"));
        awaitEvents("connected c1");
        assertThat(events.get(0).getHeader("words")).isEqualTo("connected c1 alice");
        assertThat(events.get(0).getBody(String.class))
                .contains("\"resource\":\"clients\"", "\"type\":\"connected\"", "\"detectedAt\":\"20");
    }

    @Test
    void aStoreOfTheRoutesOwnKeepsTheState() throws Exception {
        Map<String, KeptState> opened = new ConcurrentHashMap<>();
        StateStore store = watch -> opened.computeIfAbsent(watch, name -> new KeptState());
        context.getRegistry().bind("store", store);
        emqx.connect("c1");
        watch("&stateStore=#store");
        assertThat(opened).hasSize(1);
        assertThat(opened.keySet())
                .allSatisfy(name -> assertThat(name).contains("clients").doesNotContain(emqx.appSecret()));
        await().until(() ->
                opened.values().iterator().next().kept(Section.ROWS).keySet().equals(Set.of("c1")));
        // another consumer of the same store goes on where this one was
        context.getRouteController().stopAllRoutes();
        emqx.connect("c2");
        emqx.disconnect("c1");
        context.getRouteController().startAllRoutes();
        awaitTold(Set.of("connected c2", "disconnected c1"));
    }

    @Test
    void aSessionIsLeftBehindTakenUpAndDeleted() throws Exception {
        watch("");
        ClientOptions session = ClientOptions.of("s1").cleanStart(false).expiryInterval(300);
        emqx.connect(session);
        awaitEvents("connected s1");
        emqx.disconnect("s1");
        awaitEvents("connected s1", "disconnected s1");
        assertThat(events.get(1).getBody(ResourceChange.class).after())
                .containsEntry("connected", false)
                .containsKey("disconnected_at");
        emqx.connect(session);
        awaitEvents("connected s1", "disconnected s1", "connected s1");
        emqx.disconnect("s1");
        awaitEvents("connected s1", "disconnected s1", "connected s1", "disconnected s1");
        emqx.expireSession("s1");
        awaitEvents("connected s1", "disconnected s1", "connected s1", "disconnected s1", "deleted s1");
    }

    @Test
    void whatIsThereAlreadyIsToldOnDemand() throws Exception {
        emqx.connect("c1");
        emqx.connect(ClientOptions.of("s1").cleanStart(false).expiryInterval(300));
        emqx.disconnect("s1");
        watch("&emitInitial=true");
        await().until(() -> told().size() == 3);
        assertThat(told()).contains("connected c1").containsSubsequence("connected s1", "disconnected s1");
    }

    @Test
    void onlyWantedEventsAreTold() throws Exception {
        watch("&events=disconnected");
        emqx.connect("c1");
        polls(3);
        emqx.disconnect("c1");
        awaitEvents("disconnected c1");
    }

    @Test
    void aWatchedFieldIsUpdated() throws Exception {
        emqx.connect("c1");
        watch("&watchFields=subscriptions_cnt");
        emqx.subscribe("c1", "t/1", 0);
        awaitEvents("updated c1");
        ResourceChange change = events.get(0).getBody(ResourceChange.class);
        assertThat(change.before()).containsEntry("subscriptions_cnt", 0);
        assertThat(change.after()).containsEntry("subscriptions_cnt", 1);
    }

    @Test
    void anEventGoesStraightToACall() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("emqx-platform:clients?events=connected&" + FAST).to("emqx-platform:clients?operation=kick");
            }
        });
        polls(1);
        emqx.connect("dev/ä b");
        await().until(() -> emqx.clients().isEmpty());
    }

    @Test
    void pagesAreReadToTheEnd() throws Exception {
        for (int i = 0; i < 25; i++) {
            emqx.connect("c" + i);
        }
        watch("&pageSize=10&emitInitial=true");
        await().until(() -> told().size() == 25);
        emqx.disconnect("c7");
        await().until(() -> told().size() == 26);
        assertThat(told().get(25)).isEqualTo("disconnected c7");
        polls(2);
        assertThat(told()).hasSize(26);
    }

    @Test
    void aPageThatFailsEndsThePoll() throws Exception {
        for (int i = 0; i < 25; i++) {
            emqx.connect("c" + i);
        }
        watch("&pageSize=10");
        StubMapping fault = emqx.wireMock()
                .stubFor(get(urlPathMatching(".*/clients"))
                        .withQueryParam(v5() ? "page" : "_page", equalTo("2"))
                        .atPriority(1)
                        .willReturn(aResponse().withStatus(500).withBody("Internal Error")));
        // a poll that had read the page already goes on to its end
        await().until(() -> emqx.wireMock().getAllServeEvents().stream()
                .anyMatch(event -> event.getResponse().getStatus() == 500));
        emqx.disconnect("c3");
        emqx.connect("new");
        polls(4);
        assertThat(told()).isEmpty();
        emqx.wireMock().removeStub(fault);
        await().until(() -> told().size() == 2);
        assertThat(told()).containsExactlyInAnyOrder("disconnected c3", "connected new");
    }

    @Test
    void anAnswerWithoutDataEndsThePoll() throws Exception {
        emqx.connect("c1");
        watch("");
        StubMapping fault = emqx.wireMock()
                .stubFor(get(urlPathMatching(".*/clients"))
                        .atPriority(1)
                        .willReturn(okJson(v5() ? "{}" : "{\"code\":101,\"message\":\"nodedown\"}")));
        polls(3);
        emqx.wireMock().removeStub(fault);
        polls(3);
        assertThat(told()).isEmpty();
    }

    @Test
    void aRowMissingFromAListingIsLookedAtAgain() throws Exception {
        emqx.connect("c1");
        watch("");
        StubMapping shifted = emptyListing();
        polls(3);
        assertThat(told()).isEmpty();
        emqx.wireMock().verify(getRequestedFor(urlPathMatching(".*/clients/c1")));
        emqx.wireMock().removeStub(shifted);
        polls(2);
        assertThat(told()).isEmpty();
    }

    @Test
    void withoutTheSecondLookAMissingRowIsGone() throws Exception {
        emqx.connect("c1");
        watch("&confirmRemovals=false");
        emptyListing();
        awaitEvents("disconnected c1");
    }

    @Test
    void anUncertainSecondLookSaysNothing() throws Exception {
        emqx.connect("c1");
        watch("");
        emptyListing();
        // what a booting node of generation 5 says of every path (emqx-api/clusters.md, v5 (b))
        StubMapping booting = emqx.wireMock()
                .stubFor(get(urlPathMatching(".*/clients/c1"))
                        .atPriority(1)
                        .willReturn(
                                v5()
                                        ? aResponse()
                                                .withStatus(404)
                                                .withBody(
                                                        "{\"code\":\"NOT_FOUND\",\"message\":\"Request Path Not Found\"}")
                                        : aResponse().withStatus(500).withBody("Internal Error")));
        polls(4);
        assertThat(told()).isEmpty();
        emqx.disconnect("c1");
        emqx.wireMock().removeStub(booting);
        awaitEvents("disconnected c1");
    }

    @Test
    void theSecondLookTellsWhatItSees() throws Exception {
        emqx.connect("c1");
        watch("");
        emptyListing();
        emqx.connect("c1");
        awaitEvents("reconnected c1");
    }

    @Test
    void aFailedEventComesAgainWithItsIdAndHoldsUpNoOther() throws Exception {
        AtomicInteger failures = new AtomicInteger(3);
        List<Object> ids = new CopyOnWriteArrayList<>();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("emqx-platform:clients?" + FAST)
                        .process(exchange -> {
                            if ("bad".equals(exchange.getMessage().getHeader(KEY))) {
                                ids.add(exchange.getMessage().getHeader(EVENT_ID));
                                if (failures.getAndDecrement() > 0) {
                                    throw new IllegalStateException("not now");
                                }
                            }
                        })
                        .process(WatchClientsTest.this::note);
            }
        });
        polls(1);
        emqx.connect("bad");
        emqx.connect("good");
        await().until(() -> told().contains("connected good"));
        awaitTold(Set.of("connected good", "connected bad"));
        assertThat(ids).hasSize(4);
        assertThat(Set.copyOf(ids)).hasSize(1);
        emqx.disconnect("bad");
        await().until(() -> told().contains("disconnected bad"));
    }

    @Test
    void aHandledFailureIsDelivered() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(IllegalStateException.class).handled(true);
                from("emqx-platform:clients?" + FAST).process(exchange -> {
                    attempts.incrementAndGet();
                    throw new IllegalStateException("handled");
                });
            }
        });
        polls(1);
        emqx.connect("c1");
        await().until(() -> attempts.get() == 1);
        polls(3);
        assertThat(attempts).hasValue(1);
    }

    @Test
    void aFailureInAnotherThreadCountsToo() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("emqx-platform:clients?" + FAST).to("seda:later?waitForTaskToComplete=Never");
                from("seda:later")
                        .process(exchange -> {
                            if (attempts.incrementAndGet() < 3) {
                                throw new IllegalStateException("not now");
                            }
                        })
                        .process(WatchClientsTest.this::note);
            }
        });
        polls(1);
        emqx.connect("c1");
        awaitEvents("connected c1");
        polls(3);
        assertThat(attempts).hasValue(3);
    }

    @Test
    void anEventUnderWayIsNotSentTwice() throws Exception {
        AtomicBoolean open = new AtomicBoolean();
        AtomicInteger attempts = new AtomicInteger();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("emqx-platform:clients?" + FAST).to("seda:slow?waitForTaskToComplete=Never");
                from("seda:slow").process(exchange -> {
                    attempts.incrementAndGet();
                    await().until(open::get);
                });
            }
        });
        polls(1);
        emqx.connect("c1");
        await().until(() -> attempts.get() == 1);
        polls(4);
        open.set(true);
        polls(3);
        assertThat(attempts).hasValue(1);
    }

    @Test
    void aPollDeliversNoMoreThanItMay() throws Exception {
        List<List<Object>> batches = new CopyOnWriteArrayList<>();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("emqx-platform:clients?emitInitial=true&maxMessagesPerPoll=4&" + FAST)
                        .process(exchange -> batches.add(List.of(
                                exchange.getProperty(ExchangePropertyKey.BATCH_INDEX),
                                exchange.getProperty(ExchangePropertyKey.BATCH_SIZE),
                                exchange.getProperty(ExchangePropertyKey.BATCH_COMPLETE))))
                        .process(WatchClientsTest.this::note);
            }

            @Override
            public void addRoutesToCamelContext(CamelContext camel) throws Exception {
                for (int i = 0; i < 10; i++) {
                    emqx.connect("c" + i);
                }
                super.addRoutesToCamelContext(camel);
            }
        });
        await().until(() -> told().size() == 10);
        polls(2);
        assertThat(Set.copyOf(told())).hasSize(10);
        List<List<Object>> expected = new ArrayList<>();
        for (int size : new int[] {4, 4, 2}) {
            for (int index = 0; index < size; index++) {
                expected.add(List.of(index, size, index == size - 1));
            }
        }
        assertThat(batches).isEqualTo(expected);
    }

    @Test
    void aBrokerThatIsDownIsNotAnEmptyOne() throws Exception {
        emqx.connect("c1");
        Map<String, Integer> bridged = new ConcurrentHashMap<>();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(Exception.class)
                        .handled(true)
                        .process(exchange -> bridged.merge(
                                exchange.getProperty(Exchange.EXCEPTION_CAUGHT)
                                        .getClass()
                                        .getSimpleName(),
                                1,
                                Integer::sum));
                from("emqx-platform:clients?bridgeErrorHandler=true&" + FAST).process(WatchClientsTest.this::note);
            }
        });
        polls(1);
        StubMapping down = emqx.wireMock()
                .stubFor(any(urlPathMatching("/api/.*"))
                        .atPriority(1)
                        .willReturn(aResponse().withStatus(503)));
        await().until(() -> bridged.getOrDefault("EmqxUnavailableException", 0) >= 2);
        emqx.wireMock().removeStub(down);
        emqx.connect("c2");
        awaitEvents("connected c2");
    }

    @Test
    void clientsOfALostNodeAreUnreachableAndComeBack() throws Exception {
        String second = secondNode();
        emqx.connect(ClientOptions.of("on-second").node(second));
        emqx.connect("on-first");
        watch("&nodeGrace=50");
        emqx.stopNode(second);
        awaitEvents("unreachable on-second");
        polls(3);
        assertThat(told()).hasSize(1);
        emqx.connect("on-second");
        awaitEvents("unreachable on-second", "reconnected on-second");
        assertThat(events.get(1).getHeader(NODE)).isEqualTo(generation.firstNode());
    }

    @Test
    void clientsThatStayAwayFromARestartedNodeAreDisconnected() throws Exception {
        String second = secondNode();
        emqx.connect(ClientOptions.of("on-second").node(second));
        watch("&nodeGrace=50");
        emqx.stopNode(second);
        awaitEvents("unreachable on-second");
        emqx.startNode(second);
        awaitEvents("unreachable on-second", "disconnected on-second");
    }

    @Test
    void clientsOfANodeThatStaysAwayAreGivenUp() throws Exception {
        String second = secondNode();
        emqx.connect(ClientOptions.of("on-second").node(second));
        watch("&nodeLossTimeout=200");
        emqx.stopNode(second);
        awaitEvents("unreachable on-second", "disconnected on-second");
        assertThat(events.get(1).getBody(ResourceChange.class).after()).containsEntry("reason", "node-lost");
    }

    @Test
    void aDeploymentThatDoesNotListItsNodesIsWatchedAllTheSame() throws Exception {
        emqx.wireMock()
                .stubFor(get(urlPathMatching(".*/nodes"))
                        .atPriority(1)
                        .willReturn(aResponse().withStatus(403)));
        emqx.connect("c1");
        watch("");
        emqx.disconnect("c1");
        awaitEvents("disconnected c1");
        emqx.wireMock().verify(1, getRequestedFor(urlPathMatching(".*/nodes")));
    }

    @Test
    void aDeploymentThatHasToldItsNodesIsNotOneThatNeverDoes() throws Exception {
        emqx.connect("c1");
        watch("&nodeGrace=1");
        // its only node is not running, and then its list is refused for a while
        StubMapping away = emqx.wireMock()
                .stubFor(get(urlPathMatching(".*/nodes"))
                        .atPriority(1)
                        .willReturn(okJson(v5() ? "[]" : "{\"code\":0,\"data\":[]}")));
        polls(2);
        StubMapping refused = emqx.wireMock()
                .stubFor(get(urlPathMatching(".*/nodes"))
                        .atPriority(1)
                        .willReturn(aResponse().withStatus(403)));
        emqx.disconnect("c1");
        polls(3);
        assertThat(told()).isEmpty();
        emqx.wireMock().removeStub(refused);
        emqx.wireMock().removeStub(away);
        awaitEvents("disconnected c1");
    }

    @Test
    void twoWatchesDoNotShareWhatTheyHaveSeen() throws Exception {
        List<String> other = new CopyOnWriteArrayList<>();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("emqx-platform:clients?param.like_clientid=a&" + FAST)
                        .process(exchange -> other.add(exchange.getMessage().getHeader(KEY, String.class)));
                from("emqx-platform:clients?" + FAST).process(WatchClientsTest.this::note);
            }
        });
        polls(2);
        emqx.connect("a1");
        emqx.connect("b1");
        awaitTold(Set.of("connected a1", "connected b1"));
        await().until(() -> other.equals(List.of("a1")));
    }

    private String secondNode() {
        String second = v5() ? "emqx-b@127.0.0.1" : "emqx4-b@127.0.0.1";
        emqx.addNode(second);
        return second;
    }

    private StubMapping emptyListing() {
        return emqx.wireMock()
                .stubFor(get(urlPathMatching(".*/clients"))
                        .atPriority(1)
                        .willReturn(okJson((v5() ? "{" : "{\"code\":0,")
                                + "\"meta\":{\"page\":1,\"limit\":1000,\"hasnext\":false,\"count\":0},\"data\":[]}")));
    }

    private void watch(String options) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("emqx-platform:clients?" + FAST + options).process(WatchClientsTest.this::note);
            }
        });
        polls(1);
    }

    private void note(Exchange exchange) {
        events.add(exchange.getMessage().copy());
    }

    private List<String> told() {
        return events.stream()
                .map(event -> event.getHeader(EVENT_TYPE) + " " + event.getHeader(KEY))
                .toList();
    }

    private void awaitEvents(String... expected) {
        await().untilAsserted(() -> assertThat(told()).containsExactly(expected));
    }

    private void awaitTold(Set<String> expected) {
        await().untilAsserted(() -> assertThat(told()).containsExactlyInAnyOrderElementsOf(expected));
    }

    /** Waits until that many listings have begun and ended from now on. */
    private void polls(int count) {
        long before = listings();
        await().until(() -> listings() > before + count);
    }

    private long listings() {
        return emqx.wireMock().getAllServeEvents().stream()
                .map(event -> event.getRequest().getUrl())
                .filter(Objects::nonNull)
                .filter(url -> url.matches("/api/v[45]/(nodes/[^/]+/)?clients\\?.*"))
                // a poll that goes node by node counts once
                .filter(url -> !url.matches(".*-b(@|%40).*"))
                .count();
    }
}
