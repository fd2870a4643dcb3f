/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.state;

import io.github.camelemqx.platform.test.SimulatedClient;
import io.github.camelemqx.platform.test.Subscription;
import java.util.stream.Stream;

/** A subscription together with who has it. */
public record SubscriptionOf(SimulatedClient client, Subscription subscription) {

    /** All subscriptions of clients. */
    public static Stream<SubscriptionOf> each(Stream<SimulatedClient> clients) {
        return clients.flatMap(client ->
                client.subscriptions().values().stream().map(subscription -> new SubscriptionOf(client, subscription)));
    }

    /** The filter as the client sent it. */
    public String topic() {
        return subscription.topic();
    }
}
