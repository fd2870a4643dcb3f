/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.quarkus.tour;

import io.github.camelemqx.platform.exception.EmqxConflictException;
import io.github.camelemqx.platform.model.AclRule;
import io.github.camelemqx.platform.model.Alarm;
import io.github.camelemqx.platform.model.Ban;
import io.github.camelemqx.platform.model.BulkOutcome;
import io.github.camelemqx.platform.model.Certificate;
import io.github.camelemqx.platform.model.Client;
import io.github.camelemqx.platform.model.Node;
import io.github.camelemqx.platform.model.PlatformDeployment;
import io.github.camelemqx.platform.model.PlatformProject;
import io.github.camelemqx.platform.model.PublishResult;
import io.github.camelemqx.platform.model.RetainedMessage;
import io.github.camelemqx.platform.model.Rule;
import io.github.camelemqx.platform.model.Subscription;
import io.github.camelemqx.platform.model.Topic;
import io.github.camelemqx.platform.model.User;
import io.quarkus.logging.Log;
import io.quarkus.runtime.Quarkus;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.console.DevConsole;
import org.apache.camel.spi.CamelEvent.CamelContextStartedEvent;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.telemetry.SpanDecorator;
import org.apache.camel.telemetry.SpanDecoratorManagerImpl;

/** Goes once through what the component can do, against the deployment that it is told, and ends. */
@Singleton
public class Tour {

    @Inject
    CamelContext context;

    @Inject
    ProducerTemplate calls;

    @Inject
    Seen seen;

    /** Camel runs, and this in a thread of its own: what waits for the start goes on meanwhile. */
    void begin(@Observes CamelContextStartedEvent started) {
        new Thread(this::end, "tour").start();
    }

    private void end() {
        try {
            go();
            Quarkus.asyncExit(0);
        } catch (Exception e) {
            Log.error("The tour has failed", e);
            Quarkus.asyncExit(1);
        }
    }

    private void go() throws Exception {
        watches();
        listings();
        recordsThere();
        recordsBack();
        failures();
        optionalLibraries();
    }

    /** Rows as records, by Camel's converters and by Jackson, and back. */
    private void listings() {
        Client client = call("clients?operation=get&clientId=truck-1", null, Client.class);
        equal("truck-1", client.clientId());
        String json = calls.requestBody("direct:write-json", client, String.class);
        equal(client, calls.requestBody("direct:read-client", json));
        for (String listing : List.of(
                "clients?operation=list&paging=stream",
                "subscriptions?operation=list",
                "topics?operation=list",
                "nodes?operation=list",
                "alarms?operation=list",
                "banned?operation=list",
                "rules?operation=list",
                "metrics?operation=get",
                "stats?operation=get")) {
            call(listing, null, Object.class);
        }
    }

    private void recordsThere() {
        call("users?operation=create&param.password=of-the-tour", new User("device-1", false, null), Object.class);
        equal(
                "device-1",
                call("users?operation=get&id=device-1", null, User.class).userId());
        call(
                "banned?operation=create",
                new Ban("clientid", "nobody", "tour", "tour", null, Instant.parse("2099-01-01T00:00:00Z")),
                Object.class);
        call("messages?operation=publish&topic=tour", client(), PublishResult.class);
        call("clients?operation=kick-bulk&failOnPartialFailure=false", List.of("nobody"), Object.class);
    }

    /** What listings of an account or of a broker that has more to tell would bring. */
    private void recordsBack() throws Exception {
        Map<String, Object> row = Map.ofEntries(
                Map.entry("clientid", "c"),
                Map.entry("topic", "t"),
                Map.entry("user_id", "u"),
                Map.entry("scope", "all"),
                Map.entry("action", "all"),
                Map.entry("permission", "allow"),
                Map.entry("as", "clientid"),
                Map.entry("who", "c"),
                Map.entry("node", "n"),
                Map.entry("name", "n"),
                Map.entry("index", 0),
                Map.entry("success", true),
                Map.entry("id", "1"));
        for (Class<?> type : List.of(
                AclRule.class,
                Alarm.class,
                Ban.class,
                BulkOutcome.class,
                Certificate.class,
                Client.class,
                Node.class,
                PlatformDeployment.class,
                PlatformProject.class,
                PublishResult.class,
                RetainedMessage.class,
                Rule.class,
                Subscription.class,
                Topic.class,
                User.class)) {
            Object record = context.getTypeConverter().mandatoryConvertTo(type, row);
            if (calls.requestBody("direct:write-json", record, String.class).length() < 2) {
                throw new IllegalStateException(type + " has no JSON");
            }
        }
    }

    private void failures() {
        try {
            call("users?operation=create&param.password=of-the-tour", new User("device-1", false, null), Object.class);
            throw new IllegalStateException("A user was created twice");
        } catch (CamelExecutionException e) {
            equal(EmqxConflictException.class, e.getCause().getClass());
        }
        calls.requestBody("direct:kick", "nobody", Object.class);
    }

    private void watches() throws InterruptedException {
        seen.await("connected truck-1");
        // the simulator counts on while the tour runs
        seen.await("messages.received");
    }

    private void optionalLibraries() {
        DevConsole console = PluginHelper.getDevConsoleResolver(context).resolveDevConsole("emqx-platform");
        if (!console.call(DevConsole.MediaType.TEXT).toString().contains("clients")) {
            throw new IllegalStateException("The console does not know the watch");
        }
        SpanDecorator decorator =
                new SpanDecoratorManagerImpl().get(context.getRoute("clients").getEndpoint());
        equal("emqx-platform", decorator.getComponent());
    }

    private <T> T call(String uri, Object body, Class<T> result) {
        return calls.requestBody("emqx-platform:" + uri, body, result);
    }

    private static void equal(Object expected, Object actual) {
        if (!expected.equals(actual)) {
            throw new IllegalStateException("Not " + expected + ", but " + actual);
        }
    }

    private Client client() {
        return call("clients?operation=get&clientId=truck-1", null, Client.class);
    }
}
