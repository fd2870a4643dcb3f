/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import static io.github.camelemqx.platform.EmqxPlatformConstants.EVENT_TYPE;
import static io.github.camelemqx.platform.EmqxPlatformConstants.ID;
import static io.github.camelemqx.platform.EmqxPlatformConstants.KEY;
import static io.github.camelemqx.platform.EmqxPlatformConstants.TOPIC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelemqx.platform.test.Generation;
import java.util.Map;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows that only generation 5 has, or the simulator only of generation 5, watched while they really change. */
@ParameterizedClass
@EnumSource(value = Generation.class, names = "V5")
class WatchRowsOfGeneration5Test extends WatchedRows {

    @Test
    void retainedMessages() throws Exception {
        watch("retained?param.topic=r/%23");
        publish("r/1");
        polls.poll();
        publish("r/1");
        polls.poll();
        result("retained?operation=delete&topic=r/1");
        polls.poll();
        assertTold("created r/1", "updated r/1", "deleted r/1");
        assertThat(events.get(2).getHeader(TOPIC)).isEqualTo("r/1");
        assertThat(change(0).after()).doesNotContainKey("payload");
    }

    @Test
    void connectorsAndActions() throws Exception {
        PollOnDemand other = new PollOnDemand();
        context.getRegistry().bind("other", other);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("emqx-platform:actions?scheduler=#other")
                        .process(exchange -> events.add(exchange.getMessage().copy()));
            }
        });
        watch("connectors");
        other.poll();
        row("connectors?operation=create", Map.of("type", "http", "name", "hook", "url", "http://127.0.0.1:9"));
        row(
                "actions?operation=create",
                Map.of("type", "http", "name", "hook", "connector", "hook", "parameters", Map.of("method", "post")));
        polls.poll();
        other.poll();
        result("actions?operation=disable&id=http:hook");
        result("connectors?operation=disable&id=http:hook");
        polls.poll();
        other.poll();
        result("actions?operation=delete&id=http:hook");
        result("connectors?operation=delete&id=http:hook");
        polls.poll();
        other.poll();
        assertThat(events)
                .extracting(event -> event.getHeader(EVENT_TYPE) + " " + event.getHeader(EmqxPlatformConstants.RESOURCE)
                        + " " + event.getHeader(ID) + " " + event.getHeader(KEY))
                .containsExactly(
                        "created connectors http:hook http|hook",
                        "created actions http:hook http|hook",
                        "updated connectors http:hook http|hook",
                        "updated actions http:hook http|hook",
                        "deleted connectors http:hook http|hook",
                        "deleted actions http:hook http|hook");
    }

    @Test
    void authorizationSources() throws Exception {
        watch("authorization-sources");
        result("authorization-sources?operation=create", Map.of("type", "built_in_database", "enable", true));
        polls.poll();
        result("authorization-sources?operation=delete&id=built_in_database");
        polls.poll();
        assertTold("created built_in_database", "deleted built_in_database");
        assertThat(events.get(0).getHeader(ID)).isEqualTo("built_in_database");
    }

    @Test
    void whoseClientsOfAGatewayMustBeSaid() {
        assertThatThrownBy(() -> watch("gateway-clients"))
                .hasStackTraceContaining("Option param.name is missing: a watch of gateway-clients");
    }

    private void publish(String topic) {
        row("messages?operation=publish", Map.of("topic", topic, "payload", "x", "retain", true));
    }
}
