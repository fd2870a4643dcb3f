/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static io.github.camelemqx.platform.EmqxPlatformConstants.EVENT_TYPE;
import static io.github.camelemqx.platform.EmqxPlatformConstants.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.github.camelemqx.platform.model.ResourceChange;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;

/** A test that watches rows of the simulator, poll by poll. */
abstract class WatchedRows extends BothGenerations {

    final List<Message> events = new ArrayList<>();
    final PollOnDemand polls = new PollOnDemand();

    String second() {
        String second = v5() ? "emqx-b@127.0.0.1" : "emqx4-b@127.0.0.1";
        emqx.addNode(second);
        return second;
    }

    String emptyPage() {
        return (v5() ? "{" : "{\"code\":0,")
                + "\"meta\":{\"page\":1,\"limit\":1000,\"hasnext\":false,\"count\":0},\"data\":[]}";
    }

    void stubOnce(String path, String answer) {
        emqx.wireMock()
                .stubFor(get(urlPathMatching(".*/" + path))
                        .atPriority(1)
                        .inScenario("once")
                        .whenScenarioStateIs(Scenario.STARTED)
                        .willSetStateTo("over")
                        .willReturn(okJson(answer)));
    }

    void watch(String uri) throws Exception {
        context.getRegistry().bind("polls", polls);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("emqx-platform:" + uri + (uri.contains("?") ? "&" : "?") + "scheduler=#polls")
                        .process(exchange -> events.add(exchange.getMessage().copy()));
            }
        });
        polls.poll();
        assertThat(events).isEmpty();
    }

    ResourceChange change(int index) {
        return events.get(index).getBody(ResourceChange.class);
    }

    List<String> told() {
        return events.stream()
                .map(event -> event.getHeader(EVENT_TYPE) + " " + event.getHeader(KEY))
                .toList();
    }

    void assertTold(String... expected) {
        assertThat(told()).containsExactly(expected);
    }
}
