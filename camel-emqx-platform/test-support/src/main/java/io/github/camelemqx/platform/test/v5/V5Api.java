/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.v5;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelemqx.platform.test.http.Answer;
import io.github.camelemqx.platform.test.http.Api;
import io.github.camelemqx.platform.test.http.BadEscape;
import io.github.camelemqx.platform.test.http.Call;
import io.github.camelemqx.platform.test.http.Credentials;
import io.github.camelemqx.platform.test.http.Refusal;
import io.github.camelemqx.platform.test.http.Router;
import io.github.camelemqx.platform.test.http.Templates;
import io.github.camelemqx.platform.test.state.Broker;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** The API of generation 5, under {@code /api/v5}. Path and method are looked at before the credentials. */
public final class V5Api implements Api {

    private static final String PREFIX = "/api/v5/";

    /** Nobody is slow in the simulator, and it delays nothing. */
    private static final Set<String> FIXED = Set.of(
            "error_codes", "listeners", "authentication", "mqtt/delayed/messages", "slow_subscriptions", "rule_events");

    private final Broker broker;
    private final Credentials key;
    private final V5Outages outages;
    private final Router router = new Router();

    /** The API of a broker, open to whoever has a key. */
    public V5Api(Broker broker, Templates templates, Credentials key) {
        this.broker = broker;
        this.key = key;
        this.outages = new V5Outages(broker);
        V5Rows rows = new V5Rows(broker, templates);
        new V5Clients(broker, rows).addTo(router);
        new V5ClientLists(broker, rows).addTo(router);
        new V5ClientWalk(broker, rows).addTo(router);
        new V5Subscriptions(broker).addTo(router);
        new V5Publish(broker).addTo(router);
        new V5Banned(broker).addTo(router);
        new V5Users(broker).addTo(router);
        V5AclSources aclSources = new V5AclSources(broker, templates);
        // before the sources: a more exact path
        new V5AclRules(broker, aclSources).addTo(router);
        aclSources.addTo(router);
        new V5Nodes(broker, rows, templates).addTo(router);
        new V5Alarms(broker).addTo(router);
        new V5Retainer(broker).addTo(router);
        new V5TopicMetrics(broker).addTo(router);
        new V5Settings(templates).addTo(router);
        V5DataFlow flow = new V5DataFlow();
        new V5Connectors(broker, flow, templates).addTo(router);
        new V5Actions(broker, flow, templates).addTo(router);
        new V5Rules(broker, flow, templates).addTo(router);
        addFixed(templates);
    }

    /** What does not depend on any state. */
    private void addFixed(Templates templates) {
        JsonNode errorCodes = templates.answer("/api/v5/error_codes");
        for (String path : FIXED) {
            JsonNode answer = templates.answer(PREFIX + path);
            router.on("GET", path, call -> Answer.ok(answer));
        }
        router.on("GET", "error_codes/{code}", call -> errorCode(errorCodes, call.variable("code")));
        router.on("DELETE", "slow_subscriptions", call -> V5Answers.noContent());
        router.on("GET", "api_key", V5Api::keysForbidden);
    }

    private static Answer errorCode(JsonNode all, String code) {
        for (JsonNode each : all) {
            if (each.path("code").asText().equals(code)) {
                return Answer.ok(each);
            }
        }
        return V5Answers.notFound("Code " + code + " not found");
    }

    private static Answer keysForbidden(Call call) {
        return unauthorized(
                "API_KEY_NOT_ALLOW",
                "Please use bearer Token instead, using API key/secret in api_key path is not permitted");
    }

    /** The counters that a recorded broker had. */
    public static Set<String> metricNames(Templates templates) {
        Set<String> names = new TreeSet<>();
        templates.answer("/api/v5/metrics?aggregate=true").fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Override
    public Answer answer(Call sent) {
        if (!sent.path().startsWith(PREFIX)) {
            return unknownPath(sent);
        }
        Call call = sent.under(PREFIX);
        if (call.path().equals(V5ClientWalk.PATH) && !broker.cursorListing()) {
            return unknownPath(call);
        }
        Optional<Supplier<Answer>> handler = router.find(call);
        if (handler.isEmpty()) {
            Collection<String> methods = router.methods(call);
            return methods.isEmpty()
                    ? unknownPath(call)
                    : Answer.empty(405).header("allow", String.join(", ", methods));
        }
        try {
            return denied(call).or(() -> outages.of(call).failure()).orElseGet(handler.get());
        } catch (Refusal refusal) {
            return refusal.answer();
        } catch (BadEscape badEscape) {
            return Answer.empty(400);
        }
    }

    @Override
    public Duration wait(Call sent) {
        if (!sent.path().startsWith(PREFIX)) {
            return Duration.ZERO;
        }
        Call call = sent.under(PREFIX);
        if (router.find(call).isEmpty() || denied(call).isPresent()) {
            return Duration.ZERO;
        }
        try {
            return Duration.ofSeconds(outages.of(call).seconds());
        } catch (Refusal | BadEscape answered) {
            return Duration.ZERO;
        }
    }

    /** Whoever does not ask for JSON gets a page for people (recordings v5 6, 7). */
    static Answer unknownPath(Call call) {
        boolean json =
                call.header("accept").filter(accept -> accept.contains("json")).isPresent();
        return json
                ? V5Answers.notFound("Request Path Not Found")
                : Answer.text(
                        404,
                        "text/html",
                        "<html><head><title>404 - NOT FOUND</title></head><body><h1>404 - NOT FOUND</h1></body></html>");
    }

    private Optional<Answer> denied(Call call) {
        String authorization = call.header("authorization").orElse("");
        if (authorization.startsWith("Bearer ")) {
            return Optional.of(V5Answers.failure(401, "BAD_TOKEN", "Get a token by POST /login"));
        }
        if (!authorization.startsWith("Basic ")) {
            return Optional.of(unauthorized("AUTHORIZATION_HEADER_ERROR", "Support authorization: basic/bearer "));
        }
        return Credentials.parse(authorization).filter(key::equals).isPresent()
                ? Optional.empty()
                : Optional.of(unauthorized("BAD_API_KEY_OR_SECRET", "Check api_key/api_secret"));
    }

    private static Answer unauthorized(String code, String message) {
        return V5Answers.failure(401, code, message).header("www-authenticate", "Basic Realm=\"emqx-dashboard\"");
    }
}
