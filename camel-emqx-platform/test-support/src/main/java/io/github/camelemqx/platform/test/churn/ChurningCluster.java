/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.churn;

import io.github.camelemqx.platform.test.ClientOptions;
import io.github.camelemqx.platform.test.EmqxSimulator;
import io.github.camelemqx.platform.test.NodeCondition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Clients that come, go and move at random in a cluster whose nodes get into trouble at random, with a record of what was true
 * when. Time goes from one poll's end to the next one's: step by step. Safe for the threads of the simulator.
 */
public final class ChurningCluster {

    private final EmqxSimulator emqx;
    private final MovableClock clock;
    private final Random random;
    private final List<String> ids;
    private final Duration loss;
    /** The first one is asked, and is well. */
    private final List<String> nodes;

    private final ReentrantLock lock = new ReentrantLock();
    /** What each node has: ids, and whether they are connected. */
    private final Map<String, Map<String, Boolean>> clients = new LinkedHashMap<>();

    private final Map<String, NodeCondition> conditions = new HashMap<>();
    /** What takes effect when a frozen node goes on: who said goodbye, and who is discarded. */
    private final Map<String, Set<String>> leaving = new HashMap<>();

    private final Map<String, Set<String>> discarded = new HashMap<>();
    /** The steps in which a client had no connection at some moment, and those at whose end it had one. */
    private final Map<String, BitSet> gaps = new HashMap<>();

    private final Map<String, BitSet> connectedAtEnd = new HashMap<>();
    /** The steps in which its session was without a connection on some node at some moment. */
    private final Map<String, BitSet> offline = new HashMap<>();
    /** The steps in which a node was not running at some moment. */
    private final Map<String, BitSet> troubles = new HashMap<>();

    /** When the alarm of a split was last active while a node was cut off. */
    private final Map<String, Instant> alarmed = new HashMap<>();

    /** All connections that a client has had. */
    private final Map<String, List<Connection>> connections = new HashMap<>();

    private final Map<String, Integer> happened = new TreeMap<>();
    /** What clients did last, for whoever reads that a test failed. */
    private final Map<String, Deque<String>> deeds = new HashMap<>();

    private int step;
    private Instant stepBegin;
    private boolean quiet;

    /**
     * That a client was let in.
     *
     * @param node by which node
     * @param at when, by the simulator's clock: what listings show as {@code connected_at}
     */
    public record Connection(String node, Instant at) {}

    /**
     * Begins with most clients connected and all nodes well.
     *
     * @param emqx just started; nodes that it lacks are added
     * @param clock the simulator's: it goes on with what clients do
     * @param random decides what happens, and nothing else: the same seed and the same calls make the same story
     * @param nodes the first one is asked, and is never in trouble
     * @param ids of all clients that there may be; those whose hash is a multiple of 3 leave sessions behind
     * @param loss after which, counted from the end of the alarm, nobody believes in a node that is cut off
     */
    public ChurningCluster(
            EmqxSimulator emqx,
            MovableClock clock,
            Random random,
            List<String> nodes,
            List<String> ids,
            Duration loss) {
        this.emqx = emqx;
        this.clock = clock;
        this.loss = loss;
        this.stepBegin = clock.instant();
        this.random = random;
        this.nodes = nodes;
        this.ids = ids;
        for (String node : nodes) {
            emqx.addNode(node);
            clients.put(node, new HashMap<>());
            conditions.put(node, NodeCondition.RUNNING);
            leaving.put(node, new HashSet<>());
            discarded.put(node, new HashSet<>());
            troubles.put(node, new BitSet());
        }
        for (String id : ids) {
            gaps.put(id, new BitSet());
            connectedAtEnd.put(id, new BitSet());
            offline.put(id, new BitSet());
            if (random.nextInt(10) < 7) {
                connect(id, any(nodes));
            }
        }
    }

    // what happens

    /**
     * Some clients do something, unless all is to be calm.
     *
     * @param most how many at the most
     */
    public void churn(int most) {
        if (!lock.tryLock()) {
            // a call that nobody waits for any more: the simulator's thread must not wait for one that waits for it
            return;
        }
        try {
            for (int i = random.nextInt(most + 1); i > 0 && !quiet; i--) {
                clock.pass(Duration.ofMillis(random.nextInt(40)));
                act(any(ids));
            }
        } finally {
            lock.unlock();
        }
    }

    private void act(String id) {
        String node = home(id);
        String was = homes(id);
        acts(id, node);
        if (!was.equals(homes(id))) {
            Deque<String> done = deeds.computeIfAbsent(id, key -> new ArrayDeque<>());
            done.addLast(step + " " + clock.instant() + " " + homes(id));
            if (done.size() > 8) {
                done.removeFirst();
            }
        }
    }

    private void acts(String id, String node) {
        if (node == null) {
            connect(id, any(nodes));
            return;
        }
        boolean connected = clients.get(node).get(id);
        NodeCondition condition = conditions.get(node);
        switch (random.nextInt(6)) {
            case 0, 1 -> connect(id, any(nodes));
            case 2 -> connect(id, node);
            case 3, 4 -> {
                if (connected) {
                    disconnect(id, node, condition);
                }
            }
            default -> {
                if (!connected && condition == NodeCondition.RUNNING) {
                    emqx.expireSession(id);
                    happened("expiry");
                    clients.get(node).remove(id);
                    note(id);
                }
            }
        }
    }

    private void connect(String id, String node) {
        boolean main = conditions.get(node) == NodeCondition.RUNNING;
        if (!main && conditions.get(node) != NodeCondition.CUT_OFF && conditions.get(node) != NodeCondition.LEFT) {
            return;
        }
        ClientOptions options = ClientOptions.of(id).node(node);
        if (isSession(id)) {
            options = options.cleanStart(false).expiryInterval(7200);
        }
        String home = main ? homeAmong(id, NodeCondition.RUNNING, NodeCondition.FROZEN) : node;
        if (home != null && conditions.get(home) == NodeCondition.FROZEN) {
            try {
                emqx.connect(options);
                throw new AssertionError("No CONNACK was due for " + id);
            } catch (IllegalStateException noConnack) {
                discarded.get(home).add(id);
                happened("connect in vain");
                return;
            }
        }
        Instant connectedAt = emqx.connect(options).connectedAt();
        connections.computeIfAbsent(id, key -> new ArrayList<>()).add(new Connection(node, connectedAt));
        if (home != null) {
            Boolean before = clients.get(home).remove(id);
            happened(before == null ? "connect" : before ? home.equals(node) ? "reconnect" : "takeover" : "resume");
        } else {
            happened("connect");
        }
        clients.get(node).put(id, true);
    }

    private void disconnect(String id, String node, NodeCondition condition) {
        boolean frozen = condition == NodeCondition.FROZEN || condition == NodeCondition.DROPPED;
        if (leaving.get(node).contains(id)) {
            return;
        }
        emqx.disconnect(id);
        happened("disconnect");
        if (frozen) {
            leaving.get(node).add(id);
        } else {
            gone(id, node);
        }
    }

    private void gone(String id, String node) {
        if (isSession(id)) {
            clients.get(node).put(id, false);
            offline.get(id).set(step);
        } else {
            clients.get(node).remove(id);
        }
        note(id);
    }

    /** Every third client leaves a session behind. */
    private static boolean isSession(String id) {
        return id.hashCode() % 3 == 0;
    }

    /** A node gets into trouble, or out of it, unless all is to be calm. */
    public void trouble() {
        if (!lock.tryLock()) {
            // a call that nobody waits for any more: the simulator's thread must not wait for one that waits for it
            return;
        }
        try {
            if (!quiet) {
                trouble(nodes.get(1 + random.nextInt(nodes.size() - 1)));
            }
        } finally {
            lock.unlock();
        }
    }

    private void trouble(String node) {
        boolean worse = random.nextBoolean();
        switch (conditions.get(node)) {
            case RUNNING -> {
                switch (random.nextInt(6)) {
                    case 0 -> lose(node, NodeCondition.STOPPED, emqx::killNode);
                    case 1 -> lose(node, NodeCondition.STOPPING, emqx::beginStop);
                    case 2 -> become(node, NodeCondition.FROZEN, emqx::freezeNode);
                    case 3 -> become(node, NodeCondition.CUT_OFF, emqx::cutOffNode);
                    case 4 -> lose(node, NodeCondition.LEFT, emqx::leaveNode);
                    default -> {
                        lose(node, NodeCondition.STOPPED, emqx::killNode);
                        become(node, NodeCondition.RUNNING, emqx::startNode);
                    }
                }
            }
            case STOPPING -> lose(node, NodeCondition.STOPPED, emqx::endStop);
            case STOPPED ->
                become(
                        node,
                        worse ? NodeCondition.BOOTING : NodeCondition.RUNNING,
                        worse ? emqx::beginBoot : emqx::startNode);
            case BOOTING -> become(node, NodeCondition.RUNNING, emqx::endBoot);
            case FROZEN -> {
                if (worse) {
                    become(node, NodeCondition.DROPPED, emqx::dropFrozenNode);
                } else {
                    thaw(node, NodeCondition.RUNNING);
                }
            }
            case DROPPED -> {
                if (worse) {
                    lose(node, NodeCondition.STOPPED, emqx::killNode);
                } else {
                    thaw(node, NodeCondition.CUT_OFF);
                }
            }
            case CUT_OFF ->
                lose(node, worse ? NodeCondition.STOPPED : NodeCondition.RUNNING, worse ? emqx::killNode : emqx::heal);
            case LEFT ->
                lose(
                        node,
                        worse ? NodeCondition.BOOTING : NodeCondition.RUNNING,
                        worse ? emqx::beginBoot : emqx::joinNode);
        }
    }

    private void thaw(String node, NodeCondition next) {
        become(node, next, emqx::thawNode);
        // in the order of the simulator it does not matter: whoever said goodbye and is discarded is gone for good
        for (String id : leaving.get(node)) {
            if (Boolean.TRUE.equals(clients.get(node).get(id))) {
                gone(id, node);
            }
        }
        for (String id : discarded.get(node)) {
            clients.get(node).remove(id);
            note(id);
        }
        leaving.get(node).clear();
        discarded.get(node).clear();
    }

    private void lose(String node, NodeCondition next, Event event) {
        become(node, next, event);
        Set<String> lost = Set.copyOf(clients.get(node).keySet());
        clients.get(node).clear();
        leaving.get(node).clear();
        discarded.get(node).clear();
        lost.forEach(this::note);
    }

    private interface Event {
        void happen(String node);
    }

    private void become(String node, NodeCondition next, Event event) {
        troubles.get(node).set(step);
        event.happen(node);
        happened(conditions.get(node) + " to " + next);
        conditions.put(node, next);
        clients.get(node).keySet().forEach(this::note);
    }

    private void happened(String what) {
        happened.merge(what, 1, Integer::sum);
    }

    /** Every node is well again, and nobody does anything until the next call of {@link #resume}. */
    public void calm() {
        lock.lock();
        try {
            quiet = true;
            for (String node : nodes) {
                while (conditions.get(node) != NodeCondition.RUNNING) {
                    switch (conditions.get(node)) {
                        case STOPPING -> lose(node, NodeCondition.STOPPED, emqx::endStop);
                        case STOPPED -> become(node, NodeCondition.RUNNING, emqx::startNode);
                        case BOOTING -> become(node, NodeCondition.RUNNING, emqx::endBoot);
                        case FROZEN -> thaw(node, NodeCondition.RUNNING);
                        case DROPPED -> thaw(node, NodeCondition.CUT_OFF);
                        case CUT_OFF -> lose(node, NodeCondition.RUNNING, emqx::heal);
                        case LEFT -> lose(node, NodeCondition.RUNNING, emqx::joinNode);
                        case RUNNING -> {}
                    }
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Clients go on after {@link #calm}. */
    public void resume() {
        lock.lock();
        try {
            quiet = false;
        } finally {
            lock.unlock();
        }
    }

    /** A step ends. */
    public void endStep() {
        lock.lock();
        try {
            noteAlarm();
            for (String id : ids) {
                if (isConnected(id)) {
                    connectedAtEnd.get(id).set(step);
                } else {
                    gaps.get(id).set(step, step + 2);
                }
            }
            clients.values()
                    .forEach(there -> there.forEach((id, connected) -> {
                        if (!connected) {
                            offline.get(id).set(step, step + 2);
                        }
                    }));
            step++;
            stepBegin = clock.instant();
            conditions.forEach((node, condition) -> troubles.get(node).set(step, condition != NodeCondition.RUNNING));
        } finally {
            lock.unlock();
        }
    }

    private void noteAlarm() {
        boolean active = isAlarm();
        conditions.forEach((node, condition) -> {
            if (condition != NodeCondition.CUT_OFF) {
                alarmed.remove(node);
            } else if (active) {
                alarmed.put(node, stepBegin);
            } else {
                // it had ended before anybody could see it
                alarmed.putIfAbsent(node, Instant.EPOCH);
            }
        });
    }

    /** Whether the node that is asked knows of a split: the one that is cut off raises an alarm of its own, which nobody is shown. */
    private boolean isAlarm() {
        return emqx.alarms().stream()
                .anyMatch(alarm -> alarm.active()
                        && alarm.name().equals("partition")
                        && alarm.node().equals(nodes.get(0)));
    }

    private void note(String id) {
        if (!isConnected(id)) {
            gaps.get(id).set(step);
        }
    }

    // what is true

    /** The step that goes on, from 0. */
    public int step() {
        return step;
    }

    /** Whether calls may hang: a node does not answer, and the others have not noticed. */
    public boolean hasFrozen() {
        return conditions.containsValue(NodeCondition.FROZEN);
    }

    /** Whether a client had a connection at all times of a step, wherever. */
    public boolean wasConnectedThroughout(String id, int when) {
        return connectedAtEnd.get(id).get(when) && !gaps.get(id).get(when);
    }

    /** Whether a client had a connection when a step ended, wherever. */
    public boolean wasConnectedAtEnd(String id, int when) {
        return connectedAtEnd.get(id).get(when);
    }

    /** Whether a client's session was without a connection on some node at some moment of a step. */
    public boolean wasOffline(String id, int when) {
        return offline.get(id).get(when);
    }

    /** Whether a node was not running at some moment of a step. */
    public boolean wasInTrouble(String node, int when) {
        return troubles.get(node).get(when);
    }

    /** All clients, and sessions without a connection, of nodes that are well: where each is, and whether it is connected. */
    public Map<String, String> truth() {
        Map<String, String> truth = new TreeMap<>();
        clients.forEach((node, there) -> there.forEach((id, connected) -> truth.put(id, node + " " + connected)));
        return truth;
    }

    /** All connections that a client has had, the oldest first. */
    public List<Connection> connections(String id) {
        lock.lock();
        try {
            return List.copyOf(connections.getOrDefault(id, List.of()));
        } finally {
            lock.unlock();
        }
    }

    /**
     * The connections that there are, by client, while all nodes are well. One that was made later, by a node that was cut off, went
     * with the split.
     */
    public Map<String, Connection> connected() {
        lock.lock();
        try {
            Map<String, Connection> connected = new TreeMap<>();
            clients.forEach((node, there) -> there.forEach((id, isConnected) -> {
                if (isConnected) {
                    connections.get(id).stream()
                            .filter(connection -> connection.node().equals(node))
                            .forEach(latest -> connected.put(id, latest));
                }
            }));
            return connected;
        } finally {
            lock.unlock();
        }
    }

    /** Where a client is now and was before, and how the nodes are: for whoever reads that a test failed. */
    public String now(String id) {
        return homes(id) + " since " + deeds.get(id) + ", without a connection in " + gaps.get(id) + ", of " + nodes();
    }

    private String homes(String id) {
        Map<String, Boolean> homes = new TreeMap<>();
        clients.forEach((node, there) -> {
            if (there.containsKey(id)) {
                homes.put(node, there.get(id));
            }
        });
        return homes.toString();
    }

    /** How the nodes are. */
    public String nodes() {
        return step + " " + clock.instant() + " " + conditions + (isAlarm() ? " alarm" : "");
    }

    /** How often each sort of thing has happened. */
    public Map<String, Integer> happened() {
        return happened;
    }

    /**
     * A node that left is another cluster. One that was given up while it was frozen looks as if it were dead, and comes back
     * without its clients (clusters.md, v5 (d)): nobody can know better than that they are gone. Nor of one that stays cut off
     * though the alarm has ended, for there is one alarm, and it ends when another node is back.
     */
    private boolean isConnected(String id) {
        return clients.entrySet().stream()
                .filter(there -> Boolean.TRUE.equals(there.getValue().get(id)))
                .anyMatch(there -> isBelievedIn(there.getKey()));
    }

    private boolean isBelievedIn(String node) {
        return switch (conditions.get(node)) {
            case RUNNING, FROZEN, STOPPING, BOOTING, STOPPED -> true;
            case CUT_OFF -> alarmed.getOrDefault(node, stepBegin).plus(loss).isAfter(clock.instant());
            case DROPPED, LEFT -> false;
        };
    }

    /** Where a client is, for whoever asks the first node; else where it is on another side. */
    private String home(String id) {
        String main = homeAmong(id, NodeCondition.RUNNING, NodeCondition.FROZEN);
        return main != null ? main : homeAmong(id, NodeCondition.CUT_OFF, NodeCondition.DROPPED, NodeCondition.LEFT);
    }

    private String homeAmong(String id, NodeCondition... wanted) {
        List<NodeCondition> among = List.of(wanted);
        List<String> homes = new ArrayList<>();
        clients.forEach((node, there) -> {
            if (there.containsKey(id) && among.contains(conditions.get(node))) {
                homes.add(node);
            }
        });
        return homes.isEmpty() ? null : homes.get(0);
    }

    private String any(List<String> list) {
        return list.get(random.nextInt(list.size()));
    }
}
