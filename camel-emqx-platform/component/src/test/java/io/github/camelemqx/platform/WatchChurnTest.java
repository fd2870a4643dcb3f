/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import io.github.camelemqx.platform.client.Deployment;
import io.github.camelemqx.platform.exception.EmqxPlatformException;
import io.github.camelemqx.platform.model.ResourceChange;
import io.github.camelemqx.platform.test.Generation;
import io.github.camelemqx.platform.test.churn.ChurningCluster;
import io.github.camelemqx.platform.test.churn.MovableClock;
import io.github.camelemqx.platform.watch.PollReport;
import io.github.camelemqx.platform.watch.Watch;
import io.github.camelemqx.platform.watch.WatchEvent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Clients come, go and move at random, nodes freeze, die, split off and come back, answers fail, events fail to be delivered: what
 * the events tell must be one possible story of each client, without a disconnection that was none, that ends with what is true
 * whenever all is quiet. The watch is driven as its consumer drives it, over real HTTP.
 *
 * <p>System properties: {@code seed} runs that one only; {@code churn.polls} and {@code churn.clients} are the numbers of all runs
 * together.
 */
@ParameterizedClass
@EnumSource(Generation.class)
class WatchChurnTest extends BothGenerations {

    private static final long[] SEEDS = {1, 2, 3};
    private static final int RUNS = 2 * SEEDS.length;
    private static final int POLLS = Integer.getInteger("churn.polls", 1_000) / RUNS;
    private static final int CLIENTS = Integer.getInteger("churn.clients", 10_000) / RUNS;
    private static final int POLLS_TO_QUIET = 20;
    private static final int TRAIL = 40;
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final Duration LOSS = Duration.ofSeconds(40);

    private final MovableClock clock = new MovableClock();
    private final ClientStories stories = new ClientStories();
    private final Map<String, Integer> events = new TreeMap<>();
    private final Set<String> known = new HashSet<>();
    private final Map<Instant, Integer> steps = new HashMap<>();
    /** Events that the route has not finished with. */
    private final List<WatchEvent> underWay = new ArrayList<>();

    private final Deque<String> trail = new ArrayDeque<>();

    private Random random;
    private ChurningCluster cluster;
    private Watch watch;
    private Deployment patient;
    private Deployment impatient;
    private Deployment used;
    private int requests;
    private int confirmations;
    private int incomplete;
    private int failedDeliveries;

    @Override
    Clock clock() {
        return clock;
    }

    static LongStream seeds() {
        Long only = Long.getLong("seed");
        return only == null ? LongStream.of(SEEDS) : LongStream.of(only);
    }

    @BeforeEach
    void connections() {
        // a poll follows another as fast as the machine goes
        patient = deployment("?requestsPerSecond=0");
        impatient = deployment("?requestsPerSecond=0&responseTimeout=40");
    }

    private Deployment deployment(String options) {
        return context.getEndpoint("emqx-platform:clients" + options, EmqxPlatformEndpoint.class)
                .deployment();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theStoriesEndWithTheTruth(long seed) {
        try {
            run(seed);
        } finally {
            System.out.printf(
                    "%s, seed %d: %d polls (%d incomplete), %d requests, %d confirmations, events %s, failed deliveries %d, of %s%n",
                    generation,
                    seed,
                    cluster.step(),
                    incomplete,
                    requests,
                    confirmations,
                    events,
                    failedDeliveries,
                    cluster.happened());
        }
        assertThat(events.keySet()).contains("connected", "reconnected", "disconnected", "unreachable", "deleted");
        assertThat(incomplete).isPositive();
        assertThat(failedDeliveries).isPositive();
    }

    private void run(long seed) {
        random = new Random(seed);
        emqx.hangScale(Duration.ofMillis(1));
        String first = generation.firstNode();
        List<String> ids =
                IntStream.range(0, CLIENTS).mapToObj(i -> "client-" + i).toList();
        // node names whose order is not that of their joining
        List<String> nodes = List.of(first, first.replace("@", "-b@"), first.replace("@", "2@"));
        cluster = new ChurningCluster(emqx, clock, random, nodes, ids, LOSS);
        open(50 + random.nextInt(200));
        poll(true);
        for (int poll = 1; poll < POLLS; poll++) {
            boolean quiet = poll % POLLS_TO_QUIET == 0 || poll == POLLS - 1;
            if (quiet) {
                settle();
            } else {
                disturbed();
            }
        }
    }

    private void open(int pageSize) {
        used = patient;
        watch = new WatchByHand(catalog(), () -> used, emqx.apiUrl(), clock, GRACE, LOSS).open(true, pageSize);
    }

    /** A poll while all sorts of things happen, before it and in the middle of it. */
    private void disturbed() {
        cluster.resume();
        cluster.churn(CLIENTS / 20);
        if (random.nextInt(3) == 0) {
            cluster.trouble();
        }
        if (random.nextInt(3) == 0) {
            emqx.afterPages(1 + random.nextInt(12), () -> cluster.churn(CLIENTS / 20));
        }
        if (random.nextInt(10) == 0) {
            emqx.afterPages(1 + random.nextInt(12), cluster::trouble);
        }
        used = cluster.hasFrozen() && random.nextBoolean() ? impatient : patient;
        emqx.wireMock().setGlobalFixedDelay(random.nextInt(20) == 0 ? 20 : 0);
        StubMapping fault = random.nextInt(6) == 0 ? emqx.wireMock().stubFor(fault()) : null;
        poll(false);
        if (fault != null) {
            emqx.wireMock().removeStub(fault);
        }
    }

    /** The truth, when nothing happens any more and everything has arrived. */
    private void settle() {
        cluster.calm();
        used = patient;
        emqx.wireMock().setGlobalFixedDelay(0);
        // the nodes are back; their grace is over; the rows that are still missing are gone
        poll(true);
        clock.pass(GRACE);
        poll(true);
        poll(true);
        assertThat(watch.pending()).isZero();
        assertThat(watch.lastReport()).map(PollReport::candidates).contains(0);
        Map<String, String> truth = cluster.truth();
        Map<String, String> told = stories.end();
        Set<String> different = new TreeSet<>(truth.keySet());
        different.addAll(told.keySet());
        different.removeIf(id -> Objects.equals(truth.get(id), told.get(id)));
        assertThat(different)
                .as(() -> different.stream()
                        .map(id -> id + " is " + truth.get(id) + ", and told " + told.get(id))
                        .collect(Collectors.joining("; ")))
                .isEmpty();
        assertThat(watch.size()).isEqualTo(truth.size());
    }

    private MappingBuilder fault() {
        List<String> paths = List.of("/clients", "/nodes/.*/clients", "/nodes", "/clients/[^/]+", "/alarms.*", "/.*");
        MappingBuilder call = any(urlPathMatching("/api/v[45]" + paths.get(random.nextInt(paths.size()))));
        if (random.nextBoolean()) {
            call.withQueryParam(v5() ? "page" : "_page", equalTo(String.valueOf(1 + random.nextInt(3))));
        }
        ResponseDefinitionBuilder answer =
                switch (random.nextInt(6)) {
                    case 0 -> aResponse().withStatus(500).withBody("Internal Error");
                    case 1 -> aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER);
                    case 2 ->
                        aResponse()
                                .withBody(
                                        "{\"code\":0,\"meta\":{\"page\":1},\"data\":[{\"clientid\":\"client-1\",\"nod");
                    case 3 ->
                        aResponse()
                                .withHeader("Content-Type", "text/html")
                                .withBody("<html><body>Sign in</body></html>");
                    case 4 ->
                        aResponse()
                                .withStatus(404)
                                .withBody("{\"code\":\"NOT_FOUND\",\"message\":\"Request Path Not Found\"}");
                    default -> aResponse().withFault(Fault.EMPTY_RESPONSE);
                };
        return call.atPriority(1 + random.nextInt(9)).willReturn(answer);
    }

    /** One poll and its deliveries, as the consumer does it. */
    private void poll(boolean well) {
        clock.pass(Duration.ofSeconds(5));
        List<WatchEvent> late = List.copyOf(underWay);
        underWay.clear();
        steps.put(clock.instant(), cluster.step());
        try {
            watch.poll();
        } catch (EmqxPlatformException e) {
            if (well) {
                throw new AssertionError("A poll failed though all was well", e);
            }
        }
        leaveTrail();
        cluster.endStep();
        count();
        late.forEach(this::arrived);
        watch.commit();
        Iterator<WatchEvent> deliveries = watch.deliveries();
        int most = well || random.nextInt(4) > 0 ? Integer.MAX_VALUE : random.nextInt(50);
        while (most-- > 0 && deliveries.hasNext()) {
            deliver(deliveries.next(), well);
        }
        watch.commit();
        emqx.wireMock().resetRequests();
    }

    private void count() {
        PollReport report = watch.lastReport().orElseThrow();
        requests += report.requests();
        confirmations += report.confirmations();
        incomplete += report.complete() ? 0 : 1;
    }

    private void deliver(WatchEvent event, boolean well) {
        if (known.add(event.id())) {
            events.merge(event.type(), 1, Integer::sum);
            check((ResourceChange) event.body());
        }
        int fate = well ? 9 : random.nextInt(10);
        if (fate == 0) {
            failedDeliveries++;
            watch.failed(event);
        } else if (fate == 1) {
            underWay.add(event);
        } else {
            arrived(event);
        }
    }

    private void arrived(WatchEvent event) {
        stories.tell(event.id(), (ResourceChange) event.body());
        watch.delivered(event);
    }

    /** Notes how the nodes are and what was called, for whoever reads that a test failed. */
    private void leaveTrail() {
        List<String> calls = emqx.wireMock().getAllServeEvents().stream()
                .map(call ->
                        call.getRequest().getUrl() + " " + call.getResponse().getStatus())
                .collect(Collectors.toCollection(ArrayList::new));
        Collections.reverse(calls);
        trail.addLast(cluster.nodes() + " " + calls);
        if (trail.size() > TRAIL) {
            trail.removeFirst();
        }
    }

    /** The polls before and since an event was seen. */
    private String trail(int step, String id) {
        int from = Math.max(0, trail.size() - (cluster.step() - step) - 12);
        return trail.stream().skip(from).collect(Collectors.joining("\n", "\nnow " + cluster.now(id) + "\n", "\n"));
    }

    /** What an event says was true when it was seen, not only in the end. */
    private void check(ResourceChange change) {
        int step = steps.get(change.detectedAt());
        switch (change.type()) {
            case "disconnected", "deleted" -> {
                String node = String.valueOf(change.before().get("node"));
                boolean givenUp = change.after() != null && change.after().containsKey("reason");
                if (givenUp) {
                    assertThat(cluster.wasInTrouble(node, step))
                            .as(change.toString())
                            .isTrue();
                } else if (change.after() != null) {
                    // the row says so itself, whatever there is on the other side of a split
                    assertThat(cluster.wasOffline(change.key(), step))
                            .as(change.toString())
                            .isTrue();
                } else {
                    assertThat(cluster.wasConnectedThroughout(change.key(), step))
                            .as(
                                    "%s, though it was connected all the time in step %d of %d, after %s",
                                    change, step, cluster.step(), trail(step, change.key()))
                            .isFalse();
                }
            }
            case "unreachable" ->
                assertThat(cluster.wasInTrouble(String.valueOf(change.before().get("node")), step))
                        .as("%s, though its node was well", change)
                        .isTrue();
            default -> assertThat(change.after()).containsEntry("clientid", change.key());
        }
    }
}
