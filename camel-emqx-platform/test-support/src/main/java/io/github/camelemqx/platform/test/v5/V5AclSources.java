/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.v5;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelemqx.platform.test.http.Answer;
import io.github.camelemqx.platform.test.http.Call;
import io.github.camelemqx.platform.test.http.Refusal;
import io.github.camelemqx.platform.test.http.Router;
import io.github.camelemqx.platform.test.http.Templates;
import io.github.camelemqx.platform.test.state.Broker;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** /authorization/sources and the cache: where a broker looks for rules, in its file and, once that is created, in its database. */
final class V5AclSources {

    static final String BUILT_IN = "built_in_database";
    private static final String SOURCES = "authorization/sources";

    private final Broker broker;
    private final Map<String, Map<String, Object>> sources = new LinkedHashMap<>();

    V5AclSources(Broker broker, Templates templates) {
        this.broker = broker;
        for (JsonNode source : templates.answer("/api/v5/" + SOURCES).path("sources")) {
            sources.put(source.path("type").asText(), Templates.row(source));
        }
    }

    void addTo(Router router) {
        router.on(
                        "GET",
                        SOURCES,
                        call -> Answer.ok(
                                Map.of("sources", List.copyOf(sources().values()))))
                .on("POST", SOURCES, this::create)
                .on("GET", SOURCES + "/{type}", call -> Answer.ok(sources.get(known(call.variable("type")))))
                .on("PUT", SOURCES + "/{type}", this::update)
                .on("DELETE", SOURCES + "/{type}", this::delete)
                .on("DELETE", "authorization/cache", call -> forgetPermissions());
    }

    /** The type of a source there is; a source that is not there is not found, and neither are its rules (recording v5 138). */
    String known(String type) {
        if (!sources().containsKey(type)) {
            throw new Refusal(V5Answers.notFound("Not found: " + type));
        }
        return type;
    }

    /** Rules that a test added are in a database that is there. */
    private Map<String, Map<String, Object>> sources() {
        if (broker.acl().all().findAny().isPresent()) {
            sources.putIfAbsent(BUILT_IN, Map.of("type", BUILT_IN, "enable", true));
        }
        return sources;
    }

    private Answer create(Call call) {
        V5Body body = V5Body.of(call);
        String type = body.text("type");
        if (!type.equals(BUILT_IN)) {
            throw V5Answers.notEnumerated(type, "root.type");
        }
        // no recording has a second creation: the broker's source says so
        if (sources().containsKey(type)) {
            return V5Answers.badRequest("{duplicated_authz_source_type," + type + "}");
        }
        sources.put(type, Templates.row(body.json()));
        return V5Answers.noContent();
    }

    private Answer update(Call call) {
        sources.put(known(call.variable("type")), Templates.row(V5Body.of(call).json()));
        return V5Answers.noContent();
    }

    /** The database goes with its rules. */
    private Answer delete(Call call) {
        String type = known(call.variable("type"));
        sources.remove(type);
        if (type.equals(BUILT_IN)) {
            broker.acl().clear();
        }
        return V5Answers.noContent();
    }

    private Answer forgetPermissions() {
        broker.clients().toList().forEach(client -> broker.replace(client.authorizationForgotten()));
        return V5Answers.noContent();
    }
}
