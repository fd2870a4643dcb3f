/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.v4;

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
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The API of generation 4: under {@code /api/v4}, and under {@code /api} as on the Platform. Credentials are looked at before the path. */
public final class V4Api implements Api {

    private static final Pattern PREFIX = Pattern.compile("(/api/v4|/api(?!/v\\d))(?=/|$).*");

    private final Broker broker;
    private final V4Apps apps;
    private final V4Outages outages;
    private final Router router = new Router();

    /** The API of a broker, open to whoever has a key. */
    public V4Api(Broker broker, Templates templates, Credentials key) {
        this.broker = broker;
        this.apps = new V4Apps(broker.clock(), key);
        V4Rows rows = new V4Rows(broker, templates);
        this.outages = new V4Outages(broker, rows);
        apps.addTo(router);
        new V4Nodes(broker, rows).addTo(router);
        new V4Clients(broker, rows).addTo(router);
        new V4Subscriptions(broker).addTo(router);
        new V4Mqtt(broker).addTo(router);
        new V4Publish(broker).addTo(router);
        new V4Banned(broker).addTo(router);
        V4Extensions plugins = new V4Extensions(broker, templates, "plugins");
        V4Extensions modules = new V4Extensions(broker, templates, "modules");
        plugins.addTo(router);
        modules.addTo(router);
        new V4Users(broker, plugins).addTo(router);
        new V4Acl(broker, plugins).addTo(router);
        new V4Alarms(broker).addTo(router);
        addRuleEngine(broker, templates);
        new V4Telemetry(broker, templates, plugins, modules).addTo(router);
        new V4TopicMetrics(broker, modules).addTo(router);
        new V4Traces(broker, modules).addTo(router);
        new V4Data(broker, rows).addTo(router);
        new V4Listeners(broker, templates).addTo(router);
    }

    private void addRuleEngine(Broker broker, Templates templates) {
        Map<String, Map<String, Object>> resources = new LinkedHashMap<>();
        V4Rules rules = new V4Rules(broker, new V4RuleActions(broker, resources));
        rules.addTo(router);
        new V4Resources(broker, templates, resources, rules::using).addTo(router);
    }

    /** The counters that a recorded broker had. */
    public static Set<String> metricNames(Templates templates) {
        Set<String> names = new TreeSet<>();
        templates.answer("/api/v4/metrics").at("/data/0/metrics").fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Override
    public Answer answer(Call call) {
        if (call.path().equals("/status")) {
            return Answer.text(200, "text/plain", "Node " + broker.self().name() + " is started\nemqx is running");
        }
        Matcher prefix = PREFIX.matcher(call.path());
        if (!prefix.matches()) {
            return Answer.empty(404);
        }
        if (!apps.admits(call)) {
            return Answer.text(401, null, "UNAUTHORIZED").header("WWW-Authenticate", "Basic Realm=\"minirest-server\"");
        }
        try {
            Call below = call.under(prefix.group(1));
            return router.find(below)
                    .map(handler -> outages.of(below).failure().orElseGet(handler))
                    .orElseGet(V4Answers::notFound);
        } catch (Refusal refusal) {
            return refusal.answer();
        } catch (BadEscape badEscape) {
            return V4Answers.badRequest();
        }
    }

    @Override
    public Duration wait(Call call) {
        Matcher prefix = PREFIX.matcher(call.path());
        if (!prefix.matches() || !apps.admits(call)) {
            return Duration.ZERO;
        }
        try {
            Call below = call.under(prefix.group(1));
            return router.find(below)
                    .map(handler -> Duration.ofSeconds(outages.of(below).seconds()))
                    .orElse(Duration.ZERO);
        } catch (Refusal | BadEscape answered) {
            return Duration.ZERO;
        }
    }
}
