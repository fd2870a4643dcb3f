/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.state;

import io.github.camelemqx.platform.test.ClientOptions;
import io.github.camelemqx.platform.test.Generation;
import io.github.camelemqx.platform.test.PublishedMessage;
import io.github.camelemqx.platform.test.SimulatedClient;
import io.github.camelemqx.platform.test.Subscription;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A cluster of brokers: what clients do to it, and what the API reads from it and changes in it. */
public final class Broker {

    private static final int FIRST_PORT = 30_000;
    private static final int PORTS = 30_000;

    private final Generation generation;
    private final Clock clock;
    private final Set<String> metricNames;
    private final Map<String, Node> nodes = new LinkedHashMap<>();
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

    /** All nodes, running or not, in the order in which they were added. */
    public Collection<Node> nodes() {
        return nodes.values();
    }

    /** The nodes that are not stopped. */
    public List<Node> runningNodes() {
        return nodes.values().stream().filter(Node::running).toList();
    }

    /** The node of a name, running or not. */
    public Optional<Node> findNode(String name) {
        return Optional.ofNullable(nodes.get(name));
    }

    /** The node whose API is called: it answers even if the simulation says that it is stopped. */
    public Node self() {
        return nodes.values().iterator().next();
    }

    /**
     * The node of a name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public Node node(String name) {
        return findNode(name)
                .orElseThrow(
                        () -> new IllegalArgumentException("No such node: " + name + "; there are " + nodes.keySet()));
    }

    /** Adds a node that runs; nothing happens if there is one of that name. */
    public void addNode(String name) {
        nodes.putIfAbsent(name, new Node(name, metricNames, clock.instant()));
    }

    /** Stops a node: its clients are gone. */
    public void stopNode(String name) {
        forgetRoutes(node(name));
        node(name).stop();
    }

    /** Starts a node, or restarts it: nobody is connected, its counters are zero. */
    public void startNode(String name) {
        forgetRoutes(node(name));
        node(name).start(clock.instant());
    }

    private void forgetRoutes(Node node) {
        node.clients().forEach(client -> forgetRoutes(client));
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

    /** The client of an id on any running node, connected or not. */
    public Optional<SimulatedClient> client(String clientId) {
        return clientTables().stream()
                .flatMap(table -> table.find(clientId).stream())
                .findFirst();
    }

    /** Connects a client; one of the same id gives way, and its session is taken over unless the new one starts clean. */
    public SimulatedClient connect(ClientOptions options) {
        Node node = options.node() == null ? firstRunning() : node(options.node());
        if (!node.running()) {
            throw new IllegalStateException(node.name() + " is stopped");
        }
        Instant now = clock.instant();
        Optional<SimulatedClient> before = client(options.clientId());
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
        client.subscriptions().keySet().forEach(filter -> routes.add(filter, node.name()));
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
        return nodes.values().stream()
                .filter(Node::running)
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
        if (client.connected()) {
            node.metrics().count("client.disconnected");
        }
        node.metrics().count("session.terminated");
        forgetRoutes(client);
        node.clients().remove(client.clientId());
    }

    private SimulatedClient existing(String clientId) {
        return client(clientId).orElseThrow(() -> new IllegalArgumentException("No such client: " + clientId));
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
            routes.add(filter, client.node());
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
