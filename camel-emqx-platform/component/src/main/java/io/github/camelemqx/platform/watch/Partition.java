/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.watch;

import io.github.camelemqx.platform.catalog.Operation;
import io.github.camelemqx.platform.client.Arguments;
import io.github.camelemqx.platform.client.Deployment;
import io.github.camelemqx.platform.client.PagingStyle;
import io.github.camelemqx.platform.exception.EmqxAccessDeniedException;
import io.github.camelemqx.platform.exception.EmqxNotFoundException;
import io.github.camelemqx.platform.exception.EmqxPlatformException;
import java.util.List;
import java.util.Map;

/** Whether a cluster is in two parts that do not see each other: the alarm of that name (clusters.md, v5 (d)). */
final class Partition {

    private static final String NAME = "partition";

    private static final int PAGE = 1000;

    private final Operation alarms;

    /** @param alarms the operation that lists alarms */
    Partition(Operation alarms) {
        this.alarms = alarms;
    }

    /**
     * Asks for the alarms that are active.
     *
     * @throws EmqxPlatformException when the deployment does not say
     */
    boolean isActive(Deployment deployment) throws EmqxPlatformException {
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
