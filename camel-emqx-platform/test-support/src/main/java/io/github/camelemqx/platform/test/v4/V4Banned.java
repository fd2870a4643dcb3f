/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.v4;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelemqx.platform.test.http.Answer;
import io.github.camelemqx.platform.test.http.Call;
import io.github.camelemqx.platform.test.http.IpAddress;
import io.github.camelemqx.platform.test.http.Json;
import io.github.camelemqx.platform.test.http.Refusal;
import io.github.camelemqx.platform.test.http.Router;
import io.github.camelemqx.platform.test.state.BanTable.Ban;
import io.github.camelemqx.platform.test.state.Broker;
import io.github.camelemqx.platform.test.state.Page;
import java.util.List;
import java.util.Set;

/** /banned: takes nearly anything, without checking types (recordings v4 157 to 172), but not a ban without a reason (158). */
final class V4Banned {

    private static final Set<String> KINDS = Set.of("clientid", "username", "peerhost");
    private static final long DEFAULT_SECONDS = 300;

    private final Broker broker;

    V4Banned(Broker broker) {
        this.broker = broker;
    }

    void addTo(Router router) {
        router.on("GET", "banned", this::list)
                .on("POST", "banned", this::create)
                .on("DELETE", "banned/{as}/{who}", this::delete);
    }

    private Answer list(Call call) {
        V4Answers.Paging paging = V4Answers.Paging.of(call);
        List<Ban> all = broker.bans().all().toList();
        return V4Answers.pageWithoutNext(paging, Page.of(List.of(all), paging.skip(), paging.limit()), V4Rows::ban);
    }

    /** Answers what was sent, without the defaults. */
    private Answer create(Call call) {
        V4Params params = V4Params.of(call);
        if (!params.has("who") || !params.has("as")) {
            return V4Answers.failure(V4Answers.MISSING_PARAMETER, "missing mandatory params: ['who', 'as']");
        }
        String kind = kind(params.get("as").asText());
        if (!params.has("reason")) {
            throw V4Answers.internalError();
        }
        checkAddress(kind, params.get("who").asText());
        long now = broker.clock().instant().getEpochSecond();
        broker.bans()
                .put(new Ban(
                        kind,
                        Json.plain(params.get("who")),
                        or(params, "by", "user"),
                        or(params, "reason", null),
                        or(params, "at", now),
                        or(params, "until", now + DEFAULT_SECONDS)));
        return V4Answers.data(params.values());
    }

    private static Object or(V4Params params, String name, Object otherwise) {
        JsonNode value = params.get(name);
        return value.isMissingNode() ? otherwise : Json.plain(value);
    }

    private Answer delete(Call call) {
        String kind = kind(call.variable("as"));
        checkAddress(kind, call.variable("who"));
        broker.bans().remove(kind, call.variable("who"));
        return V4Answers.ok();
    }

    private static String kind(String as) {
        if (!KINDS.contains(as)) {
            throw new Refusal(V4Answers.failure(
                    V4Answers.BAD_PARAMETER, "value of 'as' must be one of: ['clientid', 'username', 'peerhost']"));
        }
        return as;
    }

    private static void checkAddress(String kind, String who) {
        if (kind.equals("peerhost") && !IpAddress.valid(who)) {
            throw V4Answers.internalError();
        }
    }
}
