/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.v5;

import io.github.camelemqx.platform.test.http.Answer;
import io.github.camelemqx.platform.test.http.Call;
import io.github.camelemqx.platform.test.http.Query;
import io.github.camelemqx.platform.test.http.Router;
import io.github.camelemqx.platform.test.state.Broker;
import io.github.camelemqx.platform.test.state.Page;
import io.github.camelemqx.platform.test.state.UserTable;
import io.github.camelemqx.platform.test.state.UserTable.User;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** /authentication/X/users of the one authenticator there is, the built-in database. */
final class V5Users {

    private static final String BUILT_IN = "password_based:built_in_database";
    private static final String USERS = "authentication/{authenticator}/users";

    private final UserTable users;

    V5Users(Broker broker) {
        this.users = broker.users();
    }

    void addTo(Router router) {
        router.on("GET", USERS, builtIn(this::list))
                .on("POST", USERS, builtIn(this::create))
                .on("GET", USERS + "/{id}", builtIn(this::get))
                .on("PUT", USERS + "/{id}", builtIn(this::update))
                .on("DELETE", USERS + "/{id}", builtIn(this::delete))
                .on("POST", "authentication/{authenticator}/import_users", builtIn(this::importUsers));
    }

    private static Function<Call, Answer> builtIn(Function<Call, Answer> handler) {
        return call -> {
            String authenticator = call.variable("authenticator");
            return authenticator.equals(BUILT_IN)
                    ? handler.apply(call)
                    : V5Answers.badRequest("User error: {not_found,{authenticator,<<\"" + authenticator + "\">>}}");
        };
    }

    private Answer list(Call call) {
        V5Answers.Paging paging = V5Answers.Paging.of(call);
        Query query = call.query();
        Optional<String> like = query.first("like_user_id");
        Optional<String> superuser = query.first("is_superuser");
        Page<User> page = Page.of(
                users.all()
                        .filter(user -> like.isEmpty() || user.id().contains(like.get()))
                        .filter(user ->
                                superuser.isEmpty() || superuser.get().equals(String.valueOf(user.superuser()))),
                paging.skip(),
                paging.limit());
        return V5Answers.page(
                paging, page, like.isPresent() ? V5Answers.Meta.NO_COUNT : V5Answers.Meta.FULL, V5Rows::user);
    }

    private Answer create(Call call) {
        V5Body body = V5Body.of(call);
        String id = body.text("user_id");
        String password = body.text("password");
        if (id.isEmpty()) {
            return V5Answers.badRequest("User error: invalid_user_id");
        }
        return users.add(id, password, body.flag("is_superuser"))
                ? Answer.json(201, user(id))
                : V5Answers.failure(409, "ALREADY_EXISTS", "User already exists");
    }

    private Map<String, Object> user(String id) {
        return users.find(id).map(V5Rows::user).orElseThrow();
    }

    private Answer get(Call call) {
        return users.find(call.variable("id"))
                .map(user -> Answer.ok(V5Rows.user(user)))
                .orElseGet(V5Users::unknownUser);
    }

    private Answer update(Call call) {
        V5Body body = V5Body.of(call);
        return users.update(call.variable("id"), body.text("password"), body.flag("is_superuser"))
                .map(user -> Answer.ok(V5Rows.user(user)))
                .orElseGet(V5Users::unknownUser);
    }

    private Answer delete(Call call) {
        return users.remove(call.variable("id")) ? V5Answers.noContent() : unknownUser();
    }

    private static Answer unknownUser() {
        return V5Answers.notFound("User not found");
    }

    /** Users known already are overridden, or skipped with {@code override=false}. */
    private Answer importUsers(Call call) {
        List<V5Body> items = V5Body.of(call).items();
        if (!items.stream().allMatch(item -> item.has("user_id") && item.has("password"))) {
            return V5Answers.badRequest("\"plain_import_requires_password_field\"");
        }
        boolean override =
                call.query().first("override").filter("false"::equals).isEmpty();
        int added = 0;
        int known = 0;
        for (V5Body item : items) {
            String id = item.text("user_id");
            if (users.add(id, item.text("password"), item.flag("is_superuser"))) {
                added++;
            } else {
                known++;
                if (override) {
                    users.update(id, item.text("password"), item.flag("is_superuser"));
                }
            }
        }
        return Answer.ok(Map.of(
                "total",
                items.size(),
                "success",
                added,
                "override",
                override ? known : 0,
                "skipped",
                override ? 0 : known,
                "failed",
                0));
    }
}
