/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test;

import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;

import com.github.tomakehurst.wiremock.WireMockServer;
import io.github.camelemqx.platform.test.http.Answer;
import io.github.camelemqx.platform.test.http.Api;
import io.github.camelemqx.platform.test.http.BrokerLikeServer;
import io.github.camelemqx.platform.test.http.Call;
import io.github.camelemqx.platform.test.http.Credentials;
import io.github.camelemqx.platform.test.http.OwnStub;
import io.github.camelemqx.platform.test.http.SimulatorTransformer;
import io.github.camelemqx.platform.test.http.Templates;
import io.github.camelemqx.platform.test.http.Waiting;
import io.github.camelemqx.platform.test.state.BanTable.Ban;
import io.github.camelemqx.platform.test.state.Broker;
import io.github.camelemqx.platform.test.state.RetainedTable.Retained;
import io.github.camelemqx.platform.test.state.UserTable.User;
import io.github.camelemqx.platform.test.v4.V4Api;
import io.github.camelemqx.platform.test.v5.V5Api;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A broker without a broker: answers the REST API of one generation on a port of this machine, from a state that the test
 * changes, and that calls change too. What it answers was recorded from real brokers, see {@link Recordings}.
 *
 * <p>For faults, add stubs with priority 1 to 9 to {@link #wireMock()}: they come before the simulator, whose own has 10.
 * Safe for use by several threads.
 */
public final class EmqxSimulator implements AutoCloseable {

    private static final Credentials KEY = new Credentials("simulator-app", "simulator-secret");
    /** A page of clients can have 11 MB: the journal does not keep that. */
    private static final int JOURNALED_BYTES = 64 * 1024;

    private static final Duration RECORDED_SECOND = Duration.ofMillis(10);

    private final Generation generation;
    private final Clock clock;
    private final Templates templates;
    private final WireMockServer wireMock;
    private final Waiting waiting = new Waiting();
    private final Guarded<Simulated> simulated;
    private volatile Duration recordedSecond = RECORDED_SECOND;

    private record Simulated(Broker broker, Api api) {}

    private EmqxSimulator(Generation generation, Clock clock) {
        this.generation = generation;
        this.clock = clock;
        this.templates = new Templates(Recordings.of(generation));
        this.wireMock = new WireMockServer(wireMockConfig()
                .bindAddress("127.0.0.1")
                .dynamicPort()
                .maxLoggedResponseSize(JOURNALED_BYTES)
                .mappingSource(new OwnStub())
                .httpServerFactory(new BrokerLikeServer(new Present(), waiting))
                .extensions(new SimulatorTransformer(new Present())));
        this.simulated = new Guarded<>(begin());
    }

    /** Starts a simulator with the clock of the machine, its broker in UTC. */
    public static EmqxSimulator start(Generation generation) {
        return start(generation, Clock.systemUTC());
    }

    /**
     * Starts a simulator.
     *
     * @param clock tells the time of everything that happens; its zone is the broker's own, in which a v4 broker writes the
     *     times of clients
     */
    public static EmqxSimulator start(Generation generation, Clock clock) {
        EmqxSimulator simulator = new EmqxSimulator(
                Objects.requireNonNull(generation, "generation"), Objects.requireNonNull(clock, "clock"));
        simulator.wireMock.start();
        return simulator;
    }

    private Simulated begin() {
        Broker broker = new Broker(generation, clock, metricNames());
        Api api =
                switch (generation) {
                    case V4 -> new V4Api(broker, templates, KEY);
                    case V5 -> new V5Api(broker, templates, KEY);
                };
        return new Simulated(broker, api);
    }

    private Set<String> metricNames() {
        return switch (generation) {
            case V4 -> V4Api.metricNames(templates);
            case V5 -> V5Api.metricNames(templates);
        };
    }

    /** The API of the broker that is simulated at the moment. */
    private final class Present implements Api {

        @Override
        public Answer answer(Call call) {
            return simulated.read(present -> present.api().answer(call));
        }

        @Override
        public Duration wait(Call call) {
            long seconds = simulated.read(present -> present.api().wait(call)).toSeconds();
            return recordedSecond.multipliedBy(seconds);
        }
    }

    private <T> T read(Function<Broker, T> reading) {
        return simulated.read(present -> reading.apply(present.broker()));
    }

    private void change(Consumer<Broker> changing) {
        simulated.change(present -> changing.accept(present.broker()));
    }

    /** A change after which calls that hang may have nothing to wait for any more. */
    private void changeCluster(Consumer<Broker> changing) {
        change(changing);
        releaseWaiting("");
    }

    /** A change with which a node is lost that calls may wait for: they are told so. */
    private void loseNode(String node, Consumer<Broker> losing) {
        NodeCondition before = condition(node);
        change(losing);
        releaseWaiting(before == NodeCondition.FROZEN ? node : "");
    }

    private void releaseWaiting(String lostNode) {
        if (waiting.size() > 0) {
            Api api = new Present();
            waiting.release(
                    call -> api.wait(lostNode.isEmpty() ? call : call.havingLost(lostNode))
                            .isZero(),
                    lostNode);
        }
    }

    /** Stops listening; calls that hang are not waited for. */
    @Override
    public void close() {
        waiting.release(call -> true, "");
        wireMock.stop();
    }

    /** Back to a broker just started; stubs that were added and requests that were noted are forgotten, calls that hang are answered. */
    public void reset() {
        simulated.replace(begin());
        recordedSecond = RECORDED_SECOND;
        waiting.release(call -> true, "");
        wireMock.resetAll();
    }

    /** Which API it answers. */
    public Generation generation() {
        return generation;
    }

    /** Scheme, address and port. */
    public String baseUrl() {
        return "http://127.0.0.1:" + wireMock.port();
    }

    /** The base of all calls: {@link #baseUrl()} with {@code /api/v5} or {@code /api/v4}; v4 answers under {@code /api} too, as on the Platform. */
    public String apiUrl() {
        return baseUrl() + (generation == Generation.V5 ? "/api/v5" : "/api/v4");
    }

    /** The id of the key that the API takes, the name in HTTP Basic. */
    public String appId() {
        return KEY.id();
    }

    /** The secret of the key that the API takes. */
    public String appSecret() {
        return KEY.secret();
    }

    /** The server underneath, for stubs of one's own and for verifying requests. */
    public WireMockServer wireMock() {
        return wireMock;
    }

    /** Connects a client with the usual options. */
    public SimulatedClient connect(String clientId) {
        return connect(ClientOptions.of(clientId));
    }

    /**
     * Connects a client. If the id is connected already, that connection ends (a takeover); a session left behind goes on
     * unless the client starts clean.
     *
     * @throws IllegalArgumentException if there is no such node
     * @throws IllegalStateException if the node is stopped
     */
    public SimulatedClient connect(ClientOptions options) {
        return read(present -> present.connect(options));
    }

    /** Ends a connection; the session stays listed if its expiry interval is not 0. */
    public void disconnect(String clientId) {
        change(present -> present.disconnect(clientId));
    }

    /** Ends a session that was left behind, as if its expiry interval had passed. */
    public void expireSession(String clientId) {
        change(present -> present.expireSession(clientId));
    }

    /** The client of an id, or the session it left behind. */
    public Optional<SimulatedClient> client(String clientId) {
        return read(present -> present.client(clientId));
    }

    /** All clients and sessions left behind. */
    public List<SimulatedClient> clients() {
        return read(present -> present.clients().toList());
    }

    /** Subscribes a client, as if it had done so itself. */
    public void subscribe(String clientId, String topicFilter, int qos) {
        change(present -> present.subscribe(clientId, topicFilter, qos, 0, 0, 0));
    }

    /** Adds a user, in v4 by user name, or gives it another password. */
    public void addUser(String userId, String password) {
        change(present -> {
            if (!present.users().add(userId, password, false)) {
                present.users().update(userId, password, false);
            }
        });
    }

    /** Whether there is a user, in v4 by user name. */
    public boolean hasUser(String userId) {
        return users().contains(userId);
    }

    /** The ids of all users, in v4 the user names. */
    public Set<String> users() {
        return read(present -> ids(present.users().all().toList()));
    }

    /** The client ids that v4 lists under /auth_clientid. */
    public Set<String> clientIdUsers() {
        return read(present -> ids(present.clientIdUsers().all().toList()));
    }

    private static Set<String> ids(List<User> users) {
        return users.stream().map(User::id).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** What was published through the API, oldest first. */
    public List<PublishedMessage> published() {
        return read(Broker::published);
    }

    /** What was published to be retained, and still is. */
    public List<PublishedMessage> retained() {
        return read(present -> present.retained().all().map(Retained::message).toList());
    }

    /**
     * Bans a client, a user or an address.
     *
     * @param as {@code clientid}, {@code username} or {@code peerhost}
     * @param until null for never
     */
    public void ban(String as, String who, Instant until) {
        change(present -> present.bans().put(new Ban(as, who, "simulator", "", clock.instant(), until)));
    }

    /** All bans; those that have expired are still listed. */
    public List<BanRow> bans() {
        return read(present -> present.bans().all().map(Ban::row).toList());
    }

    /** All rules of who may do what; the simulator keeps them, but holds nobody to them. */
    public List<AclRow> aclRules() {
        return read(present -> present.acl().all().toList());
    }

    /** Adds a rule; one of the same holder for the same topic and action gives way. In v5, the database is there from then on. */
    public void addAclRule(AclRow rule) {
        change(present -> present.acl().add(rule));
    }

    /** Raises an alarm on the first node; nothing happens while one of that name is active. */
    public void raiseAlarm(String name, String message) {
        raiseAlarm(name, message, Map.of());
    }

    /** Raises an alarm on the first node, with details. */
    public void raiseAlarm(String name, String message, Map<String, Object> details) {
        change(present -> present.alarms().raise(present.self().name(), name, message, details));
    }

    /**
     * Ends an alarm of the first node; it stays listed among those that are over.
     *
     * @throws IllegalArgumentException if none of that name is active
     */
    public void clearAlarm(String name) {
        change(present -> {
            if (!present.alarms().deactivate(present.self().name(), name)) {
                throw new IllegalArgumentException("No such active alarm: " + name);
            }
        });
    }

    /** All alarms, active or over, oldest first. */
    public List<AlarmRow> alarms() {
        return read(present -> present.alarms().all().toList());
    }

    /** Counts something on the first node. */
    public void count(String metric, long increment) {
        change(present -> present.self().metrics().count(metric, increment));
    }

    /**
     * Counts something on a node.
     *
     * @throws IllegalArgumentException if there is no such node, or if no broker of the generation has such a metric
     */
    public void count(String node, String metric, long increment) {
        change(present -> present.node(node).metrics().count(metric, increment));
    }

    /** Takes the listing of clients by cursor away ({@code /clients_v2}), as with a v5 broker before 5.7.0. */
    public void withoutCursorListing() {
        change(Broker::withoutCursorListing);
    }

    /** Adds a node to the cluster; one of that name that was put out of the cluster by {@link #forceLeaveNode} begins anew. */
    public void addNode(String node) {
        change(present -> present.addNode(node));
    }

    /** Stops a node: its clients and their sessions are gone. The API answers on, as if another node had been asked. */
    public void stopNode(String node) {
        loseNode(node, present -> present.stopNode(node));
    }

    /** Starts a stopped node: nobody is connected, counters and uptime begin at zero. */
    public void startNode(String node) {
        changeCluster(present -> present.startNode(node));
    }

    /** Stops and starts a node. */
    public void restartNode(String node) {
        startNode(node);
    }

    /**
     * How a node is.
     *
     * @throws IllegalArgumentException if there is no such node
     */
    public NodeCondition condition(String node) {
        return read(present -> present.node(node).condition());
    }

    /** A node dies, however it was: its clients and their sessions vanish from all listings at once (clusters.md, v5 a and v4 a). */
    public void killNode(String node) {
        stopNode(node);
    }

    /**
     * A graceful stop begins: the clients of the node are cut, its process still answers (clusters.md, v5 c and v4 c).
     *
     * @throws IllegalStateException if it does not run
     */
    public void beginStop(String node) {
        changeCluster(present -> present.beginStop(node));
    }

    /** A graceful stop ends. */
    public void endStop(String node) {
        changeCluster(present -> present.endStop(node));
    }

    /**
     * A node stops answering, and the others have not noticed: calls that need it hang for the recorded time and then fail
     * (clusters.md, v5 d and v4 d). Its clients stay connected; what they do takes effect at {@link #thawNode}.
     *
     * @throws IllegalStateException if it does not run
     */
    public void freezeNode(String node) {
        changeCluster(present -> present.freezeNode(node));
    }

    /**
     * A frozen node goes on. If the others had not given it up, all is as before, and calls that hang are answered at once; else
     * the cluster is split: the node is {@link NodeCondition#CUT_OFF}.
     */
    public void thawNode(String node) {
        changeCluster(present -> present.thawNode(node));
    }

    /** The net tick time is over: the others give a frozen node up. Calls that hang end at once, saying so. */
    public void dropFrozenNode(String node) {
        loseNode(node, present -> present.dropFrozenNode(node));
    }

    /** The others give a node up that lives on with its clients: the cluster is split, and the alarm "partition" active. */
    public void cutOffNode(String node) {
        changeCluster(present -> present.cutOffNode(node));
    }

    /**
     * The split ends: EMQX restarts inside the node that was cut off. Its clients are cut, its counters begin at zero, its
     * uptime goes on.
     */
    public void heal(String node) {
        changeCluster(present -> present.heal(node));
    }

    /**
     * The moment in which the others reach a node that is about to be up, after it was stopped, left, or was cut off.
     *
     * @throws IllegalStateException if it is up
     */
    public void beginBoot(String node) {
        changeCluster(present -> present.beginBoot(node));
    }

    /** The node is up: nobody is connected, counters begin at zero; so does the uptime if it was stopped. */
    public void endBoot(String node) {
        changeCluster(present -> present.endBoot(node));
    }

    /** A node leaves the cluster and runs alone; its clients are cut, its uptime goes on (clusters.md, v5 e). */
    public void leaveNode(String node) {
        changeCluster(present -> present.leaveNode(node));
    }

    /** A node that left comes back; {@link #beginBoot} and {@link #endBoot} do the same with a moment in between. */
    public void joinNode(String node) {
        changeCluster(present -> present.joinNode(node));
    }

    /** A node that is down is put out of the cluster: it is not even listed as stopped any more. */
    public void forceLeaveNode(String node) {
        changeCluster(present -> present.forceLeaveNode(node));
    }

    /** From now on the API answers as that of a node would; at the beginning it is the first one's. */
    public void answerAs(String node) {
        changeCluster(present -> present.answerAs(node));
    }

    /**
     * How long a recorded second takes when calls hang.
     *
     * @param perRecordedSecond 10 milliseconds at the beginning: 50 recorded seconds take half a second
     */
    public void hangScale(Duration perRecordedSecond) {
        recordedSecond = Objects.requireNonNull(perRecordedSecond, "perRecordedSecond");
    }

    /** How many calls hang. */
    public int hanging() {
        return waiting.size();
    }

    /** Kills a node once so many pages of clients have been answered from now on: in the middle of a walk (clusters.md, v5 a2). */
    public void killNodeAfter(String node, int pages) {
        condition(node);
        afterPages(pages, () -> killNode(node));
    }

    /**
     * Lets something happen once so many pages of clients have been answered from now on, before the next call is.
     *
     * @param event may call the simulator
     */
    public void afterPages(int pages, Runnable event) {
        change(present -> present.afterPages(pages, event));
    }

    /** The next listing that would have a client's row lacks it, as while clients move (clusters.md, v5 f); it is counted though. */
    public void hideOnce(String clientId) {
        change(present -> present.hideOnce(clientId));
    }

    /** The next look-up of a client by its id finds nothing. */
    public void missOnce(String clientId) {
        change(present -> present.missOnce(clientId));
    }

    /**
     * The next listing that has a client has it on another node too, with an older time of connecting; in v4 the look-up by id has
     * both as well, if it comes first.
     */
    public void showTwice(String clientId, String otherNode) {
        change(present -> present.showTwice(clientId, otherNode));
    }
}
