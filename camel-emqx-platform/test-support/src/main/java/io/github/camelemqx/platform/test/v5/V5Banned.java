/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.v5;

import io.github.camelemqx.platform.test.http.Answer;
import io.github.camelemqx.platform.test.http.Call;
import io.github.camelemqx.platform.test.http.IpAddress;
import io.github.camelemqx.platform.test.http.Json;
import io.github.camelemqx.platform.test.http.Query;
import io.github.camelemqx.platform.test.http.Router;
import io.github.camelemqx.platform.test.state.BanTable.Ban;
import io.github.camelemqx.platform.test.state.Broker;
import io.github.camelemqx.platform.test.state.Page;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** /banned. */
final class V5Banned {

    private static final List<String> PLAIN_KINDS = List.of("clientid", "username", "peerhost");
    private static final Set<String> KINDS =
            Set.of("clientid", "username", "peerhost", "clientid_re", "username_re", "peerhost_net");

    private final Broker broker;

    V5Banned(Broker broker) {
        this.broker = broker;
    }

    void addTo(Router router) {
        router.on("GET", "banned", this::list)
                .on("POST", "banned", this::create)
                .on("DELETE", "banned", this::clear)
                .on("DELETE", "banned/{as}/{who}", this::delete);
    }

    /** Without a filter, the listing does not say whether more follows (recordings v5 100, 108). */
    private Answer list(Call call) {
        V5Answers.Paging paging = V5Answers.Paging.of(call);
        Query query = call.query();
        Predicate<Ban> filter = ban -> true;
        V5Answers.Meta meta = V5Answers.Meta.NO_HASNEXT;
        for (String kind : PLAIN_KINDS) {
            Optional<String> exact = query.first(kind);
            Optional<String> like = query.first("like_" + kind);
            if (exact.isPresent()) {
                filter = filter.and(ban -> ban.as().equals(kind) && ban.who().equals(exact.get()));
                meta = meta == V5Answers.Meta.NO_COUNT ? meta : V5Answers.Meta.FULL;
            }
            if (like.isPresent()) {
                filter = filter.and(
                        ban -> ban.as().equals(kind) && ban.who().toString().contains(like.get()));
                meta = V5Answers.Meta.NO_COUNT;
            }
        }
        Page<Ban> page = Page.of(broker.bans().all().filter(filter), paging.skip(), paging.limit());
        return V5Answers.page(paging, page, meta, V5Rows::ban);
    }

    private Answer create(Call call) {
        V5Body body = V5Body.of(call);
        String kind = body.text("as");
        if (!KINDS.contains(kind)) {
            throw V5Answers.notEnumerated(kind, "root.as");
        }
        String who = body.text("who");
        if (kind.equals("peerhost") && !IpAddress.valid(who)) {
            return V5Answers.badRequest("\"bad peerhost\"");
        }
        Optional<Ban> before = broker.bans().find(kind, who);
        if (before.isPresent()) {
            return V5Answers.failure(400, "ALREADY_EXISTS", Json.text(V5Rows.ban(before.get())));
        }
        Ban ban = new Ban(
                kind,
                who,
                body.optionalText("by").orElse("mgmt_api"),
                body.optionalText("reason").orElse(""),
                body.time("at").orElseGet(broker.clock()::instant),
                body.time("until").orElse(null));
        broker.bans().put(ban);
        return Answer.ok(V5Rows.ban(ban));
    }

    private Answer clear(Call call) {
        broker.bans().clear();
        return V5Answers.noContent();
    }

    private Answer delete(Call call) {
        String kind = call.variable("as");
        String who = call.variable("who");
        return broker.bans().remove(kind, who)
                ? V5Answers.noContent()
                : V5Answers.notFound(kind + ": " + who + " not found");
    }
}
