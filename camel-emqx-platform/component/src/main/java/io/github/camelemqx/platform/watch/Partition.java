/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.watch;

import io.github.camelemqx.platform.catalog.Operation;
import io.github.camelemqx.platform.client.Arguments;
import io.github.camelemqx.platform.client.Deployment;
import io.github.camelemqx.platform.client.PagingStyle;
import io.github.camelemqx.platform.exception.EmqxAccessDeniedException;
import io.github.camelemqx.platform.exception.EmqxNotFoundException;
import io.github.camelemqx.platform.exception.EmqxPlatformException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether a cluster is in parts that do not see each other: the alarm of that name (clusters.md, v5 (d)). There is one, however
 * many parts there are, and it ends when one of them is back: a node that was away while it was active may live on with its
 * clients until it is seen again, or has been away for long. Not safe for many threads: it belongs to one watch.
 */
final class Partition {

    private static final String NAME = "partition";

    private static final int PAGE = 1000;

    private final Operation alarms;
    private final Duration timeout;
    /** The nodes that were away while the alarm was active, and are still, and when it was seen last. */
    private final Map<String, Instant> beyond = new HashMap<>();

    /**
     * @param alarms the operation that lists alarms
     * @param timeout after which, counted from the end of the alarm, a node is given up
     */
    Partition(Operation alarms, Duration timeout) {
        this.alarms = alarms;
        this.timeout = timeout;
    }

    /**
     * Asks for the alarms that are active.
     *
     * @param away the nodes that are not running
     * @throws EmqxPlatformException when the deployment does not say
     */
    boolean isActive(Deployment deployment, Set<String> away, Instant now) throws EmqxPlatformException {
        boolean active = isAlarm(deployment);
        beyond.keySet().retainAll(away);
        if (active) {
            away.forEach(node -> beyond.put(node, now));
        }
        beyond.values().removeIf(seen -> !seen.plus(timeout).isAfter(now));
        return active;
    }

    /** Whether a node may live on with its clients though the alarm has ended, for another that is back. */
    boolean isAnyBeyond() {
        return !beyond.isEmpty();
    }

    private boolean isAlarm(Deployment deployment) throws EmqxPlatformException {
        try {
            Object active = deployment
                    .all(alarms, Arguments.of(Map.of("activated", true)), PagingStyle.AUTO, PAGE)
                    .body();
            return ((List<?>) active).stream().anyMatch(alarm -> NAME.equals(((Map<?, ?>) alarm).get("name")));
        } catch (EmqxNotFoundException e) {
            // a node that is starting says so of any path, and knows of no alarm yet (clusters.md, v5 (b))
            if (SecondLook.isNotReady(e)) {
                throw e;
            }
            return false;
        } catch (EmqxAccessDeniedException notOffered) {
            return false;
        }
    }
}
