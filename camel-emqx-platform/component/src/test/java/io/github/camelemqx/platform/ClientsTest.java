/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import static io.github.camelemqx.platform.EmqxPlatformConstants.CLIENT_ID;
import static io.github.camelemqx.platform.EmqxPlatformConstants.COUNT;
import static io.github.camelemqx.platform.EmqxPlatformConstants.HAS_NEXT;
import static io.github.camelemqx.platform.EmqxPlatformConstants.HTTP_STATUS;
import static io.github.camelemqx.platform.EmqxPlatformConstants.LIMIT;
import static io.github.camelemqx.platform.EmqxPlatformConstants.PAGE;
import static io.github.camelemqx.platform.EmqxPlatformConstants.PARAMETERS;
import static io.github.camelemqx.platform.EmqxPlatformConstants.TOPIC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelemqx.platform.exception.EmqxClientOfflineException;
import io.github.camelemqx.platform.exception.EmqxInvalidRequestException;
import io.github.camelemqx.platform.model.Client;
import io.github.camelemqx.platform.model.Subscription;
import io.github.camelemqx.platform.test.ClientOptions;
import io.github.camelemqx.platform.test.Generation;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.model.dataformat.JsonLibrary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The operations of clients, with the same routes on both generations. */
@ParameterizedClass
@EnumSource(Generation.class)
class ClientsTest extends BothGenerations {

    private static final String ODD = "dev/ä b";

    @Override
    protected RouteBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                onException(EmqxClientOfflineException.class)
                        .handled(true)
                        .setBody(simple("${exception.operation} ${exception.resultCode}"))
                        .to("mock:offline");
                from("direct:kick").to("emqx-platform:clients?operation=kick").to("mock:kicked");
                from("direct:subscribe")
                        .to("emqx-platform:clients?operation=subscribe&topic=from/above&param.qos=1")
                        .to("mock:subscribed");
                from("direct:split")
                        .to("emqx-platform:clients?operation=list&paging=stream&pageSize=10")
                        .split(body())
                        .streaming()
                        .to("mock:row");
            }
        };
    }

    @Test
    void listsAllRowsOfAllPages() {
        IntStream.range(0, 25).forEach(i -> emqx.connect("c" + i));
        Exchange done = call("clients?operation=list&pageSize=10", null, Map.of());
        List<?> rows = (List<?>) done.getMessage().getBody();
        assertThat(rows).hasSize(25);
        assertThat(new TreeSet<>(rows.stream()
                        .map(row -> ((Map<?, ?>) row).get("clientid"))
                        .toList()))
                .hasSize(25);
        assertThat(done.getMessage().getHeader(COUNT)).isEqualTo(25L);
        assertThat(done.getMessage().getHeader(HTTP_STATUS)).isEqualTo(200);
        assertThat(done.getMessage().getHeader(HAS_NEXT)).isNull();
    }

    @Test
    void listsOnePage() {
        IntStream.range(0, 25).forEach(i -> emqx.connect("c" + i));
        Exchange last = call("clients?operation=list&paging=page&pageSize=10&param.page=3", null, Map.of());
        assertThat((List<?>) last.getMessage().getBody()).hasSize(5);
        assertThat(last.getMessage().getHeader(PAGE)).isEqualTo(3);
        assertThat(last.getMessage().getHeader(LIMIT)).isEqualTo(10);
        assertThat(last.getMessage().getHeader(COUNT)).isEqualTo(25L);
        assertThat(last.getMessage().getHeader(HAS_NEXT)).isEqualTo(false);
        Exchange first = call("clients?operation=list&paging=page&pageSize=10", null, Map.of());
        assertThat(first.getMessage().getHeader(HAS_NEXT)).isEqualTo(true);
    }

    @Test
    void streamsPages() throws Exception {
        IntStream.range(0, 25).forEach(i -> emqx.connect("c" + i));
        MockEndpoint rows = getMockEndpoint("mock:row");
        rows.expectedMessageCount(25);
        template.sendBody("direct:split", null);
        rows.assertIsSatisfied();
        Object body = result("clients?operation=list&paging=stream");
        assertThat(body).isInstanceOf(Iterator.class);
    }

    @Test
    void listsNothing() {
        assertThat(rows("clients?operation=list")).isEmpty();
    }

    @Test
    void filtersMeanTheSame() {
        emqx.connect(ClientOptions.of("car-1").username("alice"));
        emqx.connect(ClientOptions.of("car-2").username("bob").cleanStart(false).expiryInterval(300));
        emqx.connect("bus-1");
        emqx.disconnect("car-2");
        assertThat(ids("clients?operation=list&username=alice")).containsExactly("car-1");
        assertThat(ids("clients?operation=list&clientId=bus-1")).containsExactly("bus-1");
        assertThat(ids("clients?operation=list&param.like_clientid=car")).containsExactly("car-1", "car-2");
        assertThat(ids("clients?operation=list&param.conn_state=disconnected")).containsExactly("car-2");
        assertThat(ids("clients?operation=list&node=" + generation.firstNode())).hasSize(3);
        assertThat(ids("clients?operation=list&param.gte_connected_at="
                        + Instant.now().plusSeconds(3600)))
                .isEmpty();
        assertThat(ids("clients?operation=list&param.gte_connected_at="
                        + Instant.now().minusSeconds(3600)))
                .hasSize(3);
    }

    @Test
    void fieldsReduceRows() {
        emqx.connect("c1");
        assertThat(result("clients?operation=list&param.fields=clientid&param.fields=node"))
                .isEqualTo(List.of(Map.of("clientid", "c1", "node", generation.firstNode())));
    }

    @Test
    void severalIdsAreForGeneration5() {
        emqx.connect("c1");
        emqx.connect("c2");
        emqx.connect("c3");
        String uri = "clients?operation=list";
        Map<String, Object> headers = Map.of(PARAMETERS, Map.of("clientid", List.of("c1", "c3")));
        if (v5()) {
            assertThat(rows(uri, null, headers)).hasSize(2);
        } else {
            assertThat(failure(EmqxInvalidRequestException.class, uri, null, headers))
                    .hasMessageContaining("generation v4 takes one clientid, not 2");
        }
    }

    @Test
    void getsARowInTheVocabulary() {
        emqx.connect(ClientOptions.of(ODD).keepalive(30).ipAddress("10.0.0.7"));
        Map<String, Object> row = row("clients?operation=get", null, Map.of(CLIENT_ID, ODD));
        assertThat(row.get("clientid")).isEqualTo(ODD);
        assertThat(row.containsKey("username")).isTrue();
        assertThat(row.get("username")).isNull();
        assertThat(row.get("connected")).isEqualTo(true);
        assertThat(row.get("ip_address")).isEqualTo("10.0.0.7");
        assertThat(row.get("keepalive")).isEqualTo(30);
        assertThat(row.get("clean_start")).isEqualTo(true);
        assertThat(row.get("proto_ver")).isEqualTo(5);
        assertThat(row.get("node")).isEqualTo(generation.firstNode());
        assertThat((String) row.get("connected_at")).endsWith("Z");
        assertThat(Instant.parse((String) row.get("connected_at")))
                .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(1));
        assertThat(row.containsKey("disconnected_at")).isFalse();
    }

    @Test
    void aRowBecomesARecord() {
        emqx.connect(ClientOptions.of("c1").username("alice").cleanStart(false).expiryInterval(300));
        emqx.disconnect("c1");
        Client client = template.requestBodyAndHeader(
                "emqx-platform:clients?operation=get", null, CLIENT_ID, "c1", Client.class);
        assertThat(client.clientId()).isEqualTo("c1");
        assertThat(client.username()).isEqualTo("alice");
        assertThat(client.connected()).isFalse();
        assertThat(client.cleanStart()).isFalse();
        assertThat(client.expiryInterval()).isEqualTo(300);
        assertThat(client.disconnectedAt()).isNotNull().isAfterOrEqualTo(client.connectedAt());
    }

    @Test
    void rowsAndRecordsAreMarshalled() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:row")
                        .to("emqx-platform:clients?operation=get")
                        .marshal()
                        .json(JsonLibrary.Jackson);
                from("direct:record")
                        .to("emqx-platform:clients?operation=get")
                        .convertBodyTo(Client.class)
                        .marshal()
                        .json(JsonLibrary.Jackson);
            }
        });
        emqx.connect("c1");
        assertThat(template.requestBodyAndHeader("direct:row", null, CLIENT_ID, "c1", String.class))
                .contains("\"clientid\":\"c1\"", "\"connected_at\":\"20");
        assertThat(template.requestBodyAndHeader("direct:record", null, CLIENT_ID, "c1", String.class))
                .contains("\"clientid\":\"c1\"", "\"connected_at\":\"20");
    }

    @Test
    void kicksByHeaderOptionAndEntryOfABody() {
        emqx.connect("c1");
        emqx.connect(ODD);
        emqx.connect("c3");
        assertThat(result("clients?operation=kick", "a body that is none", Map.of(CLIENT_ID, "c1")))
                .isNull();
        assertThat(result("clients?operation=kick&clientId=" + ODD.replace(" ", "%20")))
                .isNull();
        assertThat(result("clients?operation=kick", Map.of("clientid", "c3", "other", 1)))
                .isNull();
        assertThat(emqx.clients()).isEmpty();
    }

    @Test
    void aHeaderComesBeforeAnOptionAndAnOptionBeforeABody() {
        emqx.connect("header");
        emqx.connect("option");
        emqx.connect("body");
        result("clients?operation=kick&clientId=option", Map.of("clientid", "body"), Map.of(CLIENT_ID, "header"));
        assertThat(emqx.client("header")).isEmpty();
        result("clients?operation=kick&clientId=option", Map.of("clientid", "body"));
        assertThat(emqx.client("option")).isEmpty();
        assertThat(emqx.client("body")).isPresent();
        emqx.connect("parameters");
        result("clients?operation=kick&clientId=body", null, Map.of(PARAMETERS, Map.of("clientid", "parameters")));
        assertThat(emqx.client("parameters")).isEmpty();
        assertThat(emqx.client("body")).isPresent();
    }

    @Test
    void kickingAnAbsentClientIsWhatTheBrokerSays() throws Exception {
        MockEndpoint offline = getMockEndpoint("mock:offline");
        MockEndpoint kicked = getMockEndpoint("mock:kicked");
        // 4.4 answers success when an absent client is kicked (recording v4 34)
        offline.expectedMessageCount(v5() ? 1 : 0);
        kicked.expectedMessageCount(v5() ? 0 : 1);
        if (v5()) {
            offline.expectedBodiesReceived("clients:kick CLIENTID_NOT_FOUND");
        }
        template.sendBodyAndHeader("direct:kick", null, CLIENT_ID, "ghost");
        MockEndpoint.assertIsSatisfied(context);
    }

    @Test
    void anAbsentClientIsOfflineOnBoth() {
        EmqxClientOfflineException offline =
                failure(EmqxClientOfflineException.class, "clients?operation=get", null, Map.of(CLIENT_ID, "ghost"));
        assertThat(offline.httpStatus()).isEqualTo(v5() ? 404 : 200);
        assertThat(offline.resultCode()).isEqualTo(v5() ? "CLIENTID_NOT_FOUND" : null);
        assertThat(offline.retryable()).isFalse();
        Exchange asked = call("clients?operation=get&failOnNotFound=false", "body", Map.of(CLIENT_ID, "ghost"));
        assertThat(asked.getException()).isNull();
        assertThat(asked.getMessage().getBody()).isNull();
        assertThat(asked.getMessage().getHeader(HTTP_STATUS)).isEqualTo(v5() ? 404 : 200);
    }

    @Test
    void subscribesByOptionsHeadersOrBody() throws Exception {
        emqx.connect("c1");
        MockEndpoint subscribed = getMockEndpoint("mock:subscribed");
        subscribed.expectedMessageCount(1);
        template.sendBodyAndHeader("direct:subscribe", null, CLIENT_ID, "c1");
        subscribed.assertIsSatisfied();
        Map<?, ?> row = subscribed.getExchanges().get(0).getMessage().getBody(Map.class);
        assertThat(row.get("clientid")).isEqualTo("c1");
        assertThat(row.get("topic")).isEqualTo("from/above");
        assertThat(row.get("qos")).isIn(1, 1L);

        result("clients?operation=subscribe", "{\"clientid\":\"c1\",\"topic\":\"from/json\",\"qos\":2}");
        result("clients?operation=subscribe", Map.of("topic", "from/map"), Map.of(CLIENT_ID, "c1"));
        result("clients?operation=subscribe&clientId=c1", null, Map.of(TOPIC, "from/header"));
        assertThat(rows("clients?operation=subscriptions", null, Map.of(CLIENT_ID, "c1")))
                .extracting(subscription -> subscription.get("topic"))
                .containsExactlyInAnyOrder("from/above", "from/json", "from/map", "from/header");
    }

    @Test
    void subscriptionsBecomeRecords() {
        emqx.connect("c1");
        emqx.subscribe("c1", "t/#", 1);
        List<Map<String, Object>> rows = rows("clients?operation=subscriptions&clientId=c1");
        Subscription subscription = context.getTypeConverter().convertTo(Subscription.class, rows.get(0));
        assertThat(subscription.clientId()).isEqualTo("c1");
        assertThat(subscription.topic()).isEqualTo("t/#");
        assertThat(subscription.qos()).isEqualTo(1);
        assertThat(subscription.node()).isEqualTo(generation.firstNode());
        assertThat(subscription.noLocal()).isEqualTo(v5() ? Boolean.FALSE : null);
    }

    @Test
    void unsubscribes() {
        emqx.connect("c1");
        emqx.subscribe("c1", "t/1", 0);
        assertThat(result("clients?operation=unsubscribe&clientId=c1&topic=t/1"))
                .isNull();
        assertThat(rows("clients?operation=subscriptions&clientId=c1")).isEmpty();
        assertThat(result("clients?operation=unsubscribe&clientId=c1&topic=never"))
                .isNull();
    }

    @Test
    void anAbsentClientCannotSubscribe() {
        for (String operation : List.of("subscribe", "unsubscribe")) {
            EmqxClientOfflineException offline = failure(
                    EmqxClientOfflineException.class,
                    "clients?operation=" + operation + "&clientId=ghost&topic=t",
                    null,
                    Map.of());
            assertThat(offline.resultCode()).isEqualTo(v5() ? "CLIENTID_NOT_FOUND" : "112");
        }
    }

    @Test
    void whatGeneration4CannotExpressIsAnError() {
        emqx.connect("c1");
        String uri = "clients?operation=subscribe&clientId=c1&topic=t";
        Map<String, Object> noLocal = Map.of(PARAMETERS, Map.of("nl", 1));
        if (v5()) {
            assertThat(row(uri, null, noLocal)).containsEntry("nl", 1);
        } else {
            assertThat(failure(EmqxInvalidRequestException.class, uri, null, noLocal))
                    .hasMessageContaining("generation v4 cannot express nl other than 0");
            assertThat(emqx.client("c1").orElseThrow().subscriptions()).isEmpty();
        }
    }

    private List<String> ids(String uri) {
        return rows(uri).stream()
                .map(row -> (String) row.get("clientid"))
                .sorted()
                .toList();
    }

    @Test
    void aStreamThatIsReadAfterItsExchangeDoesNotEndSilently() {
        emqx.connect("c1");
        Iterator<?> rows = (Iterator<?>) result("clients?operation=list&paging=stream");
        assertThatThrownBy(rows::hasNext)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("not all of its rows were read");
    }
}
