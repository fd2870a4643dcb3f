/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.meter;

import io.github.camelemqx.platform.health.WatchStatus;
import io.github.camelemqx.platform.watch.PollReport;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;

/** Where it is counted what the polls of one watch came to, while its route runs. */
public interface WatchMeters {

    /** A poll has ended, complete or not. */
    void polled(PollReport report);

    /** The route has stopped: what only a watch that runs can tell is not told any more. */
    void close();

    /**
     * The meters of a watch: in the registry that camel-micrometer uses, where that is on the class path, otherwise nowhere.
     *
     * @param route the id of the watch's route
     * @param resource what is watched
     * @param status how the watch is now
     */
    static WatchMeters of(CamelContext context, String route, String resource, Supplier<WatchStatus> status) {
        try {
            return new MicrometerMeters(context, route, resource, status);
        } catch (NoClassDefFoundError withoutMicrometer) {
            return new NoMeters();
        }
    }
}
