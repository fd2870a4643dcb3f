/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelemqx.platform.exception.EmqxUnavailableException;
import io.github.camelemqx.platform.test.EmqxSimulator;
import io.github.camelemqx.platform.test.EmqxSimulatorExtension;
import io.github.camelemqx.platform.watch.FileStateStore;
import io.github.camelemqx.platform.watch.StateStore;
import io.github.camelemqx.platform.watch.StateStoreException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Producer;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.ServiceStatus;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.SupervisingRouteController;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Contexts and routes start and stop as they like, whatever the broker does meanwhile. */
class LifecycleTest {

    @RegisterExtension
    static final EmqxSimulatorExtension EMQX = EmqxSimulatorExtension.v5();

    private final CamelContext context = new DefaultCamelContext();
    private EmqxSimulator emqx;

    @BeforeEach
    void connect() {
        emqx = EMQX.simulator();
        connect(context, emqx.apiUrl());
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    private EmqxPlatformConfiguration connect(CamelContext some, String url) {
        EmqxPlatformConfiguration connection =
                some.getComponent("emqx-platform", EmqxPlatformComponent.class).getConfiguration();
        connection.setApiUrl(url);
        connection.setAppId(emqx.appId());
        connection.setAppSecret(emqx.appSecret());
        connection.setMaxRetries(0);
        return connection;
    }

    private static RouteBuilder routes() {
        return routes("");
    }

    private static RouteBuilder routes(String options) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:clients").routeId("calls").to("emqx-platform:clients?operation=list");
                from("emqx-platform:clients?delay=20&initialDelay=0&emitInitial=true&runLoggingLevel=OFF" + options)
                        .routeId("watches")
                        .to("mock:events");
            }
        };
    }

    /** A port that refuses connections, and that no other test is given as long as the socket is open. */
    private static Socket refusingPort() throws IOException {
        Socket held = new Socket();
        held.setReuseAddress(true);
        held.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        return held;
    }

    private static Exchange call(ProducerTemplate template) {
        return template.request("direct:clients", exchange -> {});
    }

    @Test
    void routesStartWhileTheBrokerIsDownAndWorkWhenItIsBack() throws Exception {
        try (Socket held = refusingPort()) {
            startWhileTheBrokerIsDown(held.getLocalPort());
        }
    }

    private void startWhileTheBrokerIsDown(int port) throws Exception {
        connect(context, emqx.apiUrl().replaceFirst(":\\d+/", ":" + port + "/"));
        SupervisingRouteController supervising = context.getRouteController().supervising();
        supervising.setBackOffDelay(10);
        context.addRoutes(routes());
        context.start();
        ProducerTemplate template = context.createProducerTemplate();
        for (String route : List.of("calls", "watches")) {
            await().untilAsserted(() -> assertThat(context.getRouteController().getRouteStatus(route))
                    .isEqualTo(ServiceStatus.Started));
        }
        assertThat(call(template).getException()).isInstanceOf(EmqxUnavailableException.class);
        emqx.connect("c1");
        MockEndpoint events = context.getEndpoint("mock:events", MockEndpoint.class);
        events.expectedHeaderValuesReceivedInAnyOrder(EmqxPlatformConstants.KEY, "c1");
        try (FaultyLine back = FaultyLine.whole(port, URI.create(emqx.baseUrl()).getPort())) {
            events.assertIsSatisfied();
            assertThat(call(template).getException()).isNull();
            assertThat(back.faults()).isZero();
            context.stop();
        }
    }

    @Test
    void aWatchStartsWhenItsStoreIsThere() throws Exception {
        AtomicBoolean there = new AtomicBoolean();
        StateStore memory = StateStore.inMemory();
        StateStore late = name -> {
            if (!there.get()) {
                throw new StateStoreException("the database is down", null);
            }
            return memory.open(name);
        };
        context.getRegistry().bind("late", late);
        SupervisingRouteController supervising = context.getRouteController().supervising();
        supervising.setBackOffDelay(10);
        supervising.setInitialDelay(1);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("emqx-platform:clients?delay=20&initialDelay=0&emitInitial=true&stateStore=#late")
                        .routeId("watches")
                        .to("mock:events");
            }
        });
        context.start();
        emqx.connect("c1");
        await().until(() -> !supervising.getRestartingRoutes().isEmpty());
        MockEndpoint events = context.getEndpoint("mock:events", MockEndpoint.class);
        events.expectedMessageCount(1);
        there.set(true);
        events.assertIsSatisfied();
    }

    @Test
    void aContextStopsInTimeWhileCallsHang() throws Exception {
        emqx.wireMock()
                .stubFor(any(anyUrl()).atPriority(1).willReturn(aResponse().withFixedDelay(120_000)));
        connect(context, emqx.apiUrl()).setResponseTimeout(120_000);
        context.getShutdownStrategy().setTimeout(1);
        context.addRoutes(routes());
        context.start();
        ProducerTemplate template = context.createProducerTemplate();
        List<CompletableFuture<Exchange>> hanging = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            hanging.add(template.asyncSend("direct:clients", exchange -> {}));
        }
        await().until(() -> context.getInflightRepository().size() == 5);
        long begin = System.nanoTime();
        context.stop();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(30));
        for (CompletableFuture<Exchange> call : hanging) {
            assertThat(call.get(10, TimeUnit.SECONDS).getException()).isInstanceOf(EmqxUnavailableException.class);
        }
    }

    @Test
    void aCallThatComesAfterTheEndSaysSo() throws Exception {
        context.start();
        Endpoint endpoint = context.getEndpoint("emqx-platform:clients?operation=list");
        Producer producer = endpoint.createProducer();
        producer.start();
        Exchange before = endpoint.createExchange();
        producer.process(before);
        assertThat(before.getMessage().getBody()).isNotNull();
        context.getComponent("emqx-platform").stop();
        assertThatThrownBy(() -> producer.process(endpoint.createExchange()))
                .isInstanceOfSatisfying(EmqxUnavailableException.class, e -> {
                    assertThat(e.retryable()).isFalse();
                    assertThat(e).hasMessageContaining("has stopped");
                });
    }

    @Test
    void aRouteIsReplacedWhileTheContextRuns(@TempDir Path folder) throws Exception {
        context.getRegistry()
                .bind("file", new FileStateStore(folder.resolve("state").toString()));
        context.start();
        ProducerTemplate template = context.createProducerTemplate();
        for (int time = 0; time < 4; time++) {
            // what comes while there is no route is told by the next one, and nothing is told again
            emqx.connect("c" + time);
            context.addRoutes(routes("&stateStore=#file"));
            // made anew: removing a route removes its endpoints
            MockEndpoint events = context.getEndpoint("mock:events", MockEndpoint.class);
            events.expectedHeaderValuesReceivedInAnyOrder(EmqxPlatformConstants.KEY, "c" + time);
            events.assertIsSatisfied();
            assertThat(call(template).getException()).isNull();
            for (String route : List.of("calls", "watches")) {
                context.getRouteController().stopRoute(route);
                assertThat(context.removeRoute(route)).isTrue();
            }
        }
    }

    @Test
    void twoContextsKeepOutOfEachOthersWay() throws Exception {
        CamelContext other = new DefaultCamelContext();
        try {
            connect(other, emqx.apiUrl()).setRequestsPerSecond(7);
            for (CamelContext some : List.of(context, other)) {
                some.addRoutes(routes());
                some.start();
            }
            emqx.connect("c1");
            for (CamelContext some : List.of(context, other)) {
                MockEndpoint events = some.getEndpoint("mock:events", MockEndpoint.class);
                events.expectedMessageCount(1);
                events.assertIsSatisfied();
            }
            context.stop();
            assertThat(call(other.createProducerTemplate()).getException()).isNull();
        } finally {
            other.stop();
        }
    }

    @Test
    void aHundredStartsAndStopsLeaveNothingBehind() throws Exception {
        emqx.connect("c1");
        cycle();
        Set<Long> threads = threads();
        long heap = heap();
        for (int time = 0; time < 100; time++) {
            cycle();
        }
        await().untilAsserted(() -> {
            Set<Long> left = threads();
            left.removeAll(threads);
            assertThat(left).isEmpty();
        });
        assertThat(heap()).isLessThan(heap + (8 << 20));
    }

    private void cycle() throws Exception {
        CamelContext some = new DefaultCamelContext();
        try {
            connect(some, emqx.apiUrl());
            some.addRoutes(routes());
            some.start();
            MockEndpoint events = some.getEndpoint("mock:events", MockEndpoint.class);
            events.expectedMessageCount(1);
            events.assertIsSatisfied();
            assertThat(call(some.createProducerTemplate()).getException()).isNull();
        } finally {
            some.stop();
        }
    }

    /** Of the component and of Camel: the server's own come and go as it likes. */
    private static Set<Long> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().matches("(?i)Camel.*|.*emqx.*|.*http.?client.*|idle-connection.*"))
                .map(Thread::getId)
                .collect(Collectors.toSet());
    }

    private long heap() {
        emqx.wireMock().resetRequests();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
