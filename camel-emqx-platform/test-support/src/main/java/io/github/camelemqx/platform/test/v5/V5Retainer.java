/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform.test.v5;

import io.github.camelemqx.platform.test.PublishedMessage;
import io.github.camelemqx.platform.test.http.Answer;
import io.github.camelemqx.platform.test.http.Call;
import io.github.camelemqx.platform.test.http.Router;
import io.github.camelemqx.platform.test.state.Broker;
import io.github.camelemqx.platform.test.state.Page;
import io.github.camelemqx.platform.test.state.RetainedTable.Retained;
import io.github.camelemqx.platform.test.state.Topics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** /mqtt/retainer: what was published to be retained, and the three messages that a broker retains about itself (recording v5 160). */
final class V5Retainer {

    private static final String SYSTEM = "emqx_sys";

    private final Broker broker;
    private final List<Retained> ofItself = new ArrayList<>();

    V5Retainer(Broker broker) {
        this.broker = broker;
        String node = broker.self().name();
        ofItself("$SYS/brokers", node);
        ofItself("$SYS/brokers/" + node + "/sysdescr", "EMQX");
        ofItself("$SYS/brokers/" + node + "/version", "5.8.9");
    }

    private void ofItself(String topic, String text) {
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        ofItself.add(new Retained(
                new PublishedMessage(broker.nextMessageId(), topic, payload, 0, true, SYSTEM, Map.of()),
                broker.self().startedAt()));
    }

    void addTo(Router router) {
        router.on("GET", "mqtt/retainer/messages", this::list)
                .on("DELETE", "mqtt/retainer/messages", this::clear)
                .on("GET", "mqtt/retainer/message/{topic}", this::get)
                .on("DELETE", "mqtt/retainer/message/{topic}", this::delete);
    }

    private Stream<Retained> all() {
        return Stream.concat(ofItself.stream(), broker.retained().all());
    }

    private Answer list(Call call) {
        V5Answers.Paging paging = V5Answers.Paging.of(call);
        Optional<String> filter = call.query().first("topic");
        Page<Retained> page = Page.of(
                all().filter(retained -> filter.isEmpty()
                        || Topics.matches(filter.get(), retained.message().topic())),
                paging.skip(),
                paging.limit());
        return V5Answers.page(paging, page, V5Answers.Meta.FULL, V5Retainer::row);
    }

    /** Whatever client id a message was published with, it comes from the API (as the broker's source has it). */
    private static Map<String, Object> row(Retained retained) {
        PublishedMessage message = retained.message();
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("msgid", message.id());
        row.put("topic", message.topic());
        row.put("qos", message.qos());
        row.put("publish_at", V5Rows.millis(retained.at()));
        row.put("from_clientid", SYSTEM.equals(message.clientId()) ? SYSTEM : "http_api");
        row.put("from_username", "");
        return row;
    }

    private Answer get(Call call) {
        String topic = call.variable("topic");
        return all().filter(retained -> retained.message().topic().equals(topic))
                .findFirst()
                .map(retained -> {
                    Map<String, Object> row = row(retained);
                    row.put(
                            "payload",
                            Base64.getEncoder()
                                    .encodeToString(retained.message().payload()));
                    return Answer.ok(row);
                })
                .orElseGet(V5Retainer::unknown);
    }

    private Answer delete(Call call) {
        String topic = call.variable("topic");
        boolean removed = broker.retained().remove(topic)
                || ofItself.removeIf(retained -> retained.message().topic().equals(topic));
        return removed ? V5Answers.noContent() : unknown();
    }

    private static Answer unknown() {
        return V5Answers.notFound("Viewed message doesn't exist");
    }

    private Answer clear(Call call) {
        ofItself.clear();
        broker.retained().clear();
        return V5Answers.noContent();
    }
}
