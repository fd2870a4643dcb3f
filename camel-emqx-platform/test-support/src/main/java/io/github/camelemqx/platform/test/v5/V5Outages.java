/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.v5;

import io.github.camelemqx.platform.test.NodeCondition;
import io.github.camelemqx.platform.test.SimulatedClient;
import io.github.camelemqx.platform.test.http.Answer;
import io.github.camelemqx.platform.test.http.Call;
import io.github.camelemqx.platform.test.http.Outage;
import io.github.camelemqx.platform.test.state.Broker;
import io.github.camelemqx.platform.test.state.Node;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which calls hang and fail while a node is lost (clusters.md, v5 b to e). The broker's stack traces are cut off: they are long,
 * and say nothing to a caller.
 */
final class V5Outages {

    /** Time limits of the broker's calls to other nodes, in seconds. */
    private static final int LISTING = 50;

    private static final int NODES = 30;
    private static final int METRICS = 5;
    /** Calls without a limit of their own end with the connection. */
    private static final int CONNECTION = 60;
    /** To connect again to a node that was given up and is still frozen (recording v5 cluster 371). */
    private static final int HANDSHAKE = 7;

    private final Broker broker;

    V5Outages(Broker broker) {
        this.broker = broker;
    }

    /** What happens to a call that is known and allowed. */
    Outage of(Call call) {
        Outage own = ofOwn(call);
        if (!own.equals(Outage.NONE)) {
            return own;
        }
        List<String> path = call.segments();
        Optional<String> lost = call.lostNode();
        return switch (path.get(0)) {
            case "clients" -> path.size() == 1 ? clients(call, lost) : client(Call.decoded(path.get(1)), lost);
            case V5ClientWalk.PATH -> walk(call, lost);
            case "subscriptions", "alarms" -> listing(call, lost);
            case "nodes" -> path.size() == 1 ? nodes() : node(path, lost);
            case "metrics" -> metrics(call, lost);
            case "stats" -> anyFrozen() ? Outage.failing(CONNECTION, Answer.closed()) : Outage.NONE;
            case "monitor", "monitor_current" -> monitor(path, lost);
            default -> Outage.NONE;
        };
    }

    /** The node that is asked is itself not up; if the test did not choose it, another answers in its place. */
    private Outage ofOwn(Call call) {
        return switch (broker.self().condition()) {
            case FROZEN, DROPPED -> Outage.silence();
            case BOOTING -> Outage.failing(V5Api.unknownPath(call));
            case STOPPING, STOPPED -> broker.cluster().chosen() ? Outage.failing(Answer.closed()) : Outage.NONE;
            case RUNNING, CUT_OFF, LEFT -> Outage.NONE;
        };
    }

    private boolean anyFrozen() {
        return !broker.cluster().seen(NodeCondition.FROZEN).isEmpty();
    }

    private Optional<Node> firstFrozen() {
        return broker.cluster().seen(NodeCondition.FROZEN).stream().findFirst();
    }

    private boolean anyBooting() {
        return !broker.cluster().seen(NodeCondition.BOOTING).isEmpty();
    }

    /** A page that is full before a node's turn has only that node's count to wait for, and fails over it. */
    private Outage clients(Call call, Optional<String> lost) {
        Outage listing = listing(call, lost);
        if (call.query().has("node") || lost.isPresent()) {
            return listing;
        }
        if (!listing.equals(Outage.NONE)) {
            return fullBefore(call, NodeCondition.FROZEN)
                    .map(node ->
                            Outage.failing(LISTING, crash("{badmap,{error,'" + node.name() + "',{badrpc,badnode}}}")))
                    .orElse(listing);
        }
        return fullBefore(call, NodeCondition.BOOTING)
                .map(node -> Outage.failing(crash("{case_clause,[{'" + node.name() + "',undefined}]}")))
                .orElse(Outage.NONE);
    }

    /** The first node in a condition, if the page of a listing is full without it. */
    private Optional<Node> fullBefore(Call call, NodeCondition condition) {
        V5Answers.Paging paging = V5Answers.Paging.of(call);
        long rows = 0;
        for (Node node : broker.cluster().nodes()) {
            NodeCondition seen = broker.cluster().seen(node);
            if (seen == condition) {
                return rows >= paging.skip() + paging.limit() ? Optional.of(node) : Optional.empty();
            }
            rows += broker.running(node) ? node.clients().size() : 0;
        }
        return Optional.empty();
    }

    /** A listing made of those of all nodes, or of one. That alarms are listed in the same way is the broker's source, not recorded. */
    private Outage listing(Call call, Optional<String> lost) {
        if (lost.isPresent()) {
            return Outage.failing(V5Answers.nodeDown(lost.get(), "nodedown"));
        }
        Optional<String> wanted = call.query().first("node");
        Predicate<Node> asked = node -> wanted.isEmpty() || wanted.get().equals(node.name());
        Optional<Outage> frozen = broker.cluster().seen(NodeCondition.FROZEN).stream()
                .filter(asked)
                .map(node -> Outage.failing(LISTING, V5Answers.nodeDown(node.name(), "timeout")))
                .findFirst();
        Optional<Outage> dropped = broker.cluster().seen(NodeCondition.DROPPED).stream()
                .filter(node -> wanted.isPresent())
                .filter(asked)
                .map(node -> Outage.slow(HANDSHAKE))
                .findFirst();
        return frozen.or(() -> dropped).orElse(Outage.NONE);
    }

    private Outage walk(Call call, Optional<String> lost) {
        if (lost.isPresent()) {
            return Outage.failing(crash("{case_clause,{error,{badrpc,nodedown}}}"));
        }
        boolean reached = anyFrozen()
                && V5ClientWalk.reaches(broker, call, node -> broker.cluster().seen(node) == NodeCondition.FROZEN);
        return reached ? Outage.failing(LISTING, crash("{case_clause,{error,{badrpc,timeout}}}")) : Outage.NONE;
    }

    /** Which node has a client all nodes know: only that one is asked. */
    private Outage client(String clientId, Optional<String> lost) {
        if (lost.isPresent()) {
            return Outage.failing(crash("badarg, [{erlang,hd,[{error,nodedown}]}]"));
        }
        boolean frozen = anyFrozen()
                && broker.client(clientId)
                        .map(SimulatedClient::node)
                        .map(broker::node)
                        .filter(node -> node.condition() == NodeCondition.FROZEN)
                        .isPresent();
        return frozen ? Outage.failing(CONNECTION, Answer.closed()) : Outage.NONE;
    }

    private Outage nodes() {
        return anyFrozen() ? Outage.slow(NODES) : Outage.NONE;
    }

    /** What is below /nodes/X was not recorded; it takes the time that it takes for all nodes. */
    private Outage node(List<String> path, Optional<String> lost) {
        if (lost.isPresent()) {
            return Outage.failing(crash(notFormatted("noconnection")));
        }
        String what = path.get(path.size() - 1);
        return broker.findNode(Call.decoded(path.get(1)))
                .map(node -> switch (broker.cluster().seen(node)) {
                    case BOOTING -> Outage.failing(crash(notFormatted("badarg")));
                    case FROZEN ->
                        what.equals("stats")
                                ? Outage.failing(CONNECTION, Answer.closed())
                                : Outage.failing(
                                        what.equals("metrics") ? METRICS : NODES, crash(notFormatted("timeout")));
                    case RUNNING, STOPPING, STOPPED, DROPPED, CUT_OFF, LEFT -> Outage.NONE;
                })
                .orElse(Outage.NONE);
    }

    private static String notFormatted(String reason) {
        return "function_clause, [{emqx_mgmt_api_nodes,format,[{error," + reason + "}]}]";
    }

    /** The list goes without a frozen node, the sum fails; of one node alone there is no recording. */
    private Outage metrics(Call call, Optional<String> lost) {
        boolean sum = call.query().first("aggregate").filter("true"::equals).isPresent();
        Optional<String> wanted = call.query().first("node");
        if (wanted.isPresent()) {
            boolean frozen = firstFrozen()
                    .filter(node -> node.name().equals(wanted.get()))
                    .isPresent();
            return frozen ? Outage.failing(METRICS, crash("{case_clause,{error,timeout}}")) : Outage.NONE;
        }
        if (lost.isPresent()) {
            return sum ? Outage.failing(crash("{case_clause,{error,nodedown}}")) : Outage.NONE;
        }
        if (anyFrozen()) {
            return sum ? Outage.failing(METRICS, crash("{case_clause,{error,timeout}}")) : Outage.slow(METRICS);
        }
        return sum && anyBooting() ? Outage.failing(crash("{case_clause,{error,{'EXIT',{badarg,[]}}}}")) : Outage.NONE;
    }

    private Outage monitor(List<String> path, Optional<String> lost) {
        if (lost.isPresent()) {
            return Outage.failing(crash("{erpc,noconnection}"));
        }
        boolean touched = path.size() < 3
                ? anyFrozen()
                : firstFrozen()
                        .filter(node -> node.name().equals(Call.decoded(path.get(2))))
                        .isPresent();
        return touched ? Outage.failing(METRICS, crash("{erpc,timeout}")) : Outage.NONE;
    }

    private static Answer crash(String reason) {
        return V5Answers.internalError(reason);
    }
}
