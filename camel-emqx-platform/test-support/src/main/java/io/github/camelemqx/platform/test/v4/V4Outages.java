/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.v4;

import io.github.camelemqx.platform.test.NodeCondition;
import io.github.camelemqx.platform.test.http.Answer;
import io.github.camelemqx.platform.test.http.Call;
import io.github.camelemqx.platform.test.http.Outage;
import io.github.camelemqx.platform.test.state.Broker;
import io.github.camelemqx.platform.test.state.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which calls hang and fail while a node is lost (clusters.md, v4 a to d). The broker's stack traces are cut off. */
final class V4Outages {

    /** Time limits of the broker's calls to other nodes, in seconds: for rows, and for their number. */
    private static final int ROWS = 50;

    private static final int COUNT = 5;
    /** Calls without a limit of their own, to each node in turn, end with the connection. */
    private static final int CONNECTION = 60;
    /** To connect again to a node that was given up and is still frozen; seen on generation 5 (recording v5 cluster 371). */
    private static final int HANDSHAKE = 7;

    private static final Answer CRASH = V4Answers.internalError().answer();
    private static final String NO_TABLE = "{'EXIT',{badarg,[{ets,select,[emqx_channel_info,[]]}]}}";
    private static final String NO_METRICS = "{'EXIT',{badarg,[{ets,match_object,[emqx_metrics,'_']}]}}";

    private final Broker broker;
    private final V4Rows rows;

    V4Outages(Broker broker, V4Rows rows) {
        this.broker = broker;
        this.rows = rows;
    }

    /** What happens to a call that is allowed. */
    Outage of(Call call) {
        Outage own = ofOwn();
        List<String> path = call.segments();
        if (!own.equals(Outage.NONE) || path.isEmpty()) {
            return own;
        }
        boolean whole = path.size() == 1;
        return switch (path.get(0)) {
            case "clients", "subscriptions" -> whole ? listing(call) : ofAll(call, CRASH, true);
            case "metrics" -> ofAll(call, CRASH, true);
            case "stats" -> ofAll(call, CRASH, false);
            case "brokers" -> whole ? ofAll(call, Answer.empty(204), false) : node(call, path);
            case "nodes" -> whole ? ofAll(call, nodesWithLost(call), false) : node(call, path);
            case "alarms" -> ofAll(call, CRASH, false);
            default -> Outage.NONE;
        };
    }

    /** The node that is asked is itself not up; if the test did not choose it, another answers in its place. */
    private Outage ofOwn() {
        return switch (broker.self().condition()) {
            case FROZEN, DROPPED -> Outage.silence();
            case BOOTING, STOPPING, STOPPED ->
                broker.cluster().chosen() ? Outage.failing(Answer.closed()) : Outage.NONE;
            case RUNNING, CUT_OFF, LEFT -> Outage.NONE;
        };
    }

    private boolean any(NodeCondition condition) {
        return !broker.cluster().seen(condition).isEmpty();
    }

    /** A page that is full before a frozen node's turn has only that node's count to wait for. */
    private Outage listing(Call call) {
        if (call.lostNode().isPresent() || any(NodeCondition.STOPPING)) {
            return Outage.failing(CRASH);
        }
        if (!any(NodeCondition.FROZEN)) {
            return Outage.NONE;
        }
        V4Answers.Paging paging = V4Answers.Paging.of(call);
        boolean clients = call.segments().get(0).equals("clients");
        long found = 0;
        for (Node node : broker.runningNodes()) {
            if (broker.cluster().seen(node) == NodeCondition.FROZEN) {
                break;
            }
            found += clients ? node.clients().size() : node.clients().subscriptions();
        }
        return Outage.failing(found >= paging.skip() + paging.limit() ? COUNT : ROWS, CRASH);
    }

    /**
     * A call that asks each node in turn, even for a client of a node that is well. That alarms are asked for so is the broker's
     * source, not recorded.
     */
    private Outage ofAll(Call call, Answer afterLoss, boolean failsDuringStop) {
        if (call.lostNode().isPresent()) {
            return Outage.failing(afterLoss);
        }
        if (any(NodeCondition.FROZEN)) {
            return Outage.failing(CONNECTION, Answer.closed());
        }
        return failsDuringStop && any(NodeCondition.STOPPING) ? Outage.failing(CRASH) : Outage.NONE;
    }

    /** The list that waited for a node which was then given up says so (recording v4 cluster 233). */
    private Answer nodesWithLost(Call call) {
        List<Map<String, Object>> list = new ArrayList<>();
        broker.runningNodes().forEach(node -> list.add(rows.node(node)));
        call.lostNode().ifPresent(lost -> list.add(V4Nodes.nodeDown(lost)));
        return V4Answers.data(list);
    }

    private Outage node(Call call, List<String> path) {
        Optional<Node> node = broker.findNode(path.get(1));
        return node.map(known -> switch (broker.cluster().seen(known)) {
                    case FROZEN -> Outage.failing(CONNECTION, Answer.closed());
                    case DROPPED -> call.lostNode().isPresent() ? Outage.NONE : Outage.slow(HANDSHAKE);
                    case STOPPING -> withoutTables(path);
                    case BOOTING ->
                        path.size() > 2 && path.get(2).equals("metrics") ? Outage.NONE : withoutTables(path);
                    case RUNNING, STOPPED, CUT_OFF, LEFT -> Outage.NONE;
                })
                .orElse(Outage.NONE);
    }

    /** What a node says whose tables are not there (recordings v4 cluster 65, 72, 74, 92). */
    private static Outage withoutTables(List<String> path) {
        if (path.size() == 2) {
            return Outage.NONE;
        }
        return switch (path.get(2)) {
            case "clients" ->
                Outage.failing(path.size() == 3 ? V4Answers.failure(V4Answers.NODE_DOWN, NO_TABLE) : Answer.empty(204));
            case "subscriptions" -> Outage.failing(V4Answers.failure(V4Answers.NODE_DOWN, NO_TABLE));
            case "metrics" -> Outage.failing(V4Answers.failure(NO_METRICS));
            default -> Outage.NONE;
        };
    }
}
