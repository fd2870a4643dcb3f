/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What was done to a recorded cluster, and when: the events of a run, put into the simulator's terms. Where an event took a
 * while, the step is where its effect shows in the recordings.
 */
final class ClusterScript {

    /**
     * A step of a run.
     *
     * @param at seconds since its beginning
     * @param releases true if it ends calls that hang
     * @param statusOnly true if what those calls then answered was not settled yet but for the status
     */
    record Step(double at, boolean releases, boolean statusOnly, Consumer<EmqxSimulator> event) {}

    /** Polls that cannot be replayed, and why. */
    private record Gap(double from, double to, boolean ofSecond, String paths, String reason) {

        boolean holds(ClusterRecording line) {
            return line.at() >= from
                    && line.at() <= to
                    && line.path().matches(paths)
                    && !(ofSecond && line.ofFirstNode());
        }
    }

    private static final String ALL = ".*";
    private static final String HALF_BOOTED = "to the others it ran already, its own API was not ready";
    private static final String REFUSED = "a node that leaves or joins refuses connections for half a second";
    private static final String FLAPPING = "twenty ids moved all the time, each poll had them elsewhere";
    private static final String BETWEEN = "clients were still connecting, moving or noticed as gone";

    private final String second;
    private final String third;
    private final List<Step> steps = new ArrayList<>();
    private final List<Gap> gaps = new ArrayList<>();

    private ClusterScript(Generation generation) {
        this.second = generation == Generation.V5 ? "emqx2@127.0.0.1" : "emqx6@127.0.0.1";
        this.third = generation == Generation.V5 ? "emqx3@127.0.0.1" : "emqx7@127.0.0.1";
        at(0, simulator -> {
            simulator.addNode(second);
            simulator.addNode(third);
        });
    }

    /** The script of a run; empty for one that cannot be replayed. */
    static Optional<ClusterScript> of(Generation generation, String run) {
        ClusterScript script = new ClusterScript(generation);
        boolean known =
                switch (generation) {
                    case V5 -> script.v5(run);
                    case V4 -> script.v4(run);
                };
        script.steps.sort(Comparator.comparing(Step::at));
        return known ? Optional.of(script) : Optional.empty();
    }

    List<Step> steps() {
        return steps;
    }

    String second() {
        return second;
    }

    /** Why a poll cannot be replayed; empty if it can. */
    Optional<String> gap(ClusterRecording line) {
        return gaps.stream().filter(gap -> gap.holds(line)).map(Gap::reason).findFirst();
    }

    private boolean v5(String run) {
        switch (run) {
            case "abc" -> killAndStopV5();
            case "a2" -> dieInAWalkV5();
            case "d" -> freezeV5();
            case "e" -> leaveV5();
            case "fg" -> moveV5();
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean v4(String run) {
        switch (run) {
            case "abc" -> killAndStopV4();
            case "d1" -> freezeV4();
            case "d2b" -> giveUpV4();
            case "f-in-otp25split" -> splitV4();
            case "fg" -> moveV4();
            default -> {
                return false;
            }
        }
        return true;
    }

    private void killAndStopV5() {
        at(0, this::usual);
        at(8.42, simulator -> simulator.killNode(second));
        at(36.9, simulator -> simulator.startNode(second));
        gap(37.1, 37.55, ALL, BETWEEN);
        at(37.3, this::secondsClients);
        at(52.3, simulator -> {
            simulator.beginStop(second);
            // the moment in which nobody polled
            passUnseen(simulator);
        });
        at(53.6, simulator -> simulator.endStop(second));
        at(76.7, simulator -> simulator.beginBoot(second));
        at(77.2, simulator -> simulator.endBoot(second));
        gap(77.38, 77.4, ALL, BETWEEN);
        at(77.61, this::secondsClients);
    }

    private void dieInAWalkV5() {
        at(0, this::withOneSubscriber);
        gap(6.51, 6.53, ".*walk.*", "the node died in the middle of that walk, at no page that is known");
        at(6.9, simulator -> simulator.killNode(second));
        at(14.5, simulator -> simulator.startNode(second));
        ownGap(14.5, 15, HALF_BOOTED);
        at(15.13, simulator -> subscriber(simulator, "s-b0", second));
        at(15.4, simulator -> {
            simulator.disconnect("s-b0");
            plain(simulator, "b", 300, second);
        });
    }

    private void freezeV5() {
        at(0, this::usual);
        at(6.54, simulator -> simulator.freezeNode(second));
        at(16.54, this::twentyComeElsewhere);
        gap(
                16.6,
                76.6,
                "/clients\\?node=emqx@.*|/nodes|/stats.*|/clients/b-00000005",
                "clients that got no CONNACK were listed and counted as connections until they gave up");
        thaw(76.55);
        gap(76.56, 78, ALL, "the second in which a thawed node catches up");
        gap(78.9, 78.95, "/monitor_current", "gauges lag by up to 7 s");
        at(106.55, simulator -> simulator.freezeNode(second));
        drop(232.01);
        thaw(253.04);
        at(271.22, simulator -> simulator.beginStop(second));
        at(271.6, simulator -> simulator.heal(second));
    }

    private void leaveV5() {
        at(0, this::withOneSubscriber);
        at(7.9, simulator -> simulator.leaveNode(second));
        ownGap(8, 8.1, REFUSED);
        at(8.6, simulator -> subscriber(simulator, "s-b0", second));
        at(21.5, simulator -> simulator.beginBoot(second));
        ownGap(21.5, 21.7, REFUSED);
        at(22.1, simulator -> simulator.endBoot(second));
        at(22.3, simulator -> subscriber(simulator, "s-b0", second));
        at(30.6, simulator -> simulator.killNode(second));
        at(41.2, simulator -> simulator.startNode(second));
        at(41.7, simulator -> subscriber(simulator, "s-b0", second));
        at(42.2, simulator -> plain(simulator, "b", 300, second));
        at(47.19, simulator -> simulator.beginStop(second));
        at(48.8, simulator -> simulator.endStop(second));
        at(54.1, simulator -> simulator.forceLeaveNode(second));
        at(63.4, simulator -> simulator.beginBoot(second));
        at(74.5, simulator -> simulator.killNode(second));
    }

    private void moveV5() {
        move(3.49, 5.5, 7.6, 9.6, 10.6, 12.61, 16.61, 19.98);
        leaveSessions(24.37, 14.61, 42.61, 45.625, 49.62, 50.6);
        gap(3.49, 3.495, "/metrics.*", BETWEEN);
        gap(19.63, 19.97, ALL, BETWEEN);
        gap(23.98, 24.36, ALL, BETWEEN);
        gap(27.38, 42.6, ALL, FLAPPING);
        gap(64.1, 80, "/metrics.*", "the sum does not tell which node had counted what");
        at(64.13, simulator -> simulator.killNode(second));
        at(71.65, simulator -> simulator.startNode(second));
    }

    private void killAndStopV4() {
        at(0, this::usual);
        at(8.7, simulator -> simulator.killNode(second));
        at(41.7, simulator -> simulator.startNode(second));
        gap(41.9, 41.93, "/nodes/[^/]+/(metrics|clients\\?.*)|.*walk.*|/nodes/[^/]+", BETWEEN);
        gap(41.94, 41.96, "/metrics|/nodes|/clients.*", BETWEEN);
        at(41.75, this::secondsClients);
        gap(57, 57.05, ".*walk.*", "the node stopped in the middle of that walk");
        at(57.06, simulator -> simulator.beginStop(second));
        at(62.5, simulator -> simulator.endStop(second));
        at(90.6, simulator -> simulator.beginBoot(second));
        at(90.77, simulator -> simulator.endBoot(second));
        at(91.1, this::secondsClients);
        gap(91.16, 91.18, "/nodes/[^/]+", BETWEEN);
    }

    private void freezeV4() {
        at(0, this::usual);
        at(6.46, simulator -> simulator.freezeNode(second));
        at(16.46, this::twentyComeElsewhere);
        thaw(66.47);
        gap(66.48, 67.05, ALL, "the second in which a thawed node catches up");
        at(67, simulator -> {
            for (int i = 0; i < 4; i++) {
                subscriber(simulator, "s-b" + i, second);
            }
        });
    }

    private void giveUpV4() {
        at(0, simulator -> {
            usual(simulator);
            simulator.connect(
                    ClientOptions.of("left").node(second).cleanStart(false).expiryInterval(7200));
            simulator.subscribe("left", "left", 1);
            simulator.disconnect("left");
        });
        at(6.57, simulator -> simulator.freezeNode(second));
        gap(86.605, 86.615, "/nodes/[^/]+", "the recorder kept only that it was answered");
        drop(147.9);
        at(150, simulator -> simulator.disconnect("s-b9"));
        thaw(167.99);
        at(186.46, simulator -> simulator.beginStop(second));
        at(187.2, simulator -> {
            simulator.heal(second);
            for (int i = 0; i < 6; i++) {
                subscriber(simulator, "s-b" + i, second);
            }
        });
        at(188.1, simulator -> {
            for (int i = 6; i < 9; i++) {
                subscriber(simulator, "s-b" + i, second);
            }
        });
    }

    /** The cluster had fallen apart into three nodes. */
    private void splitV4() {
        at(0, simulator -> {
            simulator.cutOffNode(second);
            simulator.cutOffNode(third);
        });
        move(3.48, 5.49, 9.55, 13.56, 14.56, 16.56, 22.57, 25.8);
        gap(3.48, 3.5, "/clients\\?.*", BETWEEN);
    }

    private void moveV4() {
        move(3.38, 5.39, 7.52, 9.52, 10.52, 12.53, 16.53, 19.85);
        leaveSessions(24.18, 14.53, 42.45, 45.465, 49.47, 50.48);
        gap(3.38, 3.385, "/metrics", BETWEEN);
        gap(5.385, 5.395, "/metrics", BETWEEN);
        gap(19.55, 19.84, ALL, BETWEEN);
        gap(23.86, 24.17, ALL, BETWEEN);
        gap(27.18, 42.44, ALL, FLAPPING);
        at(
                53.9,
                simulator ->
                        persistent(simulator, "p-move", simulator.generation().firstNode(), kept(simulator)));
        at(56, simulator -> simulator.disconnect("p-move"));
    }

    /** Takeovers and sessions that are kept, by the times of the events (f1) to (f3). */
    private void move(double... times) {
        at(0, simulator -> {
            plain(simulator, "a", 300, simulator.generation().firstNode());
            plain(simulator, "b", 300, second);
        });
        at(times[0], simulator -> simulator.connect("t-clean"));
        at(times[1], simulator -> simulator.connect(ClientOptions.of("t-clean").node(second)));
        at(times[2], simulator -> simulator.connect("t-clean"));
        at(times[3], simulator -> simulator.disconnect("t-clean"));
        at(
                times[4],
                simulator ->
                        persistent(simulator, "t-pers", simulator.generation().firstNode(), kept(simulator)));
        at(times[5], simulator -> persistent(simulator, "t-pers", second, kept(simulator)));
        at(
                times[6],
                simulator ->
                        persistent(simulator, "t-pers", simulator.generation().firstNode(), kept(simulator)));
        at(
                times[7],
                simulator -> plain(simulator, "b", 300, simulator.generation().firstNode()));
    }

    /** Clients that move back, twenty that flap, and sessions left behind, by the times of (f3) to (g). */
    private void leaveSessions(double... times) {
        at(times[0], simulator -> plain(simulator, "b", 300, second));
        at(times[1], simulator -> simulator.disconnect("t-pers"));
        at(times[2], simulator -> {
            persistent(simulator, "p-graceful", simulator.generation().firstNode(), kept(simulator));
            persistent(simulator, "p-drop", second, kept(simulator));
            persistent(simulator, "p-move", second, kept(simulator));
            persistent(simulator, "p-short", simulator.generation().firstNode(), 5);
        });
        at(times[3], simulator -> List.of("p-graceful", "p-drop", "p-move", "p-short")
                .forEach(simulator::disconnect));
        at(
                times[4],
                simulator ->
                        persistent(simulator, "p-move", simulator.generation().firstNode(), kept(simulator)));
        at(times[5], simulator -> simulator.expireSession("p-short"));
    }

    /** In seconds: what the test clients asked for, and what a broker of generation 4 gives to MQTT 3.1.1. */
    private static int kept(EmqxSimulator simulator) {
        return simulator.generation() == Generation.V5 ? 300 : 7200;
    }

    // what clusters are made of

    private void usual(EmqxSimulator simulator) {
        String first = simulator.generation().firstNode();
        plain(simulator, "a", 300, first);
        for (int i = 0; i < 10; i++) {
            subscriber(simulator, "s-a" + i, first);
        }
        secondsClients(simulator);
        plain(simulator, "c", 50, third);
    }

    private void secondsClients(EmqxSimulator simulator) {
        plain(simulator, "b", 300, second);
        for (int i = 0; i < 10; i++) {
            subscriber(simulator, "s-b" + i, second);
        }
    }

    private void withOneSubscriber(EmqxSimulator simulator) {
        plain(simulator, "a", 300, simulator.generation().firstNode());
        plain(simulator, "b", 300, second);
        subscriber(simulator, "s-b0", second);
        plain(simulator, "c", 50, third);
    }

    private static void plain(EmqxSimulator simulator, String prefix, int clients, String node) {
        for (int i = 0; i < clients; i++) {
            simulator.connect(ClientOptions.of(String.format(Locale.ROOT, "%s-%08d", prefix, i))
                    .node(node));
        }
    }

    private static void subscriber(EmqxSimulator simulator, String clientId, String node) {
        simulator.connect(ClientOptions.of(clientId).node(node));
        simulator.subscribe(clientId, "topic/" + clientId, 0);
    }

    private static void persistent(EmqxSimulator simulator, String clientId, String node, int expiry) {
        simulator.connect(
                ClientOptions.of(clientId).node(node).cleanStart(false).expiryInterval(expiry));
        simulator.subscribe(clientId, "topic/" + clientId, 1);
    }

    /** Twenty clients of the frozen node come elsewhere and get no CONNACK; ten subscribers of it give up. */
    private void twentyComeElsewhere(EmqxSimulator simulator) {
        for (int i = 0; i < 20; i++) {
            String clientId = String.format(Locale.ROOT, "b-%08d", i);
            assertThatThrownBy(() -> simulator.connect(clientId)).isInstanceOf(IllegalStateException.class);
        }
        for (int i = 0; i < 10; i++) {
            simulator.disconnect("s-b" + i);
        }
    }

    private static void passUnseen(EmqxSimulator simulator) {
        for (String path : List.of("/nodes", "/clients/b-00000005")) {
            try {
                RawHttp.call(simulator, "GET", path, null);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void at(double seconds, Consumer<EmqxSimulator> event) {
        steps.add(new Step(seconds, false, false, event));
    }

    private void thaw(double seconds) {
        steps.add(new Step(seconds, true, true, simulator -> simulator.thawNode(second)));
    }

    private void drop(double seconds) {
        steps.add(new Step(seconds, true, false, simulator -> simulator.dropFrozenNode(second)));
    }

    private void gap(double from, double to, String paths, String reason) {
        gaps.add(new Gap(from, to, false, paths, reason));
    }

    /** Of the second node's own API only. */
    private void ownGap(double from, double to, String reason) {
        gaps.add(new Gap(from, to, true, ALL, reason));
    }
}
