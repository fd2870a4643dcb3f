/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.v4;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelemqx.platform.test.http.Answer;
import io.github.camelemqx.platform.test.http.Call;
import io.github.camelemqx.platform.test.http.Refusal;
import io.github.camelemqx.platform.test.http.Router;
import io.github.camelemqx.platform.test.state.Broker;
import io.github.camelemqx.platform.test.state.Page;
import io.github.camelemqx.platform.test.state.UserTable;
import io.github.camelemqx.platform.test.state.UserTable.User;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** /auth_username and /auth_clientid: two tables of one kind, offered by a plugin that can be unloaded (recordings v4 500 to 504). */
final class V4Users {

    private final Broker broker;
    private final V4Extensions plugins;

    V4Users(Broker broker, V4Extensions plugins) {
        this.broker = broker;
        this.plugins = plugins;
    }

    void addTo(Router router) {
        new Table("username", broker.users()).addTo(router);
        new Table("clientid", broker.clientIdUsers()).addTo(router);
    }

    /** One of the two. */
    private final class Table {

        private final String key;
        private final UserTable users;

        Table(String key, UserTable users) {
            this.key = key;
            this.users = users;
        }

        void addTo(Router router) {
            String path = "auth_" + key;
            router.on("GET", path, ifLoaded(this::list))
                    .on("POST", path, ifLoaded(this::create))
                    .on("GET", path + "/{id}", ifLoaded(this::get))
                    .on("PUT", path + "/{id}", ifLoaded(this::update))
                    .on("DELETE", path + "/{id}", ifLoaded(this::delete));
        }

        private Function<Call, Answer> ifLoaded(Function<Call, Answer> handler) {
            return plugins.pathOf(V4Extensions.AUTH, handler);
        }

        private Answer list(Call call) {
            V4Answers.Paging paging = V4Answers.Paging.of(call);
            Optional<String> like = call.query().first("_like_" + key);
            Page<User> page = Page.of(
                    users.all().filter(user -> like.isEmpty() || user.id().contains(like.get())),
                    paging.skip(),
                    paging.limit());
            return like.isPresent()
                    ? V4Answers.filteredPage(paging, page, this::row)
                    : V4Answers.page(paging, page, this::row);
        }

        private Map<String, Object> row(User user) {
            return Map.of(key, user.id(), "created_at", user.createdAt().toEpochMilli());
        }

        /** An unknown user is an empty object (recording v4 224). */
        private Answer get(Call call) {
            return V4Answers.data(users.find(call.variable("id")).map(this::row).orElse(Map.of()));
        }

        private Answer create(Call call) {
            JsonNode body = V4Params.body(call).orElseThrow(V4Answers::internalError);
            if (!body.isArray()) {
                return add(V4Params.of(body)).map(V4Answers::failure).orElseGet(V4Answers::ok);
            }
            if (body.isEmpty()) {
                throw V4Answers.internalError();
            }
            Map<String, String> outcomes = new LinkedHashMap<>();
            for (JsonNode item : body) {
                String outcome = add(V4Params.of(item))
                        .map(reason -> "{error," + reason + "}")
                        .orElse("ok");
                outcomes.put(item.path(key).asText(), outcome);
            }
            return V4Answers.data(outcomes);
        }

        /** Adds a user; returns the reason if it cannot be added. */
        private Optional<String> add(V4Params params) {
            Optional<String> id = params.text(key);
            Optional<String> password = params.text("password");
            if (id.isEmpty()) {
                return Optional.of("login");
            }
            if (password.isEmpty()) {
                return Optional.of("password");
            }
            return users.add(id.get(), password.get(), false) ? Optional.empty() : Optional.of("existed");
        }

        private Answer update(Call call) {
            String password =
                    V4Params.of(call).text("password").orElseThrow(() -> new Refusal(V4Answers.failure("password")));
            return users.update(call.variable("id"), password, false).isPresent()
                    ? V4Answers.ok()
                    : V4Answers.failure("noexisted");
        }

        private Answer delete(Call call) {
            users.remove(call.variable("id"));
            return V4Answers.ok();
        }
    }
}
