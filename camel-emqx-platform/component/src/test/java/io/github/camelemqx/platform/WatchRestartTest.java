/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import io.github.camelemqx.platform.model.MetricChange;
import io.github.camelemqx.platform.model.ResourceChange;
import io.github.camelemqx.platform.test.ClientOptions;
import io.github.camelemqx.platform.test.EmqxSimulator;
import io.github.camelemqx.platform.test.Generation;
import io.github.camelemqx.platform.watch.FileStateStore;
import io.github.camelemqx.platform.watch.JdbcStateStore;
import io.github.camelemqx.platform.watch.StateStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.apache.camel.CamelContext;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

/** Watches whose context ends and begins again, with each store that outlives it, on each generation. */
@ParameterizedClass
@CsvSource({"V4, DATABASE", "V5, FILE"})
class WatchRestartTest {

    /** Where the state is. */
    enum Kind {
        FILE,
        DATABASE
    }

    private static final String METRIC = "messages.received";

    @Parameter(0)
    Generation generation;

    @Parameter(1)
    Kind kind;

    @TempDir
    Path folder;

    private final JdbcDataSource database = new JdbcDataSource();
    private final List<AutoCloseable> open = new ArrayList<>();
    private EmqxSimulator emqx;

    @BeforeEach
    void start() {
        database.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        emqx = EmqxSimulator.start(generation);
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
        emqx.close();
    }

    @Test
    void theFirstPollTellsWhatChangedInBetweenAndNothingElse() throws Exception {
        emqx.connect("stays");
        emqx.connect("leaves");
        emqx.connect("again");
        emqx.connect(ClientOptions.of("session").cleanStart(false).expiryInterval(300));
        try (Life first = life("clients", "&emitInitial=true")) {
            first.awaitTold("connected stays", "connected leaves", "connected again", "connected session");
        }
        emqx.disconnect("leaves");
        emqx.disconnect("session");
        emqx.connect("again");
        emqx.connect("new");
        try (Life second = life("clients", "&emitInitial=true")) {
            second.awaitTold("disconnected leaves", "disconnected session", "reconnected again", "connected new");
            assertThat(second.change("disconnected leaves").before()).containsEntry("clientid", "leaves");
            second.polls(3);
            assertThat(second.told()).hasSize(4);
        }
        try (Life third = life("clients", "")) {
            third.polls(3);
            assertThat(third.told()).isEmpty();
        }
    }

    @Test
    void anEventThatWasNotDeliveredComesAgainWithItsIdAlsoWhenAllHasChangedBack() throws Exception {
        Object id;
        try (Life first = life("clients", "", message -> !"bad".equals(key(message)))) {
            first.polls(1);
            emqx.connect("bad");
            emqx.connect("good");
            first.awaitTold("connected bad", "connected good");
            id = first.messages.stream()
                    .filter(message -> "bad".equals(key(message)))
                    .map(WatchRestartTest::id)
                    .findFirst()
                    .orElseThrow();
            first.polls(2);
        }
        emqx.disconnect("bad");
        try (Life second = life("clients", "")) {
            await().untilAsserted(() -> assertThat(second.told()).containsExactly("connected bad", "disconnected bad"));
            assertThat(id(second.messages.get(0))).isEqualTo(id);
            assertThat(id(second.messages.get(1))).isNotEqualTo(id);
            assertThat(second.messages.get(0).getHeader(EmqxPlatformConstants.CLIENT_ID))
                    .isEqualTo("bad");
            assertThat(second.change("connected bad").after()).containsEntry("connected", true);
        }
        try (Life third = life("clients", "")) {
            third.polls(3);
            assertThat(third.told()).isEmpty();
        }
    }

    @Test
    void eventsThatOneDeliveryLeftOverAreDeliveredLater() throws Exception {
        try (Life first = life("clients", "&emitInitial=true", message -> false)) {
            for (int i = 0; i < 20; i++) {
                emqx.connect("c" + i);
            }
            await().until(() -> Set.copyOf(first.told()).size() == 20);
        }
        try (Life second = life("clients", "&maxMessagesPerPoll=3")) {
            await().until(() -> second.told().size() == 20);
            assertThat(Set.copyOf(second.told())).hasSize(20);
        }
    }

    @Test
    void aRouteThatStopsAndStartsGoesOn() throws Exception {
        try (Life life = life("clients", "")) {
            life.polls(1);
            life.context.getRouteController().stopAllRoutes();
            emqx.connect("c1");
            life.context.getRouteController().startAllRoutes();
            life.awaitTold("connected c1");
            life.polls(2);
            assertThat(life.told()).hasSize(1);
        }
    }

    @Test
    void otherWatchedFieldsAreNotedWithoutEvents() throws Exception {
        emqx.connect(ClientOptions.of("c1").username("alice"));
        try (Life first = life("clients", "&watchFields=username")) {
            first.polls(2);
        }
        for (int run = 0; run < 2; run++) {
            try (Life again = life("clients", "&watchFields=subscriptions_cnt,keepalive,username")) {
                again.polls(2);
                assertThat(again.told()).isEmpty();
            }
        }
        emqx.subscribe("c1", "t/1", 0);
        try (Life last = life("clients", "&watchFields=subscriptions_cnt")) {
            last.awaitTold("updated c1");
            assertThat(last.change("updated c1").before()).containsEntry("subscriptions_cnt", 0);
            assertThat(last.change("updated c1").after()).containsEntry("subscriptions_cnt", 1);
        }
    }

    @Test
    void aStateOfSomethingElseIsRefusedAtStart() throws Exception {
        emqx.connect("c1");
        try (Life first = life("clients", "")) {
            first.polls(2);
        }
        refused("users", "", "resource clients, not for users");
        refused("clients", "&param.username=alice", "filters {}, not for {username=alice}");
        String before = emqx.apiUrl();
        emqx.close();
        emqx = EmqxSimulator.start(generation);
        refused("clients", "", "deployment " + before + ", not for " + emqx.apiUrl());
    }

    @Test
    void watchesWithoutAKeyOfTheirOwnAreToldApart() throws Exception {
        emqx.connect("c1");
        try (Life first = life("clients", "&stateKey=", message -> true)) {
            first.polls(2);
        }
        try (Life other = life("clients", "&stateKey=&param.username=alice")) {
            emqx.connect(ClientOptions.of("c2").username("alice"));
            other.polls(2);
        }
        try (Life again = life("clients", "&stateKey=")) {
            again.awaitTold("connected c2");
        }
    }

    @Test
    void clientsOfANodeThatIsLostWhileNobodyWatchesAreUnreachable() throws Exception {
        String second = secondNode();
        emqx.connect(ClientOptions.of("on-second").node(second));
        try (Life first = life("clients", "")) {
            first.polls(2);
        }
        emqx.stopNode(second);
        try (Life again = life("clients", "")) {
            again.awaitTold("unreachable on-second");
        }
        try (Life third = life("clients", "")) {
            third.polls(3);
            assertThat(third.told()).isEmpty();
            emqx.connect("on-second");
            third.awaitTold("reconnected on-second");
        }
    }

    @Test
    void clientsOfANodeThatIsBackAtTheRestartHaveTheirTimeToComeBack() throws Exception {
        String second = secondNode();
        emqx.connect(ClientOptions.of("on-second").node(second));
        emqx.connect(ClientOptions.of("leaves").node(generation.firstNode()));
        try (Life first = life("clients", "")) {
            first.polls(2);
            emqx.stopNode(second);
            first.awaitTold("unreachable on-second");
        }
        emqx.startNode(second);
        emqx.disconnect("leaves");
        try (Life again = life("clients", "&nodeGrace=60000")) {
            again.awaitTold("disconnected leaves");
            again.polls(3);
            assertThat(again.told()).hasSize(1);
            emqx.connect(ClientOptions.of("on-second").node(second));
            again.awaitTold("disconnected leaves", "reconnected on-second");
        }
    }

    @Test
    void whatANodeLossTimeoutCountsGoesOn() throws Exception {
        String second = secondNode();
        emqx.connect(ClientOptions.of("on-second").node(second));
        try (Life first = life("clients", "")) {
            first.polls(2);
            emqx.stopNode(second);
            first.awaitTold("unreachable on-second");
        }
        try (Life again = life("clients", "&nodeLossTimeout=1")) {
            again.awaitTold("disconnected on-second");
            assertThat(again.change("disconnected on-second").after()).containsEntry("reason", "node-lost");
        }
    }

    @Test
    void aCounterGoesOnAndANodeThatStartedAgainCountsFromZero() throws Exception {
        emqx.count(METRIC, 100);
        emqx.count("packets.sent", 3);
        String options = "&metricNames=" + METRIC + ",packets.sent";
        try (Life first = life("metrics", options)) {
            first.polls(2);
        }
        emqx.count(METRIC, 5);
        try (Life second = life("metrics", options)) {
            second.awaitTold("changed " + METRIC);
            MetricChange change = second.metric(METRIC);
            assertThat(change.previous()).isEqualTo(100);
            assertThat(change.current()).isEqualTo(105);
        }
        emqx.restartNode(generation.firstNode());
        emqx.count(METRIC, 7);
        // more than before the start, and still counted from zero
        emqx.count("packets.sent", 5);
        try (Life third = life("metrics", options)) {
            third.awaitTold("changed " + METRIC, "changed packets.sent");
            assertThat(third.metric(METRIC).delta()).isEqualTo(7);
            assertThat(third.metric(METRIC).current()).isEqualTo(112);
            assertThat(third.metric("packets.sent").delta()).isEqualTo(5);
            third.polls(2);
            assertThat(third.told()).hasSize(2);
        }
        try (Life fourth = life("metrics", options)) {
            fourth.polls(2);
            emqx.count(METRIC, 1);
            fourth.awaitTold("changed " + METRIC);
            assertThat(fourth.metric(METRIC).delta()).isEqualTo(1);
        }
    }

    @Test
    void aMetricThatWasNotDeliveredComesAgainWithItsId() throws Exception {
        Message failed;
        try (Life first = life("metrics", "&metricNames=" + METRIC, message -> false)) {
            first.polls(2);
            emqx.count(METRIC, 5);
            first.awaitTold("changed " + METRIC);
            failed = first.messages.get(0);
        }
        emqx.count(METRIC, 6);
        try (Life second = life("metrics", "&metricNames=" + METRIC)) {
            await().until(() -> second.messages.size() == 2);
            assertThat(id(second.messages.get(0))).isEqualTo(id(failed));
            assertThat(second.messages.get(0).getBody()).isEqualTo(failed.getBody());
            assertThat(second.messages.get(1).getBody(MetricChange.class).delta())
                    .isEqualTo(6);
        }
    }

    @Test
    void aBatchThatWasNotDeliveredComesAgainAndWhatCameInBetweenFollows() throws Exception {
        emqx.count(METRIC, 100);
        String options = "&batch=true&minDelta=2&metricNames=" + METRIC + ",packets.sent";
        Message failed;
        try (Life first = life("metrics", options, message -> false)) {
            first.polls(2);
            emqx.count(METRIC, 5);
            first.awaitTold("changed metrics");
            failed = first.messages.get(0);
        }
        emqx.count(METRIC, 1);
        emqx.count("packets.sent", 3);
        try (Life second = life("metrics", options)) {
            await().until(() -> second.messages.size() == 2);
            assertThat(id(second.messages.get(0))).isEqualTo(id(failed));
            assertThat(second.messages.get(0).getBody()).isEqualTo(failed.getBody());
            MetricChange change = only(second.messages.get(1));
            assertThat(change.name()).isEqualTo("packets.sent");
            assertThat(change.delta()).isEqualTo(3);
        }
        // what was too little to tell adds up
        emqx.count(METRIC, 1);
        try (Life third = life("metrics", options)) {
            third.awaitTold("changed metrics");
            assertThat(only(third.messages.get(0)).delta()).isEqualTo(2);
            third.polls(2);
            assertThat(third.told()).hasSize(1);
        }
    }

    @Test
    void batchesMayBeginAndEnd() throws Exception {
        emqx.count(METRIC, 100);
        String names = "&metricNames=" + METRIC + ",packets.sent";
        try (Life first = life("metrics", names + "&batch=true", message -> false)) {
            first.polls(2);
            emqx.count(METRIC, 5);
            first.awaitTold("changed metrics");
        }
        emqx.count(METRIC, 1);
        try (Life second = life("metrics", names, message -> !METRIC.equals(key(message)))) {
            second.awaitTold("changed metrics", "changed " + METRIC);
            assertThat(only(second.messages.get(0)).delta()).isEqualTo(5);
            assertThat(second.metric(METRIC).delta()).isEqualTo(1);
        }
        emqx.count("packets.sent", 3);
        try (Life third = life("metrics", names + "&batch=true")) {
            third.awaitTold("changed " + METRIC, "changed metrics");
            assertThat(third.metric(METRIC).delta()).isEqualTo(1);
            MetricChange change = only(third.messages.get(1));
            assertThat(change.name()).isEqualTo("packets.sent");
            assertThat(change.delta()).isEqualTo(3);
            third.polls(2);
            assertThat(third.told()).hasSize(2);
        }
    }

    @Test
    void whatWasToldWhileANodeSaidNothingIsNotToldAgain() throws Exception {
        String second = secondNode();
        emqx.connect("a");
        emqx.connect(ClientOptions.of("b").node(second));
        String path = generation == Generation.V5 ? "/api/v5/clients" : "/api/v4/nodes/[^/]*-b[^/]*/clients";
        MappingBuilder silent = get(urlPathMatching(path)).atPriority(1).willReturn(serverError());
        if (generation == Generation.V5) {
            silent.withQueryParam("node", equalTo(second));
        }
        StubMapping fault = emqx.wireMock().stubFor(silent);
        try (Life first = life("clients", "&emitInitial=true")) {
            first.awaitTold("connected a");
            first.polls(2);
        }
        emqx.wireMock().removeStub(fault);
        try (Life again = life("clients", "&emitInitial=true")) {
            again.awaitTold("connected b");
            again.polls(2);
            assertThat(again.told()).containsExactly("connected b");
        }
    }

    @Test
    void rowsWhoseKeyIsMoreThanTheirNameGoOn() throws Exception {
        emqx.connect("c1");
        emqx.connect("c2");
        emqx.subscribe("c1", "stays", 0);
        emqx.subscribe("c2", "a|b", 0);
        Object name;
        try (Life first = life("subscriptions", "&emitInitial=true", message -> !"c1|stays".equals(key(message)))) {
            await().until(() -> Set.copyOf(first.told()).size() == 2);
            name = first.messages.stream()
                    .map(WatchRestartTest::key)
                    .filter(key -> !"c1|stays".equals(key))
                    .findFirst()
                    .orElseThrow();
        }
        emqx.disconnect("c2");
        try (Life again = life("subscriptions", "")) {
            again.awaitTold("created c1|stays", "deleted " + name);
            assertThat(again.change("deleted " + name).before()).containsEntry("topic", "a|b");
            assertThat(again.change("created c1|stays").key()).isEqualTo("c1|stays");
        }
    }

    private void refused(String resource, String options, String words) throws Exception {
        assertThatThrownBy(() -> life(resource, options))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("stateKey")
                .hasMessageContaining(words);
    }

    private String secondNode() {
        String second = generation == Generation.V5 ? "emqx-b@127.0.0.1" : "emqx4-b@127.0.0.1";
        emqx.addNode(second);
        return second;
    }

    private Life life(String resource, String options) throws Exception {
        return life(resource, options, message -> true);
    }

    private Life life(String resource, String options, Predicate<Message> accepted) throws Exception {
        Life life = new Life(accepted);
        open.add(life);
        try {
            life.begin(resource, options);
        } catch (IllegalStateException e) {
            life.close();
            throw e;
        }
        return life;
    }

    /** The one change of a batch. */
    private static MetricChange only(Message batch) {
        List<?> changes = batch.getBody(List.class);
        assertThat(changes).hasSize(1);
        return (MetricChange) changes.get(0);
    }

    private static Object key(Message message) {
        return message.getHeader(EmqxPlatformConstants.KEY);
    }

    private static Object id(Message message) {
        return message.getHeader(EmqxPlatformConstants.EVENT_ID);
    }

    /** A context from its start to its end, as between two restarts of a process. */
    private final class Life implements AutoCloseable {

        private final CamelContext context = new DefaultCamelContext();
        private final List<Message> messages = new CopyOnWriteArrayList<>();
        private final Predicate<Message> accepted;
        private FileStateStore file;

        private Life(Predicate<Message> accepted) {
            this.accepted = accepted;
        }

        private void begin(String resource, String options) throws Exception {
            context.getRegistry().bind("state", StateStore.class, store());
            EmqxPlatformConfiguration connection = context.getComponent("emqx-platform", EmqxPlatformComponent.class)
                    .getConfiguration();
            connection.setApiUrl(emqx.apiUrl());
            connection.setAppId(emqx.appId());
            connection.setAppSecret(emqx.appSecret());
            String key = options.contains("stateKey=") ? "" : "&stateKey=the-watch";
            String uri = "emqx-platform:" + resource + "?delay=20&initialDelay=0&stateStore=#state" + key
                    + options.replace("&stateKey=", "");
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from(uri).process(exchange -> {
                        messages.add(exchange.getMessage().copy());
                        if (!accepted.test(exchange.getMessage())) {
                            throw new IllegalStateException("not now");
                        }
                    });
                }
            });
            context.start();
        }

        private StateStore store() {
            return switch (kind) {
                case FILE -> {
                    file = new FileStateStore(folder.resolve("state"));
                    yield file;
                }
                case DATABASE -> new JdbcStateStore(database);
            };
        }

        private List<String> told() {
            return messages.stream()
                    .map(message -> message.getHeader(EmqxPlatformConstants.EVENT_TYPE) + " " + key(message))
                    .toList();
        }

        private void awaitTold(String... expected) {
            await().untilAsserted(() -> assertThat(Set.copyOf(told())).containsExactlyInAnyOrder(expected));
        }

        private ResourceChange change(String told) {
            return messages.get(told().indexOf(told)).getBody(ResourceChange.class);
        }

        private MetricChange metric(String name) {
            return messages.get(told().indexOf("changed " + name)).getBody(MetricChange.class);
        }

        private void polls(int count) {
            long before = listings();
            await().until(() -> listings() > before + count);
        }

        private long listings() {
            return emqx.wireMock().getAllServeEvents().stream()
                    .map(event -> event.getRequest().getUrl())
                    .filter(url -> url.matches(
                            "/api/v[45]/(nodes/[^/]+/)?clients\\?.*|/api/v[45]/(nodes/[^/]+/)?metrics(\\?.*)?"))
                    // a poll that goes node by node counts once
                    .filter(url -> !url.matches(".*-b(@|%40).*"))
                    .count();
        }

        @Override
        public void close() {
            context.stop();
            if (file != null) {
                file.close();
            }
        }
    }
}
