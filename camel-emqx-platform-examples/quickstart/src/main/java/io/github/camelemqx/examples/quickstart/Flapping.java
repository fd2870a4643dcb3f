/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.examples.quickstart;

import io.github.camelemqx.platform.EmqxPlatformConstants;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Predicate;

/**
 * Whether a client has come back too often since the application started. An event whose exchange fails is delivered again under the same id: counting
 * ids, not deliveries, neither punishes a client for that nor forgets it.
 */
final class Flapping implements Predicate {

    private final int limit;
    private final ConcurrentMap<String, Set<String>> reconnections = new ConcurrentHashMap<>();

    Flapping(int limit) {
        this.limit = limit;
    }

    @Override
    public boolean matches(Exchange exchange) {
        Message event = exchange.getMessage();
        if (!"reconnected".equals(event.getHeader(EmqxPlatformConstants.EVENT_TYPE))) {
            return false;
        }
        Set<String> events = reconnections.computeIfAbsent(
                event.getHeader(EmqxPlatformConstants.KEY, String.class), client -> ConcurrentHashMap.newKeySet());
        events.add(event.getHeader(EmqxPlatformConstants.EVENT_ID, String.class));
        return events.size() >= limit;
    }
}
