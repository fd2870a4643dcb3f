/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.matching.MatchResult;
import io.github.camelemqx.platform.client.Deployment;
import io.github.camelemqx.platform.exception.EmqxPlatformException;
import io.github.camelemqx.platform.model.ResourceChange;
import io.github.camelemqx.platform.test.EmqxSimulator;
import io.github.camelemqx.platform.test.Generation;
import io.github.camelemqx.platform.test.PublishedMessage;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Calls of all kinds by sixteen threads, and two watches, on a line that breaks now and then to a broker that refuses now and
 * then, while clients come and go: {@code -Dsoak.seconds=600} for ten minutes, {@code -Dsoak.seed=N} for the same faults.
 */
class SoakTest {

    private static final int THREADS = 16;
    private static final int FLEET = 300;
    private static final long MEBIBYTE = 1 << 20;

    private final Duration time =
            Duration.ofSeconds(Long.getLong("soak.seconds", 30)).dividedBy(2);
    private final long seed = Long.getLong("soak.seed", System.nanoTime());
    private final AtomicBoolean over = new AtomicBoolean();
    private final Map<String, AtomicInteger> counts = new ConcurrentHashMap<>();
    private final Set<String> published = ConcurrentHashMap.newKeySet();
    private final Set<String> doubtful = ConcurrentHashMap.newKeySet();
    private final ClientStories clients = new ClientStories();
    private final Set<String> users = new TreeSet<>();
    private final ReentrantLock telling = new ReentrantLock();
    private final List<AssertionError> mistakes = new CopyOnWriteArrayList<>();

    @ParameterizedTest
    @EnumSource(Generation.class)
    void nothingIsLostStuckOrLeaked(Generation generation) throws Exception {
        System.out.println("Soak of " + generation + " for " + time + ": -Dsoak.seed=" + seed);
        CamelContext context = new DefaultCamelContext();
        try (EmqxSimulator emqx = EmqxSimulator.start(generation);
                FaultyLine line = new FaultyLine(URI.create(emqx.baseUrl()).getPort(), seed, 40)) {
            Set<Long> threadsBefore = threads().keySet();
            refuseNowAndThen(emqx);
            routes(context, emqx, line);
            soak(context, emqx, line);
            line.repair();
            over.set(true);
            account(context, emqx);
            context.stop();
            assertThat(context.getInflightRepository().size()).isZero();
            await().untilAsserted(() -> assertThat(leaked(threadsBefore)).isEmpty());
            await().untilAsserted(() -> assertThat(line.connections()).isZero());
        } finally {
            context.stop();
        }
        new TreeMap<>(counts).forEach((what, count) -> System.out.println("  " + what + ": " + count));
    }

    private void refuseNowAndThen(EmqxSimulator emqx) {
        Random chance = new Random(seed + 1);
        for (int status : List.of(429, 503, 500)) {
            emqx.wireMock()
                    .stubFor(any(anyUrl())
                            .atPriority(1)
                            .andMatching(request -> MatchResult.of(!over.get() && chance.nextInt(150) == 0))
                            .willReturn(aResponse().withStatus(status)));
        }
    }

    private void routes(CamelContext context, EmqxSimulator emqx, FaultyLine line) throws Exception {
        EmqxPlatformConfiguration connection = context.getComponent("emqx-platform", EmqxPlatformComponent.class)
                .getConfiguration();
        connection.setApiUrl(emqx.apiUrl().replaceFirst(":\\d+/", ":" + line.port() + "/"));
        connection.setAppId(emqx.appId());
        connection.setAppSecret(emqx.appSecret());
        connection.setResponseTimeout(1000);
        connection.setRequestsPerSecond(0);
        connection.setMaxRetries(2);
        connection.setRetryDelay(5);
        Random failing = new Random(seed + 2);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                for (String call : List.of(
                        "publish=messages?operation=publish&topic=soak",
                        "get=clients?operation=get",
                        "list=clients?operation=list&pageSize=100",
                        "half=clients?operation=list&pageSize=100&paging=stream",
                        "create=users?operation=create",
                        "delete=users?operation=delete",
                        "alarms=alarms?operation=list",
                        "metrics=metrics?operation=get",
                        "kick=clients?operation=kick")) {
                    String name = call.substring(0, call.indexOf('='));
                    from("direct:" + name)
                            // a failure is what the caller gets, and counts
                            .errorHandler(noErrorHandler())
                            .to("emqx-platform:" + call.substring(name.length() + 1))
                            .process(SoakTest::readSome);
                }
                for (String watched : List.of("clients", "users")) {
                    from("emqx-platform:" + watched + "?emitInitial=true&delay=150&initialDelay=0&pageSize=100"
                                    + "&runLoggingLevel=OFF")
                            .routeId(watched)
                            .errorHandler(noErrorHandler())
                            .process(exchange -> {
                                if (!over.get() && failing.nextInt(30) == 0) {
                                    count("events that a route refused");
                                    throw new IllegalStateException("refused by the route");
                                }
                            })
                            .process(exchange -> told(watched, exchange));
                }
            }
        });
        context.start();
    }

    private void told(String watched, Exchange exchange) {
        count("events of " + watched);
        ResourceChange change = exchange.getMessage().getBody(ResourceChange.class);
        telling.lock();
        try {
            if (watched.equals("clients")) {
                clients.tell(exchange.getMessage().getHeader(EmqxPlatformConstants.EVENT_ID, String.class), change);
            } else if (change.after() == null) {
                assertThat(users.remove(change.key())).as("%s", change).isTrue();
            } else {
                assertThat(users.add(change.key())).as("%s", change).isTrue();
            }
        } catch (AssertionError e) {
            mistakes.add(e);
        } finally {
            telling.unlock();
        }
    }

    private void count(String what) {
        counts.computeIfAbsent(what, none -> new AtomicInteger()).incrementAndGet();
    }

    private void soak(CamelContext context, EmqxSimulator emqx, FaultyLine line) throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(THREADS);
        ScheduledExecutorService clock = Executors.newScheduledThreadPool(1);
        long end = System.nanoTime() + time.toNanos();
        AtomicInteger number = new AtomicInteger();
        try (ProducerTemplate template = context.createProducerTemplate()) {
            List<Future<?>> running = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                Random chance = new Random(seed + 100 + thread);
                running.add(callers.submit(() -> {
                    while (System.nanoTime() < end) {
                        call(template, chance, number.incrementAndGet());
                    }
                }));
            }
            Random chance = new Random(seed + 3);
            Future<?> fleet = clock.scheduleAtFixedRate(() -> comeOrGo(emqx, chance), 0, 5, TimeUnit.MILLISECONDS);
            Future<Long> early = clock.schedule(() -> heap(emqx), time.toMillis() / 3, TimeUnit.MILLISECONDS);
            for (Future<?> one : running) {
                one.get(time.toSeconds() + 60, TimeUnit.SECONDS);
            }
            fleet.cancel(false);
            long late = heap(emqx);
            counts.put("heap after a third, KiB", new AtomicInteger((int) (early.get() / 1024)));
            counts.put("heap at the end, KiB", new AtomicInteger((int) (late / 1024)));
            counts.put("faults of the line", new AtomicInteger(line.faults()));
            assertThat(late).isLessThan(early.get() + 16 * MEBIBYTE);
        } finally {
            callers.shutdownNow();
            clock.shutdownNow();
        }
    }

    private static void comeOrGo(EmqxSimulator emqx, Random chance) {
        String client = "c" + chance.nextInt(FLEET);
        if (emqx.client(client).isPresent()) {
            emqx.disconnect(client);
        } else {
            emqx.connect(client);
        }
    }

    private void call(ProducerTemplate template, Random chance, int number) {
        String route = List.of(
                        "publish", "publish", "get", "list", "half", "create", "delete", "alarms", "metrics", "kick")
                .get(chance.nextInt(10));
        String id =
                switch (route) {
                    case "get", "kick" -> "c" + chance.nextInt(FLEET);
                    default -> "n" + number;
                };
        Map<String, Object> headers = new HashMap<>();
        Object body = null;
        switch (route) {
            case "get", "kick" -> headers.put(EmqxPlatformConstants.CLIENT_ID, id);
            case "publish" -> body = id;
            case "create" -> body = Map.of("user_id", id, "password", "p-" + id);
            case "delete" -> headers.put(EmqxPlatformConstants.ID, "n" + Math.max(1, number - chance.nextInt(200)));
            default -> {
                // nothing to say
            }
        }
        Object given = body;
        Exchange done = template.request("direct:" + route, exchange -> {
            exchange.getMessage().setBody(given);
            exchange.getMessage().setHeaders(headers);
        });
        account(route, id, done);
    }

    /** Takes some rows of a listing, and leaves the rest. */
    private static void readSome(Exchange exchange) {
        if (exchange.getMessage().getBody() instanceof Iterator<?> rows) {
            for (int row = 0; row < 10 && rows.hasNext(); row++) {
                rows.next();
            }
        }
    }

    private void account(String route, String id, Exchange done) {
        // what a listing meets while it is consumed comes in a wrapping
        Exception failure = done.getException() instanceof RuntimeCamelException wrapped
                ? (Exception) wrapped.getCause()
                : done.getException();
        if (failure == null) {
            count(route + " succeeded");
            if (route.equals("publish")) {
                published.add(id);
            }
            return;
        }
        assertThat(failure).as(route).isInstanceOf(EmqxPlatformException.class);
        count(route + " failed: " + failure.getClass().getSimpleName());
        if (route.equals("publish")) {
            // whether it arrived, nobody knows
            doubtful.add(id);
        }
    }

    private void account(CamelContext context, EmqxSimulator emqx) {
        // every message has arrived once, or its sender was told
        Map<String, Long> arrived =
                emqx.published().stream().collect(Collectors.groupingBy(PublishedMessage::text, Collectors.counting()));
        assertThat(arrived.values()).containsOnly(1L);
        assertThat(arrived.keySet()).containsAll(published);
        assertThat(arrived.keySet()).allMatch(id -> published.contains(id) || doubtful.contains(id));
        // both watches tell how it is in the end
        Map<String, String> fleet = new TreeMap<>();
        emqx.clients().forEach(client -> fleet.put(client.clientId(), client.node() + " true"));
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            telling.lock();
            try {
                assertThat(mistakes).isEmpty();
                assertThat(clients.end()).isEqualTo(fleet);
                assertThat(users).isEqualTo(emqx.users());
            } finally {
                telling.unlock();
            }
        });
        assertThat(context.getInflightRepository().size()).isZero();
        Deployment deployment = ((EmqxPlatformEndpoint) context.getEndpoints().stream()
                        .filter(EmqxPlatformEndpoint.class::isInstance)
                        .findFirst()
                        .orElseThrow())
                .deployment();
        await().untilAsserted(() -> assertThat(deployment.connections().inUse()).isZero());
        assertThat(deployment.connections().waiting()).isZero();
    }

    private static Map<Long, String> threads() {
        Map<Long, String> names = new TreeMap<>();
        Thread.getAllStackTraces().keySet().forEach(thread -> names.put(thread.getId(), thread.getName()));
        return names;
    }

    /** The threads that are there now and were not before, but for those of the server, the line, the JVM and Awaitility. */
    private static List<String> leaked(Set<Long> before) {
        return threads().entrySet().stream()
                .filter(thread -> !before.contains(thread.getKey()))
                .map(Map.Entry::getValue)
                .filter(
                        name -> !name.matches(
                                "qtp.*|Connector-Scheduler.*|faulty line|awaitility.*|.*Cleaner.*|ForkJoinPool.*|Attach Listener"))
                .toList();
    }

    /** What is in use, as little as three collections in a row leave: calls go on meanwhile. */
    private static long heap(EmqxSimulator emqx) {
        long least = Long.MAX_VALUE;
        for (int time = 0; time < 3; time++) {
            // what WireMock remembers of each request is none of ours
            emqx.wireMock().resetRequests();
            System.gc();
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }
}
