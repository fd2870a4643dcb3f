/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.benchmarks.churn;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;

import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import io.github.camelemqx.platform.test.EmqxSimulator;
import io.github.camelemqx.platform.test.Generation;
import io.github.camelemqx.platform.test.churn.ChurningCluster;
import io.github.camelemqx.platform.test.churn.MovableClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * One observer beside one cluster. What happens in the middle of a poll happens after it if it had fewer pages: so the same happens
 * in each step whoever looks, and however many calls that takes.
 */
final class ChurnRun implements AutoCloseable {

    /** The defaults of a watch: how long a node must be back, and how long nodes are believed in that are cut off. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private static final Duration LOSS = Duration.ofMinutes(5);

    private static final Duration BETWEEN_POLLS = Duration.ofSeconds(5);
    private static final int POLLS_TO_QUIET = 20;
    /** One in so many clients, or fewer, does something at once. */
    private static final int BUSY = 20;

    private final ChurnPlan plan;
    private final MovableClock clock = new MovableClock();
    private final Random chance;
    private final EmqxSimulator emqx;
    private final List<String> ids;
    private final ChurningCluster cluster;
    private final Steps steps = new Steps();
    private final Observer observer;
    private final Consumer<String> wrong;
    /** What is to happen before this poll's step is over, in order. */
    private final Queue<Runnable> due = new ArrayDeque<>();

    private int polls;
    private int failed;
    private int quiet;

    /** @param wrong gets a line for each event that was invented or missed */
    ChurnRun(ChurnPlan plan, Consumer<String> wrong) throws Exception {
        this.plan = plan;
        this.wrong = wrong;
        this.chance = new Random(plan.seed());
        this.emqx = EmqxSimulator.start(plan.generation(), clock);
        emqx.hangScale(Duration.ofMillis(1));
        String first = plan.generation().firstNode();
        // node names whose order is not that of their joining
        List<String> nodes = List.of(first, first.replace("@", "-b@"), first.replace("@", "2@"));
        this.ids =
                IntStream.range(0, plan.clients()).mapToObj(i -> "client-" + i).toList();
        this.cluster = new ChurningCluster(emqx, clock, new Random(chance.nextLong()), nodes, ids, LOSS);
        this.observer = Observer.of(plan.observer(), new Observer.Surroundings(emqx, clock, plan.pageSize(), steps));
    }

    /** Lets it happen, and holds what was told against it. */
    ChurnFigures run() {
        if (!poll(null)) {
            throw new IllegalStateException("The first poll failed though all was well");
        }
        if (!observer.told().isEmpty()) {
            throw new IllegalStateException("The first poll told what was there before");
        }
        Ledger ledger = new Ledger(cluster, ids, plan.generation(), wrong);
        while (polls < plan.polls()) {
            disturbed(ledger);
            if (polls % POLLS_TO_QUIET == 0 || polls >= plan.polls()) {
                settle(ledger);
            }
        }
        return new ChurnFigures(
                plan,
                polls,
                failed,
                quiet,
                ledger.events(),
                ledger.invented(),
                ledger.inventedThoughWell(),
                ledger.missed(),
                ledger.absences().all(),
                ledger.absences().untold(),
                cluster.happened());
    }

    /** A poll while all sorts of things happen, before it and in the middle of it. */
    private void disturbed(Ledger ledger) {
        cluster.resume();
        cluster.churn(busy());
        if (chance.nextInt(3) == 0) {
            cluster.trouble();
        }
        int page = 1 + chance.nextInt(plan.pages());
        if (chance.nextInt(2) == 0) {
            inTheMiddle(page, () -> cluster.churn(busy()));
        }
        if (chance.nextInt(10) == 0) {
            inTheMiddle(page + chance.nextInt(plan.pages()), cluster::trouble);
        }
        StubMapping fault = chance.nextInt(6) == 0 ? unavailable(1 + chance.nextInt(3)) : null;
        poll(ledger);
        if (fault != null) {
            emqx.wireMock().removeStub(fault);
        }
    }

    private int busy() {
        return Math.max(1, plan.clients() / BUSY);
    }

    private void inTheMiddle(int pages, Runnable event) {
        due.add(event);
        emqx.afterPages(pages, () -> happen(event));
    }

    private void happen(Runnable event) {
        // of a poll before this one it has happened
        if (due.remove(event)) {
            event.run();
        }
    }

    /** A page of each listing is not to be had. */
    private StubMapping unavailable(int page) {
        String parameter = plan.generation() == Generation.V5 ? "page" : "_page";
        return emqx.wireMock()
                .stubFor(get(urlPathMatching("/api/v[45](/nodes/.*)?/clients"))
                        .withQueryParam(parameter, equalTo(String.valueOf(page)))
                        .atPriority(1)
                        .willReturn(aResponse().withStatus(503).withBody("Service Unavailable")));
    }

    /** Everything is well again, and quiet for as long as it takes to be sure of it. */
    private void settle(Ledger ledger) {
        cluster.calm();
        boolean complete = poll(ledger);
        clock.pass(GRACE);
        complete &= poll(ledger);
        complete &= poll(ledger);
        if (!complete) {
            throw new IllegalStateException("A poll failed though all was well");
        }
        quiet++;
        ledger.quiet();
    }

    /** @param ledger null for the first poll */
    private boolean poll(Ledger ledger) {
        clock.pass(BETWEEN_POLLS);
        steps.begin(clock.instant(), cluster.step());
        boolean complete = observer.poll();
        while (!due.isEmpty()) {
            due.remove().run();
        }
        int step = cluster.step();
        cluster.endStep();
        if (ledger != null) {
            observer.told().forEach(ledger::tell);
            ledger.ended(step);
        }
        emqx.wireMock().resetRequests();
        polls++;
        failed += complete ? 0 : 1;
        return complete;
    }

    @Override
    public void close() {
        observer.close();
        emqx.close();
    }
}
