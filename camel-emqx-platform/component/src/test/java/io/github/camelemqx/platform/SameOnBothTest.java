/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelemqx.platform.catalog.Catalog;
import io.github.camelemqx.platform.catalog.Operation;
import io.github.camelemqx.platform.test.AclRow;
import io.github.camelemqx.platform.test.ClientOptions;
import io.github.camelemqx.platform.test.EmqxSimulator;
import io.github.camelemqx.platform.test.Generation;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One route, the same input, the same state: the same body, whichever broker answers. What cannot be the same is listed
 * with its reason, everything else is equal down to the type. A difference that is listed must be there, so that the
 * list stays true.
 */
class SameOnBothTest {

    /** A whole second: generation 4 tells the times of clients no finer. */
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-23T10:27:53Z"), ZoneOffset.UTC);

    /** The first node has a name of its own on each; this one is called the same. */
    private static final String NODE = "emqx@10.0.0.2";

    private static final Map<Generation, EmqxSimulator> BROKERS = new TreeMap<>();
    private static final Map<Generation, CamelContext> CONTEXTS = new TreeMap<>();

    /** How a field may differ. */
    enum Kind {
        ONLY_V4,
        ONLY_V5,
        OTHER_VALUE
    }

    /**
     * Fields that differ, and why they have to.
     *
     * @param fields of the body's rows
     */
    record Difference(Kind kind, Set<String> fields, String why) {}

    /**
     * A call of which the bodies are compared.
     *
     * @param uri of the endpoint, after the scheme
     * @param body of the message that goes in
     */
    record Call(String uri, Object body, List<Difference> differences) {

        String operation() {
            return uri.replaceFirst("\\?operation=", ":").replaceFirst("&.*", "");
        }

        @Override
        public String toString() {
            return uri + (body == null ? "" : " " + body);
        }
    }

    private static Difference only(Generation generation, String why, String... fields) {
        return new Difference(generation == Generation.V4 ? Kind.ONLY_V4 : Kind.ONLY_V5, Set.of(fields), why);
    }

    private static Difference other(String why, String... fields) {
        return new Difference(Kind.OTHER_VALUE, Set.of(fields), why);
    }

    private static Call call(String uri, Object body, Difference... differences) {
        return new Call(uri, body, List.of(differences));
    }

    /** Operations that both generations have and that are no core operations of the contract: why they differ. */
    private static final Map<String, String> NOT_THE_SAME = Map.of(
            "clients:authorization-cache", "access is a text on 4, an action with a QoS on 5",
            "alarms:deactivate", "generation 4 wants the node");

    private static final Difference[] CLIENT = {
        only(
                Generation.V4,
                "the broker's own names of counters, and what generation 5 no longer has",
                "awaiting_rel",
                "inflight",
                "max_awaiting_rel",
                "max_inflight",
                "max_mqueue",
                "max_subscriptions",
                "zone"),
        only(
                Generation.V5,
                "the broker's own names of counters, and what generation 4 does not have yet",
                "auth_expire_at",
                "awaiting_rel_cnt",
                "awaiting_rel_max",
                "client_attrs",
                "durable",
                "enable_authn",
                "inflight_cnt",
                "inflight_max",
                "is_expired",
                "is_persistent",
                "listener",
                "mqueue_max",
                "peersni",
                "recv_msg.dropped.await_pubrel_timeout",
                "subscriptions_max"),
        other(
                "the traffic of the recorded client",
                "recv_cnt",
                "recv_oct",
                "recv_pkt",
                "reductions",
                "send_cnt",
                "send_oct",
                "send_pkt")
    };

    private static final Difference SUBSCRIPTION =
            only(Generation.V5, "options of MQTT 5 subscriptions, which generation 4 does not tell", "nl", "rap", "rh");

    private static final Difference DURABLE = only(Generation.V5, "generation 4 has no durable sessions", "durable");

    private static final Difference CREATED =
            only(Generation.V4, "generation 5 does not tell when it was made", "created_at");

    private static final Difference SUPERUSER =
            only(Generation.V5, "generation 4 has no superusers in this database", "is_superuser");

    private static final Difference CONDITIONS =
            only(Generation.V5, "conditions of rules, which generation 4 does not have", "qos", "retain");

    private static final Difference NODE_OF_CLIENT = only(
            Generation.V5, "generation 4 answers a subscription with nothing but success (recording v4 94)", "node");

    private static final Difference NOBODY =
            only(Generation.V5, "generation 4 does not tell that nobody subscribes", "reason_code", "message");

    private static final Difference DEFAULTS_OF_BAN = only(
            Generation.V5, "generation 4 answers what was sent, without its defaults (recording v4 159)", "at", "by");

    private static final Difference FIRST_NODE = other("the node that raises alarms has a name of its own", "node");

    private static final Difference[] NODE_ROW = {
        only(
                Generation.V5,
                "what generation 4 does not tell",
                "cluster_sessions",
                "edition",
                "log_path",
                "role",
                "sys_path"),
        other(
                "texts on generation 4, numbers on generation 5, as the broker has them",
                "load1",
                "load5",
                "load15",
                "uptime"),
        other("the recorded machine", "memory_used", "process_used", "otp_release", "version")
    };

    static Stream<Call> calls() {
        return Stream.of(
                call("clients?operation=list", null, CLIENT),
                call("clients?operation=list&username=alice", null, CLIENT),
                call("clients?operation=list&param.fields=clientid,username,connected_at", null),
                call("clients?operation=list&node=" + NODE + "&param.conn_state=disconnected", null, CLIENT),
                call("clients?operation=get&clientId=dev/1", null, CLIENT),
                call("clients?operation=get&clientId=gone", null, CLIENT),
                call("clients?operation=kick&clientId=dev/1", null),
                call("clients?operation=kick-bulk", List.of("dev/1", "gone", "nobody")),
                call("clients?operation=subscriptions&clientId=dev/1", null, SUBSCRIPTION, DURABLE),
                call(
                        "clients?operation=subscribe",
                        Map.of("clientid", "dev/1", "topic", "new", "qos", 1),
                        SUBSCRIPTION,
                        NODE_OF_CLIENT),
                call(
                        "clients?operation=subscribe&topic=new",
                        Map.of("clientid", "dev/1"),
                        SUBSCRIPTION,
                        NODE_OF_CLIENT),
                call("clients?operation=unsubscribe", Map.of("clientid", "dev/1", "topic", "t/1")),
                call(
                        "clients?operation=subscribe-bulk",
                        List.of(
                                Map.of("clientid", "dev/1", "topic", "new/1", "qos", 2),
                                Map.of("clientid", "dev/1", "topic", "new/2")),
                        SUBSCRIPTION,
                        NODE_OF_CLIENT),
                call(
                        "clients?operation=unsubscribe-bulk&clientId=dev/1",
                        List.of(Map.of("topic", "t/1"), Map.of("topic", "t/2"))),
                call("clients?operation=keepalive&clientId=dev/1", Map.of("interval", 30)),
                call("clients?operation=clear-authorization-cache&clientId=dev/1", null),
                call("subscriptions?operation=list", null, SUBSCRIPTION, DURABLE),
                call("subscriptions?operation=list&param.match_topic=t/%23&param.qos=1", null, SUBSCRIPTION, DURABLE),
                call("topics?operation=list", null),
                call("topics?operation=get&topic=t/1", null),
                call(
                        "messages?operation=publish&topic=t/1",
                        "hello",
                        other("each broker numbers messages in its own way", "id")),
                call(
                        "messages?operation=publish&topic=nobody/listens",
                        "hello",
                        only(Generation.V4, "generation 5 gives no id to a message for nobody", "id"),
                        NOBODY),
                call(
                        "messages?operation=publish-bulk",
                        List.of(
                                Map.of("topic", "t/1", "payload", "1"),
                                Map.of("topic", "nobody/listens", "payload", "2")),
                        only(Generation.V5, "generation 4 tells no ids in bulk (recording v4 149)", "id"),
                        NOBODY),
                call("users?operation=list&param.like_user_id=user", null, CREATED, SUPERUSER),
                call("users?operation=get&username=user-1", null, CREATED, SUPERUSER),
                call("users?operation=create", Map.of("user_id", "new", "password", "p"), SUPERUSER),
                call(
                        "users?operation=create-bulk",
                        List.of(Map.of("user_id", "n1", "password", "p"), Map.of("username", "n2", "password", "p"))),
                call("users?operation=update&username=user-1", Map.of("password", "p"), SUPERUSER),
                call("users?operation=delete&username=user-1", null),
                call("acl?operation=list&param.scope=client", null, CONDITIONS),
                call("acl?operation=list&param.scope=user", null, CONDITIONS),
                call("acl?operation=list", null, CONDITIONS),
                call("acl?operation=get&clientId=dev/1", null, CONDITIONS),
                call(
                        "acl?operation=create",
                        List.of(
                                Map.of("clientid", "c9", "topic", "t", "action", "publish", "permission", "allow"),
                                Map.of("topic", "t", "action", "all", "permission", "deny"))),
                call(
                        "acl?operation=update",
                        Map.of("clientid", "dev/1", "topic", "t", "action", "publish", "permission", "deny")),
                call("acl?operation=delete&clientId=dev/1", null),
                call("banned?operation=list", null),
                call(
                        "banned?operation=create",
                        Map.of(
                                "as",
                                "clientid",
                                "who",
                                "x",
                                "reason",
                                "r",
                                "by",
                                "me",
                                "at",
                                "2026-11-23T10:00:00Z",
                                "until",
                                "2027-01-01T00:00:00Z")),
                call(
                        "banned?operation=create",
                        Map.of("as", "username", "who", "x", "until", "infinity", "reason", "r"),
                        DEFAULTS_OF_BAN),
                call("banned?operation=create", Map.of("as", "peerhost", "who", "10.0.0.1"), DEFAULTS_OF_BAN),
                call("banned?operation=delete", Map.of("as", "clientid", "who", "bad")),
                call(
                        "nodes?operation=list",
                        null,
                        Stream.concat(Stream.of(NODE_ROW), Stream.of(FIRST_NODE))
                                .toArray(Difference[]::new)),
                call("nodes?operation=get&node=" + NODE, null, NODE_ROW),
                call("alarms?operation=list", null, FIRST_NODE),
                call("alarms?operation=list&param.activated=false", null, FIRST_NODE),
                call("alarms?operation=clear", null));
    }

    @BeforeAll
    static void start() throws Exception {
        for (Generation generation : Generation.values()) {
            EmqxSimulator broker = EmqxSimulator.start(generation, CLOCK);
            CamelContext context = new DefaultCamelContext();
            EmqxPlatformConfiguration connection = context.getComponent("emqx-platform", EmqxPlatformComponent.class)
                    .getConfiguration();
            connection.setApiUrl(broker.apiUrl());
            connection.setAppId(broker.appId());
            connection.setAppSecret(broker.appSecret());
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    Stream.concat(calls(), numbers())
                            .forEach(call -> from("direct:" + name(call)).to("emqx-platform:" + call.uri()));
                }
            });
            context.start();
            BROKERS.put(generation, broker);
            CONTEXTS.put(generation, context);
        }
    }

    private static String name(Call call) {
        return "call" + Integer.toHexString(call.toString().hashCode());
    }

    @AfterAll
    static void stop() {
        CONTEXTS.values().forEach(CamelContext::stop);
        BROKERS.values().forEach(EmqxSimulator::close);
    }

    /** The same state on both. */
    @BeforeEach
    void fill() {
        for (EmqxSimulator broker : BROKERS.values()) {
            broker.reset();
            broker.addNode(NODE);
            broker.connect(
                    ClientOptions.of("dev/1").username("alice").node(NODE).keepalive(30));
            broker.connect(ClientOptions.of("dev/2").protoVer(4).node(NODE));
            broker.connect(ClientOptions.of("gone")
                    .cleanStart(false)
                    .expiryInterval(300)
                    .node(NODE));
            broker.subscribe("dev/1", "t/1", 1);
            broker.subscribe("dev/1", "t/2", 0);
            broker.subscribe("dev/2", "$share/g/t/1", 2);
            broker.disconnect("gone");
            broker.addUser("user-1", "p");
            broker.addUser("user-2", "p");
            broker.addAclRule(new AclRow("clientid", "dev/1", "publish", "t/1", "allow"));
            broker.addAclRule(new AclRow("clientid", "dev/1", "subscribe", "t/#", "deny"));
            broker.addAclRule(new AclRow("username", "alice", "subscribe", "t/#", "deny"));
            broker.addAclRule(new AclRow("all", "", "publish", "everybody", "allow"));
            broker.ban("clientid", "bad", Instant.parse("2099-01-01T00:00:00Z"));
            broker.ban("username", "worse", null);
            broker.raiseAlarm("hot", "Too hot", Map.of("celsius", 90));
            broker.raiseAlarm("over", "Was hot", Map.of());
            broker.clearAlarm("over");
            broker.count(NODE, "messages.received", 7);
        }
    }

    @ParameterizedTest
    @MethodSource("calls")
    void theBodyIsTheSame(Call call) {
        Object v4 = body(Generation.V4, call);
        Object v5 = body(Generation.V5, call);
        List<Map<String, Object>> rows4 = rows(v4);
        List<Map<String, Object>> rows5 = rows(v5);
        assertThat(rows4.size()).as("rows of %s and of %s", v4, v5).isEqualTo(rows5.size());
        for (Difference difference : call.differences()) {
            for (String field : difference.fields()) {
                assertThat(differs(difference.kind(), field, rows4, rows5))
                        .as("%s of %s: %s", field, difference.kind(), difference.why())
                        .isTrue();
                rows4.forEach(row -> row.remove(field));
                rows5.forEach(row -> row.remove(field));
            }
        }
        if (v4 instanceof Map || v4 instanceof List) {
            assertThat(rows4).isEqualTo(rows5);
            assertThat(v4 instanceof List).isEqualTo(v5 instanceof List);
        } else {
            assertThat(v4).isEqualTo(v5);
        }
    }

    private static boolean differs(
            Kind kind, String field, List<Map<String, Object>> v4, List<Map<String, Object>> v5) {
        boolean in4 = v4.stream().anyMatch(row -> row.containsKey(field));
        boolean in5 = v5.stream().anyMatch(row -> row.containsKey(field));
        return switch (kind) {
            case ONLY_V4 -> in4 && !in5;
            case ONLY_V5 -> in5 && !in4;
            case OTHER_VALUE ->
                in4
                        && in5
                        && !v4.stream()
                                .map(row -> row.get(field))
                                .toList()
                                .equals(v5.stream().map(row -> row.get(field)).toList());
        };
    }

    private static Object body(Generation generation, Call call) {
        Exchange done = CONTEXTS.get(generation)
                .createProducerTemplate()
                .request("direct:" + name(call), exchange -> exchange.getMessage()
                        .setBody(call.body()));
        assertThat(done.getException()).as("%s of %s", call, generation).isNull();
        return done.getMessage().getBody();
    }

    /** Rows that can be changed, in an order of their own: a listing has none. */
    private static List<Map<String, Object>> rows(Object body) {
        List<?> all = body instanceof List<?> list ? list : body instanceof Map<?, ?> one ? List.of(one) : List.of();
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Object row : all) {
            Map<String, Object> copy = new LinkedHashMap<>();
            ((Map<?, ?>) row).forEach((name, value) -> copy.put(name.toString(), value));
            rows.add(copy);
        }
        rows.sort(Comparator.comparing(SameOnBothTest::identity));
        return rows;
    }

    private static String identity(Map<String, Object> row) {
        return Stream.of("index", "clientid", "username", "topic", "user_id", "who", "name", "action")
                .map(row::get)
                .map(String::valueOf)
                .collect(Collectors.joining(" "));
    }

    /** Calls that answer numbers by the broker's own names, of which each generation has some that the other lacks. */
    static Stream<Call> numbers() {
        return Stream.of(
                call("metrics?operation=get", null),
                call("metrics?operation=get&param.aggregate=false", null),
                call("metrics?operation=get&node=" + NODE, null),
                call("stats?operation=get", null),
                call("stats?operation=get&param.aggregate=false", null),
                call("nodes?operation=metrics&node=" + NODE, null),
                call("nodes?operation=stats&node=" + NODE, null));
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void numbersThatBothHaveAreTheSame(Call call) {
        Object v4 = body(Generation.V4, call);
        Object v5 = body(Generation.V5, call);
        assertThat(v4 instanceof List).isEqualTo(v5 instanceof List);
        List<Map<String, Object>> rows4 = rows(v4);
        List<Map<String, Object>> rows5 = rows(v5);
        assertThat(rows4).hasSameSizeAs(rows5);
        for (int i = 0; i < rows4.size(); i++) {
            Map<String, Object> numbers4 = numbers(rows4.get(i));
            Map<String, Object> numbers5 = numbers(rows5.get(i));
            assertThat(types(numbers4)).hasSize(1).isEqualTo(types(numbers5));
            numbers4.keySet().retainAll(numbers5.keySet());
            numbers5.keySet().retainAll(numbers4.keySet());
            assertThat(numbers4).hasSizeGreaterThan(10);
            OF_THE_RECORDED_BROKER.forEach(numbers4::remove);
            OF_THE_RECORDED_BROKER.forEach(numbers5::remove);
            assertThat(numbers4).isEqualTo(numbers5);
        }
    }

    /** What the brokers retained when they were recorded. */
    private static final Set<String> OF_THE_RECORDED_BROKER = Set.of("retained.count", "retained.max");

    /** The numbers of a row, which may be under a name of their own beside the node. */
    private static Map<String, Object> numbers(Map<String, Object> row) {
        if (!row.containsKey("node")) {
            return row;
        }
        assertThat(row).hasSize(2);
        Object nested = row.containsKey("metrics") ? row.get("metrics") : row.get("stats");
        Map<String, Object> numbers = new TreeMap<>();
        ((Map<?, ?>) nested).forEach((name, value) -> numbers.put(name.toString(), value));
        return numbers;
    }

    private static Set<Class<?>> types(Map<String, Object> numbers) {
        return numbers.values().stream().map(Object::getClass).collect(Collectors.toSet());
    }

    @Test
    void everyCoreOperationOfBothIsCompared() {
        Set<String> core = new TreeSet<>();
        Catalog catalog = Catalog.load();
        for (String resource : List.of(
                "clients",
                "subscriptions",
                "topics",
                "messages",
                "users",
                "acl",
                "banned",
                "nodes",
                "metrics",
                "stats",
                "alarms")) {
            catalog.resource(resource).operations().values().stream()
                    .filter(operation -> operation.generations().size() > 1)
                    .map(Operation::fullName)
                    .filter(name -> !NOT_THE_SAME.containsKey(name))
                    .forEach(core::add);
        }
        assertThat(Stream.concat(calls(), numbers()).map(Call::operation).toList())
                .containsAll(core);
    }
}
