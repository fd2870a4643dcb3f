/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import java.time.Clock;
import org.apache.camel.CamelContext;

/**
 * The clock of the component in a benchmark in which time goes on by itself. It is in this package since it is none of users'
 * business what time a component thinks it is: the component tells only its own tests.
 */
public final class ChurnClock {

    private ChurnClock() {}

    /** From now on watches of a context go by a clock; none of them has started. */
    public static void set(CamelContext context, Clock clock) {
        context.getComponent("emqx-platform", EmqxPlatformComponent.class).setClock(clock);
    }
}
