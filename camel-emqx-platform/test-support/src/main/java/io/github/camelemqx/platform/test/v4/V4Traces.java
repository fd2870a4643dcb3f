/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.v4;

import io.github.camelemqx.platform.test.http.Answer;
import io.github.camelemqx.platform.test.http.Call;
import io.github.camelemqx.platform.test.http.Refusal;
import io.github.camelemqx.platform.test.http.Router;
import io.github.camelemqx.platform.test.state.Broker;
import io.github.camelemqx.platform.test.state.Node;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** /trace: what is to be logged, but nothing is. Its failures have words for codes. */
final class V4Traces {

    private static final List<String> TYPES = List.of("topic", "clientid", "ip_address");
    private static final Pattern NAME = Pattern.compile("[0-9A-Za-z]+[A-Za-z0-9-_]*");
    private static final Duration USUAL = Duration.ofMinutes(10);
    private static final int CHUNK = 1000;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx", Locale.ROOT).withZone(ZoneOffset.UTC);

    private record Trace(String name, String type, String of, Instant start, Instant end, boolean enabled) {

        String status(Instant now) {
            if (now.isBefore(start)) {
                return "waiting";
            }
            return enabled && now.isBefore(end) ? "running" : "stopped";
        }

        Trace stopped() {
            return new Trace(name, type, of, start, end, false);
        }
    }

    private final Broker broker;
    private final V4Extensions modules;
    private final Map<String, Trace> traces = new LinkedHashMap<>();

    V4Traces(Broker broker, V4Extensions modules) {
        this.broker = broker;
        this.modules = modules;
        modules.onUnload(V4Extensions.TRACE, traces::clear);
    }

    void addTo(Router router) {
        router.on(
                        "GET",
                        "trace",
                        ifLoaded(call -> V4Answers.data(
                                traces.values().stream().map(this::row).toList())))
                .on("POST", "trace", ifLoaded(this::create))
                .on("DELETE", "trace", ifLoaded(call -> {
                    traces.clear();
                    return V4Answers.ok();
                }))
                .on("PUT", "trace/{name}/stop", ifLoaded(this::stop))
                .on("DELETE", "trace/{name}", ifLoaded(call -> {
                    traces.remove(existing(call).name());
                    return V4Answers.ok();
                }))
                .on("GET", "trace/{name}/detail", ifThere(this::detail))
                .on("GET", "trace/{name}/log", ifThere(this::log));
    }

    private Function<Call, Answer> ifLoaded(Function<Call, Answer> handler) {
        return modules.requiring(V4Extensions.TRACE, handler);
    }

    /** These two do not look for the module, but for its table (recordings v4 433, 434). */
    private Function<Call, Answer> ifThere(Function<Call, Answer> handler) {
        return call -> modules.active(V4Extensions.TRACE)
                ? handler.apply(call)
                : failure("NOT_FOUND", "{no_exists,emqx_trace}");
    }

    private static Answer failure(String code, String message) {
        return Answer.ok(Map.of("code", code, "message", message));
    }

    private static Refusal incorrect(String message) {
        return new Refusal(failure("INCORRECT_PARAMS", message));
    }

    private Map<String, Object> row(Trace trace) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("name", trace.name());
        row.put("type", trace.type());
        row.put(trace.type(), trace.of());
        row.put("status", trace.status(broker.clock().instant()));
        row.put("start_at", TIME.format(trace.start()));
        row.put("end_at", TIME.format(trace.end()));
        row.put("log_size", broker.runningNodes().stream().collect(Collectors.toMap(Node::name, node -> 0)));
        return row;
    }

    private Answer create(Call call) {
        V4Params params = V4Params.of(call);
        String name = params.text("name").orElseThrow(() -> incorrect("name required"));
        String type = params.text("type")
                .filter(TYPES::contains)
                .filter(named -> params.text(named).isPresent())
                .orElseThrow(() -> incorrect("type=[topic,clientid,ip_address] required"));
        if (!NAME.matcher(name).matches()) {
            throw incorrect("Name should be ^[0-9A-Za-z]+[A-Za-z0-9-_]*$");
        }
        Instant start = time(params, "start_at", broker.clock().instant());
        Trace trace = new Trace(
                name, type, params.text(type).orElseThrow(), start, time(params, "end_at", start.plus(USUAL)), true);
        return traces.putIfAbsent(name, trace) == null
                ? V4Answers.ok()
                : failure("ALREADY_EXISTED", name + "Already Exists");
    }

    private static Instant time(V4Params params, String name, Instant otherwise) {
        try {
            return params.text(name)
                    .map(text -> OffsetDateTime.parse(text).toInstant())
                    .orElse(otherwise);
        } catch (DateTimeException noTime) {
            throw incorrect("The rfc3339 specification not satisfied: "
                    + params.get(name).asText());
        }
    }

    private Trace existing(Call call) {
        String name = call.variable("name");
        Trace trace = traces.get(name);
        if (trace == null) {
            throw new Refusal(failure("NOT_FOUND", name + " NOT FOUND"));
        }
        return trace;
    }

    private Answer stop(Call call) {
        Trace trace = existing(call).stopped();
        traces.put(trace.name(), trace);
        return V4Answers.data(Map.of("name", trace.name(), "enable", false));
    }

    private Answer detail(Call call) {
        Trace trace = existing(call);
        return V4Answers.data(broker.runningNodes().stream()
                .map(node -> Map.of(
                        "node", node.name(),
                        "size", 0,
                        "mtime", trace.start().getEpochSecond()))
                .toList());
    }

    /** The log is empty, from wherever it is read. */
    private Answer log(Call call) {
        existing(call);
        V4Params params = V4Params.of(call);
        return V4Answers.data(Map.of(
                "meta",
                Map.of(
                        "position", params.get("position").asInt(0),
                        "bytes", params.get("bytes").asInt(CHUNK)),
                "items",
                ""));
    }
}
