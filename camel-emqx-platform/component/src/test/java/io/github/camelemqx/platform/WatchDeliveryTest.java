/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import static io.github.camelemqx.platform.EmqxPlatformConstants.EVENT_ID;
import static io.github.camelemqx.platform.EmqxPlatformConstants.EVENT_TYPE;
import static io.github.camelemqx.platform.EmqxPlatformConstants.KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelemqx.platform.test.Generation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever happens to a route in the middle of a poll, each event arrives. Failures and handled failures: see {@link WatchClientsTest}. */
@ParameterizedClass
@EnumSource(Generation.class)
class WatchDeliveryTest extends BothGenerations {

    private static final String FAST = "delay=40&initialDelay=0";
    private static final int CLIENTS = 8;

    private final List<String> told = new CopyOnWriteArrayList<>();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final AtomicBoolean open = new AtomicBoolean();

    @Test
    void aRouteThatIsSuspendedInTheMiddleOfAPollGoesOn() throws Exception {
        connectAll();
        holding("emqx-platform:clients?emitInitial=true&" + FAST);
        begun.await();
        Thread suspending = controlling(() -> context.getRouteController().suspendRoute("watch"));
        await().until(() -> watching().isSuspendingOrSuspended());
        open.set(true);
        suspending.join();
        // the one that was in the middle of it
        assertThat(told).hasSize(1);
        context.getRouteController().resumeRoute("watch");
        await().until(() -> told.size() >= CLIENTS);
        assertThat(Set.copyOf(told)).hasSize(CLIENTS);
        emqx.connect("last");
        await().until(() -> told.contains("connected last"));
        assertThat(told).hasSize(CLIENTS + 1);
    }

    @Test
    void aRouteThatIsStoppedInTheMiddleOfAPollGoesOnWhereItWas() throws Exception {
        connectAll();
        holding("emqx-platform:clients?emitInitial=true&" + FAST);
        begun.await();
        Thread stopping = controlling(() -> context.getRouteController().stopRoute("watch"));
        open.set(true);
        stopping.join();
        emqx.connect("meanwhile");
        context.getRouteController().startRoute("watch");
        await().until(() -> told.contains("connected meanwhile"));
        await().until(() -> Set.copyOf(told).size() == CLIENTS + 1);
        assertThat(told).hasSize(CLIENTS + 1);
    }

    @Test
    void aRouteThatIsStoppedAndStartedTellsWhatChangedInBetweenAndWhatIsLeft() throws Exception {
        List<Object> ids = new CopyOnWriteArrayList<>();
        emqx.connect("leaves");
        emqx.connect("stays");
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("emqx-platform:clients?emitInitial=true&" + FAST)
                        .routeId("watch")
                        .process(exchange -> {
                            String key = exchange.getMessage().getHeader(KEY, String.class);
                            if ("fails".equals(key)) {
                                ids.add(exchange.getMessage().getHeader(EVENT_ID));
                                if (!open.get()) {
                                    throw new IllegalStateException("not now");
                                }
                            }
                            told.add(exchange.getMessage().getHeader(EVENT_TYPE) + " " + key);
                        });
            }
        });
        await().until(() -> told.size() == 2);
        emqx.connect("fails");
        await().until(() -> !ids.isEmpty());
        context.getRouteController().stopRoute("watch");
        told.clear();
        // nobody sees that it was there, but that was to be told already
        emqx.disconnect("fails");
        emqx.disconnect("leaves");
        emqx.connect("comes");
        open.set(true);
        context.getRouteController().startRoute("watch");
        await().until(() -> told.size() >= 4);
        emqx.connect("last");
        await().until(() -> told.contains("connected last"));
        assertThat(told)
                .containsExactlyInAnyOrder(
                        "connected fails",
                        "disconnected fails",
                        "disconnected leaves",
                        "connected comes",
                        "connected last");
        assertThat(ids.get(ids.size() - 2)).isEqualTo(ids.get(0));
        assertThat(Set.copyOf(ids)).hasSize(2);
    }

    @Test
    void threadsCommitWhenTheyAreDone() throws Exception {
        PollOnDemand polls = new PollOnDemand();
        context.getRegistry().bind("polls", polls);
        AtomicInteger attempts = new AtomicInteger();
        List<Object> ids = new CopyOnWriteArrayList<>();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("emqx-platform:clients?scheduler=#polls").threads(2).process(exchange -> {
                    ids.add(exchange.getMessage().getHeader(EVENT_ID));
                    attempts.incrementAndGet();
                    await().until(open::get);
                    if (attempts.get() == 1) {
                        throw new IllegalStateException("not now");
                    }
                    told.add(exchange.getMessage().getHeader(KEY, String.class));
                });
            }
        });
        polls.poll();
        emqx.connect("c1");
        polls.poll();
        await().until(() -> attempts.get() == 1);
        // under way: not delivered, and not sent again
        polls.poll();
        polls.poll();
        assertThat(attempts).hasValue(1);
        open.set(true);
        await().until(() -> {
            polls.poll();
            return told.equals(List.of("c1"));
        });
        assertThat(attempts).hasValue(2);
        assertThat(Set.copyOf(ids)).hasSize(1);
    }

    @Test
    void aStepWithThreadsOfItsOwnIsPartOfTheRoute() throws Exception {
        PollOnDemand polls = new PollOnDemand();
        context.getRegistry().bind("polls", polls);
        AtomicInteger attempts = new AtomicInteger();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("emqx-platform:clients?scheduler=#polls")
                        .to("seda:step?waitForTaskToComplete=Always")
                        .process(exchange -> told.add(exchange.getMessage().getHeader(KEY, String.class)));
                from("seda:step").process(exchange -> {
                    if (attempts.incrementAndGet() < 3) {
                        throw new IllegalStateException("not now");
                    }
                });
            }
        });
        polls.poll();
        emqx.connect("c1");
        await().until(() -> {
            polls.poll();
            return !told.isEmpty();
        });
        polls.poll();
        assertThat(told).hasSize(1);
        assertThat(attempts).hasValue(3);
    }

    @Test
    void whatIsThereComesInPortions() throws Exception {
        connectAll();
        PollOnDemand polls = new PollOnDemand();
        context.getRegistry().bind("polls", polls);
        List<List<Object>> batches = new ArrayList<>();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("emqx-platform:clients?emitInitial=true&maxMessagesPerPoll=3&scheduler=#polls")
                        .process(exchange -> {
                            told.add(exchange.getMessage().getHeader(KEY, String.class));
                            batches.add(List.of(
                                    exchange.getProperty(ExchangePropertyKey.BATCH_INDEX),
                                    exchange.getProperty(ExchangePropertyKey.BATCH_SIZE),
                                    exchange.getProperty(ExchangePropertyKey.BATCH_COMPLETE)));
                        });
            }
        });
        polls.poll();
        assertThat(told).hasSize(3);
        // one that goes before it was told of
        String late = new TreeSet<>(emqx.clients().stream()
                        .map(client -> client.clientId())
                        .filter(id -> !told.contains(id))
                        .toList())
                .last();
        emqx.disconnect(late);
        polls.poll();
        polls.poll();
        assertThat(Set.copyOf(told)).hasSize(CLIENTS);
        assertThat(batches)
                .startsWith(List.of(0, 3, false), List.of(1, 3, false), List.of(2, 3, true), List.of(0, 3, false));
        polls.poll();
        assertThat(told).hasSize(CLIENTS + 1).last().isEqualTo(late);
    }

    /** What is done to a route. */
    private interface Control {
        void run() throws Exception;
    }

    private static Thread controlling(Control control) {
        Thread thread = new Thread(() -> {
            try {
                control.run();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        thread.start();
        return thread;
    }

    private EmqxPlatformConsumer watching() {
        return (EmqxPlatformConsumer) context.getRoute("watch").getConsumer();
    }

    private void connectAll() {
        for (int i = 0; i < CLIENTS; i++) {
            emqx.connect("c" + i);
        }
    }

    /** A route whose first event waits until the test lets it go. */
    private void holding(String uri) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(uri).routeId("watch").process(exchange -> {
                    begun.countDown();
                    await().until(open::get);
                    told.add(exchange.getMessage().getHeader(EVENT_TYPE) + " "
                            + exchange.getMessage().getHeader(KEY));
                });
            }
        });
    }
}
