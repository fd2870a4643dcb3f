/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.state;

import io.github.camelemqx.platform.test.AlarmRow;
import io.github.camelemqx.platform.test.ClientOptions;
import io.github.camelemqx.platform.test.Generation;
import io.github.camelemqx.platform.test.NodeCondition;
import io.github.camelemqx.platform.test.PublishedMessage;
import io.github.camelemqx.platform.test.SimulatedClient;
import io.github.camelemqx.platform.test.Subscription;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A cluster of brokers: what clients do to it, and what the API reads from it and changes in it. */
public final class Broker {

    /** The alarm of a split cluster (clusters.md, v5 d). */
    private static final String PARTITION = "partition";

    private static final int FIRST_PORT = 30_000;
    private static final int PORTS = 30_000;

    private final Generation generation;
    private final Clock clock;
    private final Set<String> metricNames;
    private final Cluster cluster = new Cluster();
    private final Artefacts artefacts = new Artefacts();
    private final RouteTable routes = new RouteTable();
    private final UserTable users;
    private final UserTable clientIdUsers;
    private final BanTable bans = new BanTable();
    private final AclTable acl;
    private final AlarmTable alarms;
    private final RetainedTable retained = new RetainedTable();
    private final TopicMetrics topicMetrics;
    private final List<PublishedMessage> published = new ArrayList<>();
    private boolean cursorListing = true;
    private int connects;
    private long messages;
    private long made;

    /** A broker just started: one node, nobody connected. */
    public Broker(Generation generation, Clock clock, Set<String> metricNames) {
        this.generation = generation;
        this.clock = clock;
        this.metricNames = metricNames;
        this.users = new UserTable(clock);
        this.clientIdUsers = new UserTable(clock);
        this.acl = new AclTable(generation);
        this.alarms = new AlarmTable(clock);
        this.topicMetrics = new TopicMetrics(clock);
        addNode(generation.firstNode());
    }

    /** What tells the time; its zone is the broker's own. */
    public Clock clock() {
        return clock;
    }

    /** Who wants which messages. */
    public RouteTable routes() {
        return routes;
    }

    /** v5: the built-in database; v4: /auth_username. */
    public UserTable users() {
        return users;
    }

    /** v4: /auth_clientid. */
    public UserTable clientIdUsers() {
        return clientIdUsers;
    }

    /** Who may not connect. */
    public BanTable bans() {
        return bans;
    }

    /** Who may do what. */
    public AclTable acl() {
        return acl;
    }

    /** What is or was wrong. */
    public AlarmTable alarms() {
        return alarms;
    }

    /** What new subscribers get first. */
    public RetainedTable retained() {
        return retained;
    }

    /** Topics whose messages are counted. */
    public TopicMetrics topicMetrics() {
        return topicMetrics;
    }

    /** Whether clients can be listed by cursor, v5 only. */
    public boolean cursorListing() {
        return cursorListing;
    }

    /** From now on it is as with a broker before 5.7.0: clients cannot be listed by cursor. */
    public void withoutCursorListing() {
        cursorListing = false;
    }

    /** What was published through the API, oldest first. */
    public List<PublishedMessage> published() {
        return List.copyOf(published);
    }

    // nodes

    /** The nodes, and how they look to the one that is asked. */
    public Cluster cluster() {
        return cluster;
    }

    /** The nodes of whose clients listings of the whole cluster are made. */
    public List<Node> runningNodes() {
        return cluster.running();
    }

    /** Whether a node is one of those. */
    public boolean running(Node node) {
        return switch (cluster.seen(node)) {
            case RUNNING, FROZEN -> true;
            case BOOTING, STOPPING, STOPPED, DROPPED, CUT_OFF, LEFT -> false;
        };
    }

    /** The node of a name, however it is. */
    public Optional<Node> findNode(String name) {
        return cluster.find(name);
    }

    /** The node whose API is called. */
    public Node self() {
        return cluster.asked();
    }

    /**
     * The node of a name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public Node node(String name) {
        return cluster.node(name);
    }

    /** From now on the API answers as that of a node. */
    public void answerAs(String name) {
        cluster.ask(node(name));
    }

    /** Adds a node that runs; nothing happens if there is one of that name. */
    public void addNode(String name) {
        if (findNode(name).filter(Node::member).isEmpty()) {
            cluster.add(new Node(name, metricNames, clock.instant()));
        }
    }

    /** Stops a node, or kills it: its clients are gone. */
    public void stopNode(String name) {
        forgetRoutes(node(name));
        node(name).stop();
        clearPartition(name);
    }

    /** Starts a node, or restarts it: nobody is connected, its counters are zero. */
    public void startNode(String name) {
        stopNode(name);
        node(name).start(clock.instant());
    }

    /** The first moment of a graceful stop, or of the restart that ends a split: the clients are cut, the process is still there. */
    public void beginStop(String name) {
        Node node = in(name, NodeCondition.RUNNING, NodeCondition.CUT_OFF);
        forgetRoutes(node);
        node.beginStop();
    }

    /** The end of a graceful stop. */
    public void endStop(String name) {
        in(name, NodeCondition.STOPPING).stop();
    }

    /** A node stops answering, and nobody has noticed. */
    public void freezeNode(String name) {
        in(name, NodeCondition.RUNNING).become(NodeCondition.FROZEN);
    }

    /** A frozen node goes on: as part of the cluster, or, if the others had given it up, as one that is cut off. */
    public void thawNode(String name) {
        Node node = in(name, NodeCondition.FROZEN, NodeCondition.DROPPED);
        if (node.condition() == NodeCondition.FROZEN) {
            node.become(NodeCondition.RUNNING);
        } else {
            cutOff(node);
        }
        node.takeEventsOfFreeze().forEach(Runnable::run);
    }

    /** The net tick time is over: the others give a frozen node up. */
    public void dropFrozenNode(String name) {
        Node node = in(name, NodeCondition.FROZEN);
        forgetRoutes(node);
        node.become(NodeCondition.DROPPED);
    }

    /** The others give a node up that lives on. */
    public void cutOffNode(String name) {
        Node node = in(name, NodeCondition.RUNNING);
        forgetRoutes(node);
        cutOff(node);
    }

    /** Both sides raise the alarm, each for itself; its name and details are those of the broker's source. */
    private void cutOff(Node node) {
        node.become(NodeCondition.CUT_OFF);
        alarms.raise(firstRunning().name(), PARTITION, partitionAt(node.name()), Map.of("occurred", node.name()));
        alarms.raise(node.name(), PARTITION, partitionAt(firstRunning().name()), Map.of());
    }

    private static String partitionAt(String node) {
        return "Partition occurs at node " + node;
    }

    private void clearPartition(String name) {
        List<String> raisers = alarms.all()
                .filter(alarm -> alarm.name().equals(PARTITION) && alarm.active())
                .filter(alarm -> alarm.node().equals(name) || alarm.message().equals(partitionAt(name)))
                .map(AlarmRow::node)
                .toList();
        raisers.forEach(node -> alarms.deactivate(node, PARTITION));
    }

    /** The split ends: EMQX restarts inside the node that was cut off. */
    public void heal(String name) {
        Node node =
                in(name, NodeCondition.CUT_OFF, NodeCondition.DROPPED, NodeCondition.BOOTING, NodeCondition.STOPPING);
        node.start(clock.instant());
        clearPartition(name);
    }

    /** The moment in which the others reach a node that has nothing to tell yet. */
    public void beginBoot(String name) {
        Node node = in(name, NodeCondition.STOPPED, NodeCondition.LEFT, NodeCondition.CUT_OFF, NodeCondition.DROPPED);
        node.restartInside();
        node.become(NodeCondition.BOOTING);
        clearPartition(name);
    }

    /** The end of that moment. */
    public void endBoot(String name) {
        in(name, NodeCondition.BOOTING).start(clock.instant());
    }

    /** A node leaves the cluster and is one of its own. */
    public void leaveNode(String name) {
        Node node = in(name, NodeCondition.RUNNING);
        forgetRoutes(node);
        node.restartInside();
        node.become(NodeCondition.LEFT);
    }

    /** A node that left comes back. */
    public void joinNode(String name) {
        in(name, NodeCondition.LEFT);
        beginBoot(name);
        endBoot(name);
    }

    /** A node that is down is put out of the cluster. */
    public void forceLeaveNode(String name) {
        in(name, NodeCondition.STOPPED).exclude();
    }

    /** The node of a name if it is in one of some conditions. */
    private Node in(String name, NodeCondition... conditions) {
        Node node = node(name);
        if (!List.of(conditions).contains(node.condition())) {
            throw new IllegalStateException(name + " is " + node.condition() + ", not one of " + List.of(conditions));
        }
        return node;
    }

    private void forgetRoutes(Node node) {
        node.clients().forEach(this::forgetRoutes);
    }

    private void forgetRoutes(SimulatedClient client) {
        client.subscriptions().keySet().forEach(filter -> routes.remove(filter, client.node()));
    }

    // clients

    /** The clients of the running nodes, a list a node: a lost node's rows are missing, and nothing says so (clusters.md). */
    public List<ClientTable> clientTables() {
        return runningNodes().stream().map(Node::clients).toList();
    }

    /** All clients of the running nodes, connected or not. */
    public Stream<SimulatedClient> clients() {
        return clientTables().stream().flatMap(List::stream);
    }

    /** The client of an id on any running node, connected or not; of two the one that connected later. */
    public Optional<SimulatedClient> client(String clientId) {
        return latest(runningNodes(), clientId);
    }

    private static Optional<SimulatedClient> latest(List<Node> nodes, String clientId) {
        return nodes.stream()
                .flatMap(node -> node.clients().find(clientId).stream())
                .max(Comparator.comparing(SimulatedClient::connectedAt));
    }

    /** What listings and look-ups get wrong once. */
    public Artefacts artefacts() {
        return artefacts;
    }

    /** The next listing that would have a client's row lacks it. */
    public void hideOnce(String clientId) {
        artefacts.hide(clientId);
    }

    /** The next look-up of a client finds nothing. */
    public void missOnce(String clientId) {
        artefacts.miss(clientId);
    }

    /** The next listing that has a client lists it on another node too. */
    public void showTwice(String clientId, String otherNode) {
        artefacts.showTwice(existing(clientId), in(otherNode, NodeCondition.RUNNING));
    }

    /** Lets something happen once so many pages of clients have been answered. */
    public void afterPages(int pages, Runnable event) {
        artefacts.afterPages(pages, event);
    }

    /** Connects a client; one of the same id gives way, and its session is taken over unless the new one starts clean. */
    public SimulatedClient connect(ClientOptions options) {
        Node node = options.node() == null ? firstRunning() : node(options.node());
        switch (node.condition()) {
            case RUNNING, CUT_OFF, LEFT -> {}
            case BOOTING, STOPPING, STOPPED, FROZEN, DROPPED ->
                throw new IllegalStateException(node.name() + " is " + node.condition() + ": it accepts nobody");
        }
        artefacts.forget(options.clientId());
        Instant now = clock.instant();
        Optional<SimulatedClient> before = latest(cluster.side(node), options.clientId());
        before.ifPresent(this::refuseWhileFrozen);
        boolean kept = before.isPresent() && !options.cleanStart();
        SimulatedClient client = new SimulatedClient(
                options,
                node.name(),
                FIRST_PORT + connects++ % PORTS,
                kept ? before.get().createdAt() : now,
                now,
                null,
                kept ? before.get().subscriptions() : Map.of(),
                List.of());
        before.ifPresent(old -> giveWay(old, kept, node));
        node.clients().put(client);
        client.subscriptions().keySet().forEach(filter -> addRoute(filter, node));
        node.metrics()
                .count(
                        "client.connect",
                        "client.authenticate",
                        "client.connack",
                        "client.connected",
                        "packets.received");
        node.metrics().count("packets.connect.received", "packets.connack.sent", "packets.sent");
        node.metrics().count(kept ? "session.resumed" : "session.created");
        return client;
    }

    /** Whose session is on a frozen node gets no CONNACK elsewhere; once it goes on, it discards the session (clusters.md, v5 d). */
    private void refuseWhileFrozen(SimulatedClient client) {
        Node node = node(client.node());
        if (node.condition() == NodeCondition.FROZEN) {
            node.whenThawed(() -> node.clients().find(client.clientId()).ifPresent(old -> {
                giveWay(old, false, node);
                node.clients().remove(old.clientId());
            }));
            throw new IllegalStateException(
                    client.clientId() + " gets no CONNACK: " + node.name() + " has its session, and is frozen");
        }
    }

    /** Nobody else is told of the subscriptions on a node that is cut off. */
    private void addRoute(String filter, Node node) {
        if (node.condition() == NodeCondition.RUNNING) {
            routes.add(filter, node.name());
        }
    }

    /** Counted as measured in clusters.md, v5 (f) and v4 (f): on a takeover v4 counts no client.disconnected. */
    private void giveWay(SimulatedClient old, boolean kept, Node newNode) {
        Node node = node(old.node());
        boolean v4 = generation == Generation.V4;
        String takenOver = v4 ? "session.takeovered" : "session.takenover";
        node.metrics().count(kept ? takenOver : "session.discarded");
        if (old.connected() && !v4) {
            node.metrics().count("client.disconnected");
        }
        forgetRoutes(old);
        if (node != newNode) {
            node.clients().remove(old.clientId());
        }
    }

    private Node firstRunning() {
        return cluster.nodes().stream()
                .filter(node -> node.condition() == NodeCondition.RUNNING)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No node is running"));
    }

    /** The client's own goodbye, or its broken connection: the session stays if it is to outlive the connection. */
    public void disconnect(String clientId) {
        SimulatedClient client = existing(clientId);
        if (!client.connected()) {
            throw new IllegalStateException(clientId + " is not connected");
        }
        Node node = node(client.node());
        if (node.condition() == NodeCondition.FROZEN || node.condition() == NodeCondition.DROPPED) {
            node.whenThawed(() -> node.clients()
                    .find(clientId)
                    .filter(SimulatedClient::connected)
                    .ifPresent(noticed -> disconnect(noticed, node)));
        } else {
            disconnect(client, node);
        }
    }

    private void disconnect(SimulatedClient client, Node node) {
        if (client.options().expiryInterval() == 0) {
            terminate(client);
        } else {
            node.metrics().count("client.disconnected");
            node.clients().put(client.disconnected(clock.instant()));
        }
    }

    /** The end of a session that was left behind. */
    public void expireSession(String clientId) {
        SimulatedClient client = existing(clientId);
        if (client.connected()) {
            throw new IllegalStateException(clientId + " is connected: only a session left behind expires");
        }
        terminate(client);
    }

    /** Throws a client out with its session; false if there is none. */
    public boolean kick(String clientId) {
        Optional<SimulatedClient> client = client(clientId);
        client.filter(SimulatedClient::connected)
                .ifPresent(connected -> node(connected.node()).kick());
        client.ifPresent(this::terminate);
        return client.isPresent();
    }

    private void terminate(SimulatedClient client) {
        Node node = node(client.node());
        artefacts.forget(client.clientId());
        if (client.connected()) {
            node.metrics().count("client.disconnected");
        }
        node.metrics().count("session.terminated");
        forgetRoutes(client);
        node.clients().remove(client.clientId());
    }

    private SimulatedClient existing(String clientId) {
        return client(clientId)
                .or(() -> latest(cluster.alive(), clientId))
                .orElseThrow(() -> new IllegalArgumentException("No such client: " + clientId));
    }

    /** Writes a client over the row it has. */
    public SimulatedClient replace(SimulatedClient client) {
        node(client.node()).clients().put(client);
        return client;
    }

    // messages

    /** Subscribes a client to a filter, or changes its subscription; a bad filter is taken too (recording v5 66). */
    public Subscription subscribe(String clientId, String filter, int qos, int nl, int rap, int rh) {
        SimulatedClient client = existing(clientId);
        Subscription subscription = new Subscription(filter, qos, nl, rap, rh, clock.instant());
        if (!client.subscriptions().containsKey(filter)) {
            addRoute(filter, node(client.node()));
        }
        replace(client.subscribed(subscription));
        node(client.node()).metrics().count("client.subscribe");
        return subscription;
    }

    /** Ends a subscription, if the client has it. */
    public void unsubscribe(String clientId, String filter) {
        SimulatedClient client = existing(clientId);
        if (client.subscriptions().containsKey(filter)) {
            routes.remove(filter, client.node());
            replace(client.unsubscribed(filter));
        }
        node(client.node()).metrics().count("client.unsubscribe");
    }

    /** Publishes a message; returns how many subscribers got it. */
    public int publish(PublishedMessage message) {
        published.add(message);
        int deliveries = routes.deliveries(message.topic());
        topicMetrics.count(message, deliveries);
        if (message.retain()) {
            retained.put(message, clock.instant());
        }
        Metrics metrics = self().metrics();
        metrics.count("messages.received", "messages.publish", "messages.qos" + message.qos() + ".received");
        if (deliveries == 0) {
            metrics.count("messages.dropped", "messages.dropped.no_subscribers");
        } else {
            metrics.count("messages.delivered", deliveries);
            metrics.count("messages.sent", deliveries);
        }
        return deliveries;
    }

    /** A number that no other call gives: for ids that are made up. */
    public long nextNumber() {
        return ++made;
    }

    /** An id for the next message: 32 hexadecimal digits, as both generations have them. */
    public String nextMessageId() {
        return String.format(Locale.ROOT, "%016X%016X", clock.instant().toEpochMilli() * 1000, ++messages);
    }
}
