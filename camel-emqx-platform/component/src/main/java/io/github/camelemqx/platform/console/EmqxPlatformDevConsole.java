/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.console;

import io.github.camelemqx.platform.EmqxPlatformComponent;
import io.github.camelemqx.platform.exception.EmqxPlatformException;
import io.github.camelemqx.platform.health.WatchStatus;
import io.github.camelemqx.platform.watch.PollReport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.spi.annotations.DevConsole;
import org.apache.camel.support.console.AbstractDevConsole;
import org.apache.camel.util.json.JsonArray;
import org.apache.camel.util.json.JsonObject;

/** The watches that run, and how they are: of all components of the context, by route. Nothing of it is secret. */
@DevConsole(name = "emqx-platform", displayName = "EMQX Platform", description = "Watches of EMQX Platform deployments")
public class EmqxPlatformDevConsole extends AbstractDevConsole {

    /** For Camel, which finds it by its service file. */
    public EmqxPlatformDevConsole() {
        super("camel", "emqx-platform", "EMQX Platform", "Watches of EMQX Platform deployments");
    }

    private List<WatchStatus> watches() {
        List<WatchStatus> watches = new ArrayList<>();
        for (String name : getCamelContext().getComponentNames()) {
            if (getCamelContext().hasComponent(name) instanceof EmqxPlatformComponent component) {
                watches.addAll(component.watches());
            }
        }
        watches.sort(Comparator.comparing(WatchStatus::route).thenComparing(WatchStatus::resource));
        return watches;
    }

    @Override
    protected Map<String, Object> doCallJson(Map<String, Object> options) {
        JsonArray watches = new JsonArray();
        watches().forEach(watch -> watches.add(json(watch)));
        JsonObject json = new JsonObject();
        json.put("watches", watches);
        return json;
    }

    private static JsonObject json(WatchStatus watch) {
        JsonObject json = new JsonObject();
        json.put("routeId", watch.route());
        json.put("resource", watch.resource());
        json.put("deployment", watch.deployment());
        json.put("ready", watch.isReady());
        json.put("size", watch.size());
        json.put("pendingEvents", watch.pending());
        PollReport poll = watch.lastPoll();
        if (poll != null) {
            json.put("lastPoll", json(poll));
        }
        if (watch.failure() != null) {
            json.put("failure", json(watch.failure()));
        }
        return json;
    }

    private static JsonObject json(PollReport poll) {
        JsonObject json = new JsonObject();
        json.put("time", poll.at().toString());
        json.put("durationMillis", poll.duration().toMillis());
        json.put("complete", poll.complete());
        json.put("rows", poll.rows());
        json.put("candidates", poll.candidates());
        json.put("requests", poll.requests());
        json.put("confirmations", poll.confirmations());
        json.put("events", new JsonObject(new TreeMap<>(poll.events())));
        return json;
    }

    private static JsonObject json(Throwable failure) {
        JsonObject json = new JsonObject();
        json.put("message", failure.getMessage());
        if (failure instanceof EmqxPlatformException told) {
            json.put("httpStatus", told.httpStatus());
            json.put("resultCode", told.resultCode());
        }
        return json;
    }

    @Override
    protected String doCallText(Map<String, Object> options) {
        StringBuilder text = new StringBuilder();
        for (WatchStatus watch : watches()) {
            text.append(text.isEmpty() ? "" : "\n");
            line(text, "Route", watch.route());
            line(text, "Resource", watch.resource());
            line(text, "Deployment", watch.deployment());
            line(text, "Ready", watch.isReady());
            line(text, "Size", watch.size());
            line(text, "Pending events", watch.pending());
            PollReport poll = watch.lastPoll();
            if (poll != null) {
                line(
                        text,
                        "Last poll",
                        poll.at() + ", " + poll.duration().toMillis() + " ms, "
                                + (poll.complete() ? "complete" : "not complete") + ", " + poll.rows() + " rows, "
                                + poll.requests() + " requests, " + poll.confirmations() + " of them confirmations");
                line(text, "Candidates", poll.candidates());
                line(text, "Events", new TreeMap<>(poll.events()));
            }
            if (watch.failure() != null) {
                line(text, "Failure", watch.failure().getMessage());
            }
        }
        return text.isEmpty() ? "No watch runs\n" : text.toString();
    }

    private static void line(StringBuilder text, String name, Object value) {
        text.append("    ").append(name).append(": ").append(value).append('\n');
    }
}
