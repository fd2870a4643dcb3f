/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import static io.github.camelemqx.platform.EmqxPlatformConstants.EVENT_TYPE;
import static io.github.camelemqx.platform.EmqxPlatformConstants.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelemqx.platform.model.ResourceChange;
import io.github.camelemqx.platform.test.ClientOptions;
import io.github.camelemqx.platform.test.churn.MovableClock;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.spi.ExceptionHandler;
import org.junit.jupiter.api.BeforeEach;

/**
 * A test that watches a cluster of three nodes, poll by poll, as it was measured in emqx-api/clusters.md: the first is the
 * one that is asked, the second gets into trouble, the third is a bystander. Five seconds pass before each poll.
 */
abstract class WatchedCluster extends BothGenerations {

    /** Clients of each node: more than leave a node by chance, where nodes are not listed. */
    static final int CLIENTS = 12;

    /** The default of the option {@code nodeGrace}, and a little more. */
    static final Duration GRACE = Duration.ofSeconds(11);

    final List<Message> events = new ArrayList<>();
    /** Of polls that were not complete. */
    final List<Throwable> failures = new ArrayList<>();

    String first;
    String second;
    String third;

    private final MovableClock clock = new MovableClock();
    private final PollOnDemand polls = new PollOnDemand();

    @Override
    Clock clock() {
        return clock;
    }

    @BeforeEach
    void form() {
        first = generation.firstNode();
        second = first.replace("@", "-b@");
        third = first.replace("@", "-c@");
        emqx.addNode(second);
        emqx.addNode(third);
        for (int i = 0; i < CLIENTS; i++) {
            connect("a" + i, first);
            connect("b" + i, second);
            connect("c" + i, third);
        }
        // the nodes have been up for a while
        pass(Duration.ofMinutes(10));
    }

    void connect(String clientId, String node) {
        emqx.connect(ClientOptions.of(clientId).node(node));
    }

    /** A client whose session outlives its connection. */
    void connectSession(String clientId, String node) {
        emqx.connect(ClientOptions.of(clientId).node(node).cleanStart(false).expiryInterval(3600));
    }

    void pass(Duration time) {
        clock.pass(time);
    }

    /** Begins to watch; the first poll tells nothing. */
    void watch(String uri) throws Exception {
        context.getRegistry().bind("polls", polls);
        context.getRegistry().bind("failures", new Failures());
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("emqx-platform:" + uri + (uri.contains("?") ? "&" : "?")
                                + "scheduler=#polls&exceptionHandler=#failures")
                        .process(exchange -> events.add(exchange.getMessage().copy()));
            }
        });
        poll();
        assertThat(events).isEmpty();
        assertThat(failures).isEmpty();
    }

    void poll() {
        pass(Duration.ofSeconds(5));
        polls.poll();
    }

    void poll(int times) {
        for (int i = 0; i < times; i++) {
            poll();
        }
    }

    void assertNothingTold() {
        assertThat(told()).isEmpty();
    }

    /** What was told since this was asked last is this, in any order, and nothing else. */
    void assertTold(String... expected) {
        assertTold(Stream.of(expected));
    }

    @SafeVarargs
    final void assertTold(Stream<String>... expected) {
        List<String> all = new ArrayList<>();
        for (Stream<String> some : expected) {
            some.forEach(all::add);
        }
        assertThat(told()).containsExactlyInAnyOrderElementsOf(all);
        events.clear();
    }

    List<String> told() {
        return events.stream()
                .map(event -> event.getHeader(EVENT_TYPE) + " " + event.getHeader(KEY))
                .toList();
    }

    /** The change of an event that was told. */
    ResourceChange change(String told) {
        return events.get(told().indexOf(told)).getBody(ResourceChange.class);
    }

    /** The same of all clients of a node, by the letter of their ids. */
    static Stream<String> all(String type, String letter) {
        return some(type, letter, 0, CLIENTS);
    }

    static Stream<String> some(String type, String letter, int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> type + " " + letter + i);
    }

    private final class Failures implements ExceptionHandler {

        @Override
        public void handleException(Throwable exception) {
            failures.add(exception);
        }

        @Override
        public void handleException(String message, Throwable exception) {
            failures.add(exception);
        }

        @Override
        public void handleException(String message, Exchange exchange, Throwable exception) {
            failures.add(exception);
        }
    }
}
