/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import io.github.camelemqx.platform.catalog.Catalog;
import io.github.camelemqx.platform.catalog.Resource;
import io.github.camelemqx.platform.client.Arguments;
import io.github.camelemqx.platform.client.Deployment;
import io.github.camelemqx.platform.client.PagingStyle;
import io.github.camelemqx.platform.watch.ClusterOperations;
import io.github.camelemqx.platform.watch.StateStore;
import io.github.camelemqx.platform.watch.Watch;
import io.github.camelemqx.platform.watch.WatchSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** A watch of clients that a test drives itself, as the consumer does; its state is in memory. */
record WatchByHand(
        Catalog catalog, Supplier<Deployment> deployment, String address, Clock clock, Duration grace, Duration loss) {

    /** Opens it. */
    Watch open(boolean emitInitial, int pageSize) {
        Resource clients = catalog.resource("clients");
        WatchSettings settings = new WatchSettings(
                clients,
                clients.watchable().orElseThrow(),
                List.of(),
                List.of(),
                List.of(),
                1,
                false,
                emitInitial,
                true,
                grace,
                loss);
        ClusterOperations operations = new ClusterOperations(
                catalog.resource("nodes").operation("list"),
                catalog.resource("alarms").operation("list"));
        return Watch.of(
                settings,
                operations,
                new Watch.Sources(
                        deployment,
                        address,
                        Arguments.NONE,
                        PagingStyle.AUTO,
                        pageSize,
                        StateStore.inMemory().open("by hand"),
                        clock));
    }
}
