/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A client, or the session it left behind, as it was at one moment; immutable.
 *
 * @param options how it connected; the keep-alive may have been changed through the API since
 * @param node the cluster node that has the session
 * @param port the client's port, another one after each connect
 * @param createdAt when the session began; kept when a client comes back to its session
 * @param connectedAt when the client connected last
 * @param disconnectedAt when it disconnected, or null while it is connected
 * @param subscriptions by topic filter, in the order in which they were made
 * @param authorizationCache the subscriptions that the broker remembers as allowed
 */
public record SimulatedClient(
        ClientOptions options,
        String node,
        int port,
        Instant createdAt,
        Instant connectedAt,
        Instant disconnectedAt,
        Map<String, Subscription> subscriptions,
        List<Subscription> authorizationCache) {

    /** Copies nothing, but lets nobody change anything. */
    public SimulatedClient {
        subscriptions = Collections.unmodifiableMap(subscriptions);
        authorizationCache = List.copyOf(authorizationCache);
    }

    /** The id it connected with. */
    public String clientId() {
        return options.clientId();
    }

    /** The user name it connected with, or null for none. */
    public String username() {
        return options.username();
    }

    /** False if only the session is left. */
    public boolean connected() {
        return disconnectedAt == null;
    }

    /** The same client gone since a moment, its session still there. */
    public SimulatedClient disconnected(Instant at) {
        return new SimulatedClient(options, node, port, createdAt, connectedAt, at, subscriptions, authorizationCache);
    }

    /** The same client as another node would list it that it connected to at another time. */
    public SimulatedClient seenOn(String otherNode, Instant since) {
        return new SimulatedClient(
                options, otherNode, port, createdAt, since, disconnectedAt, subscriptions, authorizationCache);
    }

    /** The same client with another keep-alive, in seconds. */
    public SimulatedClient keepalive(int seconds) {
        return new SimulatedClient(
                options.keepalive(seconds),
                node,
                port,
                createdAt,
                connectedAt,
                disconnectedAt,
                subscriptions,
                authorizationCache);
    }

    /** The same client with one more subscription, or a changed one. */
    public SimulatedClient subscribed(Subscription subscription) {
        Map<String, Subscription> more = new LinkedHashMap<>(subscriptions);
        more.put(subscription.topic(), subscription);
        List<Subscription> allowed = new ArrayList<>(authorizationCache);
        allowed.removeIf(known -> known.topic().equals(subscription.topic()));
        allowed.add(subscription);
        return with(more, allowed);
    }

    /** The same client without a subscription. */
    public SimulatedClient unsubscribed(String topicFilter) {
        Map<String, Subscription> fewer = new LinkedHashMap<>(subscriptions);
        fewer.remove(topicFilter);
        return with(fewer, authorizationCache);
    }

    /** The same client, none of its permissions remembered. */
    public SimulatedClient authorizationForgotten() {
        return with(subscriptions, List.of());
    }

    private SimulatedClient with(Map<String, Subscription> subscribed, List<Subscription> allowed) {
        return new SimulatedClient(options, node, port, createdAt, connectedAt, disconnectedAt, subscribed, allowed);
    }
}
