/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.watch;

import io.github.camelemqx.platform.catalog.Generation;
import io.github.camelemqx.platform.catalog.Operation;
import io.github.camelemqx.platform.catalog.ResultShape;
import io.github.camelemqx.platform.client.Arguments;
import io.github.camelemqx.platform.client.Deployment;
import io.github.camelemqx.platform.client.FieldSink;
import io.github.camelemqx.platform.client.Walk;
import io.github.camelemqx.platform.exception.EmqxAccessDeniedException;
import io.github.camelemqx.platform.exception.EmqxAuthenticationException;
import io.github.camelemqx.platform.exception.EmqxInvalidRequestException;
import io.github.camelemqx.platform.exception.EmqxNotFoundException;
import io.github.camelemqx.platform.exception.EmqxPlatformException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Walks through all that is listed: node by node where there are several, so that a node in trouble costs nothing but its
 * own rows, and pages do not shift across nodes (emqx-api/clusters.md, "What a poller should rely on", 5). Not safe for
 * many threads.
 */
final class Sweep {

    private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);

    private static final Walk NOTHING = new Walk(0, 0, true);

    /**
     * What came of a sweep.
     *
     * @param walk all walks together
     * @param unheard the nodes that did not give their rows, of which nothing is known
     * @param heard the nodes that gave all of theirs, when they were asked one by one; empty when all were asked together
     */
    record Result(Walk walk, Map<String, EmqxPlatformException> unheard, Set<String> heard) {

        /** Whether everything that is listed was given. */
        boolean isWhole() {
            return unheard.isEmpty();
        }

        /** Whether a row that is listed on a node was given. */
        boolean covers(String node) {
            return heard.isEmpty() || heard.contains(node);
        }
    }

    private final WatchSettings settings;
    private final Watch.Sources sources;
    private final Operation listing;
    private final Map<String, Object> filters;
    private final RowForm form;
    /** Nodes that did not answer when they were asked last, and how. */
    private final Map<String, EmqxPlatformException> suspects = new HashMap<>();

    private boolean neverByNode;

    /** @param filters of the listing */
    Sweep(WatchSettings settings, Watch.Sources sources, Map<String, Object> filters, RowForm form) {
        this.settings = settings;
        this.sources = sources;
        this.listing = settings.resource().operation(settings.watchable().listing());
        this.filters = filters;
        this.form = form;
    }

    /**
     * Walks through everything once.
     *
     * @param look at the nodes, just before
     * @throws EmqxPlatformException when nothing, or not all of what comes together, can be known
     */
    Result all(Deployment deployment, NodeView.Look look, FieldSink rows) throws EmqxPlatformException {
        Set<String> nodes = look.nodes();
        suspects.keySet().retainAll(nodes);
        if (nodes.size() > 1 && canAskNodes(deployment.generation())) {
            Result result = eachNode(deployment, nodes, look instanceof NodeView.Silent, rows);
            if (!result.heard().isEmpty()) {
                return result;
            }
            EmqxPlatformException failure = result.unheard().values().iterator().next();
            neverByNode = result.unheard().values().stream().allMatch(Sweep::isRefusal);
            if (!neverByNode) {
                throw failure;
            }
            LOG.info(
                    "The deployment does not list {} by node: {}",
                    settings.resource().name(),
                    failure.getMessage());
        }
        return new Result(walk(deployment, filters, rows), Map.of(), Set.of());
    }

    private boolean canAskNodes(Generation generation) {
        String parameter = settings.watchable().byNode();
        return parameter != null
                && !neverByNode
                && !filters.containsKey(parameter)
                && listing.parameter(parameter)
                        .flatMap(known -> known.place(generation))
                        .isPresent();
    }

    /** A gateway that does not let such calls through, and not a node in trouble. */
    private static boolean isRefusal(EmqxPlatformException e) {
        return e instanceof EmqxInvalidRequestException
                || e instanceof EmqxAccessDeniedException
                || (e instanceof EmqxNotFoundException notFound && !SecondLook.isNotReady(notFound));
    }

    private Result eachNode(Deployment deployment, Set<String> nodes, boolean silent, FieldSink rows)
            throws EmqxPlatformException {
        Walk walk = NOTHING;
        Set<String> heard = new HashSet<>();
        Map<String, EmqxPlatformException> unheard = new LinkedHashMap<>();
        for (String node : inOrder(nodes)) {
            if (silent && suspects.containsKey(node)) {
                // the list of nodes hangs because of a node, and this is known to be one: it had its time in this poll
                unheard.put(node, suspects.get(node));
                continue;
            }
            Map<String, Object> narrowed = new HashMap<>(filters);
            narrowed.put(settings.watchable().byNode(), node);
            try {
                walk = walk.and(walk(deployment, narrowed, rows));
                heard.add(node);
                if (suspects.remove(node) != null) {
                    LOG.info(
                            "Node {} lists its {} again",
                            node,
                            settings.resource().name());
                }
            } catch (EmqxAuthenticationException e) {
                throw e;
            } catch (EmqxPlatformException e) {
                unheard.put(node, e);
                if (suspects.put(node, e) == null) {
                    LOG.warn(
                            "Node {} does not list its {}; what is known of them stands until it does: {}",
                            node,
                            settings.resource().name(),
                            e.getMessage());
                }
            }
        }
        return new Result(walk, unheard, heard);
    }

    /** Nodes that did not answer come last, so that nobody waits for them in vain. */
    private List<String> inOrder(Set<String> nodes) {
        List<String> order = new ArrayList<>(new TreeSet<>(nodes));
        order.sort(Comparator.comparing(suspects::containsKey));
        return order;
    }

    private Walk walk(Deployment deployment, Map<String, Object> values, FieldSink rows) throws EmqxPlatformException {
        try {
            return deployment.scan(
                    listing, Arguments.of(values), sources.style(), sources.pageSize(), form.fields(), rows);
        } catch (EmqxNotFoundException e) {
            // to be the only row there is, and not to be there
            if (listing.result() == ResultShape.OBJECT && !SecondLook.isNotReady(e)) {
                return NOTHING;
            }
            throw e;
        }
    }
}
