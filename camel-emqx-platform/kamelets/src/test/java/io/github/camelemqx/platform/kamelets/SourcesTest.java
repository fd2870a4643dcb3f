/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.kamelets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelemqx.platform.EmqxPlatformConstants;
import io.github.camelemqx.platform.test.ClientOptions;
import io.github.camelemqx.platform.test.Generation;
import io.github.camelemqx.platform.test.PlatformSimulator;
import java.time.Instant;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Generation.class)
class SourcesTest extends WithKamelets {

    private void from(String kamelet) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("kamelet:" + kamelet).to("mock:told");
            }
        });
    }

    private MockEndpoint mock() {
        return getMockEndpoint("mock:told");
    }

    private List<JsonNode> told(int count) {
        await().until(() -> mock().getReceivedCounter() >= count);
        return told(mock());
    }

    private void looks(String path, int count) {
        await().until(() -> emqx.wireMock().getAllServeEvents().stream()
                        .filter(call -> call.getRequest().getUrl().contains(path))
                        .count()
                >= count);
    }

    @Test
    void clientsThatComeAndGoAreToldAsJsonText() throws Exception {
        emqx.connect(ClientOptions.of("c1").username("u1").ipAddress("10.0.0.1"));
        from("emqx-platform-client-events-source?delay=50&emitInitial=true&" + CONNECTION);

        JsonNode connected = told(1).get(0);
        emqx.disconnect("c1");
        JsonNode disconnected = told(2).get(1);

        assertThat(connected.fieldNames())
                .toIterable()
                .containsExactly("resource", "type", "key", "before", "after", "detectedAt");
        assertThat(connected.get("resource").textValue()).isEqualTo("clients");
        assertThat(connected.get("type").textValue()).isEqualTo("connected");
        assertThat(connected.get("key").textValue()).isEqualTo("c1");
        assertThat(connected.at("/after/ip_address").textValue()).isEqualTo("10.0.0.1");
        assertThat(connected.at("/after/username").textValue()).isEqualTo("u1");
        assertThat(Instant.parse(connected.get("detectedAt").textValue())).isBeforeOrEqualTo(Instant.now());
        assertThat(disconnected.get("type").textValue()).isEqualTo("disconnected");
        Exchange first = mock().getReceivedExchanges().get(0);
        assertThat(first.getMessage().getHeader(Exchange.CONTENT_TYPE)).isEqualTo("application/json");
        assertThat(first.getMessage().getHeader(EmqxPlatformConstants.EVENT_TYPE))
                .isEqualTo("connected");
        assertThat(first.getMessage().getHeader(EmqxPlatformConstants.CLIENT_ID))
                .isEqualTo("c1");
        assertThat(first.getMessage().getHeader(EmqxPlatformConstants.USERNAME)).isEqualTo("u1");
    }

    @Test
    void onlyTheEventsAndFieldsThatAreWantedAreTold() throws Exception {
        emqx.connect(ClientOptions.of("c+1 & co").ipAddress("10.0.0.1").keepalive(60));
        from("emqx-platform-client-events-source?delay=50&events=updated,disconnected&watchFields=keepalive&"
                + CONNECTION);
        looks("/clients", 2);

        emqx.connect("other");
        looks("/clients", 4);
        emqx.disconnect("c+1 & co");

        JsonNode event = told(1).get(0);
        assertThat(event.get("type").textValue()).isEqualTo("disconnected");
        assertThat(event.get("key").textValue()).isEqualTo("c+1 & co");
        assertThat(event.at("/before/keepalive").intValue()).isEqualTo(60);
        assertThat(event.get("before").has("ip_address")).isFalse();
    }

    @Test
    void anEventWhoseRouteFailsComesAgain() throws Exception {
        emqx.connect("c1");
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("kamelet:emqx-platform-client-events-source?delay=50&emitInitial=true&" + CONNECTION)
                        .to("mock:told")
                        .throwException(new IllegalStateException("not this time"));
            }
        });

        told(2);

        assertThat(mock().getReceivedExchanges().stream()
                        .map(exchange -> exchange.getMessage().getHeader(EmqxPlatformConstants.EVENT_ID))
                        .distinct())
                .hasSize(1);
    }

    @Test
    void metricsAreToldAsWhatWasAdded() throws Exception {
        emqx.count("messages.received", 5);
        from("emqx-platform-metrics-source?delay=50&metricNames=RAW(client\\..+nected,messages.rec*)&" + CONNECTION);
        looks("/metrics", 2);

        emqx.count("messages.received", 3);
        emqx.count("messages.sent", 3);

        JsonNode change = told(1).get(0);
        assertThat(change.fieldNames())
                .toIterable()
                .containsExactly("name", "node", "previous", "current", "delta", "ratePerSecond", "detectedAt");
        assertThat(change.get("name").textValue()).isEqualTo("messages.received");
        assertThat(change.get("delta").longValue()).isEqualTo(3);
        emqx.connect("c1");
        assertThat(told(2).get(1).get("name").textValue()).isEqualTo("client.connected");
        assertThat(mock().getReceivedExchanges().get(1).getMessage().getHeader(EmqxPlatformConstants.KEY))
                .isEqualTo("client.connected");
    }

    @Test
    void statsOfALookComeTogether() throws Exception {
        from("emqx-platform-metrics-source?delay=50&resource=stats&batch=true&" + CONNECTION);
        looks("/stats", 2);

        emqx.connect("c1");

        JsonNode changes = told(1).get(0);
        assertThat(changes.isArray()).isTrue();
        assertThat(changes)
                .anyMatch(change -> change.get("name").textValue().equals("connections.count")
                        && change.get("delta").longValue() == 1);
    }

    @Test
    void rowsOfAnyResourceAreTold() throws Exception {
        from("emqx-platform-resource-changes-source?delay=50&resource=banned&" + CONNECTION);
        looks("/banned", 2);

        emqx.ban("clientid", "c1", null);

        JsonNode created = told(1).get(0);
        assertThat(created.get("resource").textValue()).isEqualTo("banned");
        assertThat(created.get("type").textValue()).isEqualTo("created");
        assertThat(created.at("/after/who").textValue()).isEqualTo("c1");
        assertThat(mock().getReceivedExchanges().get(0).getMessage().getHeader(EmqxPlatformConstants.RESOURCE))
                .isEqualTo("banned");
    }

    @Test
    void rowsOfTheAccountAreToldWithItsOwnKey() throws Exception {
        try (PlatformSimulator account = PlatformSimulator.start()) {
            account.addProject("p1", "Fleet");
            from("emqx-platform-resource-changes-source?resource=projects&emitInitial=true&platformApiUrl="
                    + account.platformApiUrl() + "&platformKey=" + account.platformKey() + "&platformSecret="
                    + account.platformSecret());

            assertThat(told(1).get(0).toString()).contains("\"created\"", "Fleet");
            assertThat(account.requests()).allMatch(request -> request.status() == 200);
            context.stop();
        }
    }

    @Test
    void aFilterThatAListingWantsIsPassedOn() throws Exception {
        from("emqx-platform-resource-changes-source?delay=50&resource=acl&scope=all&" + CONNECTION);

        looks(v5() ? "/rules/all" : "/acl/$all", 2);
    }
}
