/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.fleetguard;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelemqx.platform.EmqxPlatformConstants;
import io.github.camelemqx.platform.model.ResourceChange;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class ConnectWindowTest {

    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");

    private final CamelContext camel = new DefaultCamelContext();
    private final ConnectWindow window = new ConnectWindow(3, Duration.ofSeconds(60), 2);

    /** A client connects so many seconds after noon. */
    private Exchange event(String client, int second) {
        Exchange event = new DefaultExchange(camel);
        Map<String, Object> after = Map.of(
                "clientid", client, "connected_at", NOON.plusSeconds(second).toString());
        event.getMessage().setBody(new ResourceChange("clients", "reconnected", client, null, after, NOON));
        event.getMessage().setHeader(EmqxPlatformConstants.EVENT_ID, client + second);
        event.getMessage().setHeader(EmqxPlatformConstants.CLIENT_ID, client);
        return event;
    }

    private boolean tooOften(String client, int second) {
        return window.matches(event(client, second));
    }

    @Test
    void onlyConnectionsWithinTheWindowCount() {
        assertThat(tooOften("c1", 0)).isFalse();
        assertThat(tooOften("c1", 50)).isFalse();
        assertThat(tooOften("c1", 100)).isFalse();
        assertThat(tooOften("c1", 110)).isTrue();
    }

    @Test
    void theSameEventAgainCountsOnceAndSaysTheSame() {
        tooOften("c1", 1);
        assertThat(tooOften("c1", 1)).isFalse();
        assertThat(tooOften("c1", 2)).isFalse();
        assertThat(tooOften("c1", 3)).isTrue();
        assertThat(tooOften("c1", 3)).isTrue();
    }

    @Test
    void whatHasBeenDealtWithBeginsAtZero() {
        tooOften("c1", 1);
        tooOften("c1", 2);
        assertThat(tooOften("c1", 3)).isTrue();
        window.forget(event("c1", 3));
        assertThat(tooOften("c1", 4)).isFalse();
    }

    @Test
    void whoConnectedLongestAgoIsForgottenWhereThereAreTooMany() {
        tooOften("c1", 1);
        tooOften("c2", 1);
        tooOften("c1", 2);
        tooOften("c3", 2);
        assertThat(window.size()).isEqualTo(2);
        assertThat(tooOften("c1", 3)).isTrue();
        tooOften("c2", 3);
        assertThat(tooOften("c2", 4)).isFalse();
    }
}
