/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import io.github.camelemqx.platform.catalog.Catalog;
import io.github.camelemqx.platform.catalog.Operation;
import io.github.camelemqx.platform.catalog.Resource;
import io.github.camelemqx.platform.catalog.Watchable;
import io.github.camelemqx.platform.client.Arguments;
import io.github.camelemqx.platform.watch.ClusterOperations;
import io.github.camelemqx.platform.watch.StateStore;
import io.github.camelemqx.platform.watch.Watch;
import io.github.camelemqx.platform.watch.WatchSettings;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/** What the options of an endpoint make of a watch, and what can be said against them when its route starts. */
final class WatchOptions {

    private final EmqxPlatformEndpoint endpoint;
    private final Watchable watchable;
    private final Arguments filters;
    private final WatchSettings settings;

    private WatchOptions(
            EmqxPlatformEndpoint endpoint, Watchable watchable, Arguments filters, WatchSettings settings) {
        this.endpoint = endpoint;
        this.watchable = watchable;
        this.filters = filters;
        this.settings = settings;
    }

    /**
     * Those of an endpoint.
     *
     * @throws IllegalArgumentException for a resource that cannot be watched, an option that is for calls or is missing, and
     *     polls that would use up a limit of the API
     */
    static WatchOptions of(EmqxPlatformEndpoint endpoint) {
        Resource resource = endpoint.catalogued();
        Watchable watchable = resource.watchable()
                .orElseThrow(() -> new IllegalArgumentException("Resource " + resource.name()
                        + " cannot be watched. Those that can are: "
                        + String.join(
                                ", ",
                                endpoint.getComponent().catalog().resources().stream()
                                        .filter(other -> other.watchable().isPresent())
                                        .map(Resource::name)
                                        .toList())));
        if (endpoint.getOperation() != null) {
            throw new IllegalArgumentException(
                    "Option operation is for calls (to): a watch (from) lists " + resource.name() + " by itself");
        }
        if (endpoint.getWaitFor() != null) {
            throw new IllegalArgumentException("Option waitFor is for calls (to), not for a watch (from)");
        }
        Operation listing = resource.operation(watchable.listing());
        endpoint.check(listing);
        Arguments filters = Arguments.of(endpoint.callOptions().checked(listing));
        checkFilters(listing, filters);
        WatchSettings settings = new WatchSettings(
                resource,
                watchable,
                list(endpoint.getEvents()),
                list(endpoint.getWatchFields()),
                list(endpoint.getMetricNames()),
                endpoint.getMinDelta(),
                endpoint.isBatch(),
                endpoint.isEmitInitial(),
                endpoint.isConfirmRemovals(),
                Duration.ofMillis(endpoint.getNodeGrace()),
                Duration.ofMillis(endpoint.getNodeLossTimeout()));
        if (endpoint.getScheduler() == null || "none".equals(endpoint.getScheduler())) {
            // another scheduler has a rhythm of its own
            settings.budget()
                    .check(
                            Duration.ofMillis(endpoint.getTimeUnit().toMillis(endpoint.getDelay())),
                            endpoint.isGreedy());
        }
        return new WatchOptions(endpoint, watchable, filters, settings);
    }

    /** A listing that cannot do without a parameter would fail at every poll. */
    private static void checkFilters(Operation listing, Arguments filters) {
        listing.parameters().stream()
                .filter(parameter -> parameter.required() && !filters.values().containsKey(parameter.name()))
                .findFirst()
                .ifPresent(parameter -> {
                    String option = parameter.aliases().contains("id") ? "id" : CallOptions.optionOf(parameter.name());
                    throw new IllegalArgumentException("Option " + option + " is missing: a watch of "
                            + listing.resource() + " cannot do without it. " + parameter.description());
                });
    }

    private static List<String> list(String text) {
        return text == null
                ? List.of()
                : Arrays.stream(text.split(","))
                        .map(String::strip)
                        .filter(one -> !one.isEmpty())
                        .toList();
    }

    /** How the resource is watched. */
    Watchable watchable() {
        return watchable;
    }

    /** What the watch is to do, as a value: one whose terms are other ones does not go on with what this one has seen. */
    Object terms() {
        return List.of(
                settings,
                stateName(),
                endpoint.getServiceUrl(),
                filters.values(),
                endpoint.pagingStyle(),
                endpoint.getPageSize());
    }

    /** Begins to watch, or goes on where the state in the store ends. */
    Watch open() {
        StateStore store = endpoint.getStateStore() == null ? StateStore.inMemory() : endpoint.getStateStore();
        Catalog catalog = endpoint.getComponent().catalog();
        ClusterOperations cluster = new ClusterOperations(
                catalog.resource("nodes").operation("list"),
                catalog.resource("alarms").operation("list"));
        Watch.Sources sources = new Watch.Sources(
                endpoint::deployment,
                endpoint.getServiceUrl(),
                filters,
                endpoint.pagingStyle(),
                endpoint.getPageSize(),
                store.open(stateName()),
                endpoint.getComponent().clock());
        return Watch.of(settings, cluster, sources);
    }

    /** What distinguishes this watch from others in one store: never a secret. */
    private String stateName() {
        if (endpoint.getStateKey() != null) {
            return endpoint.getStateKey();
        }
        return endpoint.getServiceUrl() + " " + endpoint.getResource() + " "
                + new TreeMap<>(endpoint.callOptions().values());
    }
}
