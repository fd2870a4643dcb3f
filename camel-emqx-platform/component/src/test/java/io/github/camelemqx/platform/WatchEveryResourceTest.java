/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.github.camelemqx.platform.catalog.Catalog;
import io.github.camelemqx.platform.catalog.Generation;
import io.github.camelemqx.platform.catalog.Operation;
import io.github.camelemqx.platform.catalog.Resource;
import io.github.camelemqx.platform.catalog.ResultShape;
import io.github.camelemqx.platform.catalog.Route;
import io.github.camelemqx.platform.catalog.Watchable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Every row of the catalogue that says how rows are watched, on every API that has the listing: answers of the row's own
 * form come, change and go, and the watch tells it. What the simulator knows too is in {@link WatchRowsTest}.
 */
class WatchEveryResourceTest {

    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig().dynamicPort())
            .build();

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNode ROWS = rows();
    private static final String NODE = "n1@127.0.0.1";
    private static final String OWNER = "owner";

    private final Catalog catalog = Catalog.load();

    private static JsonNode rows() {
        try (InputStream rows = Catalog.class.getResourceAsStream("rows.json")) {
            return JSON.readTree(rows);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @TestFactory
    Stream<DynamicTest> everyWatchableRow() {
        return catalog.resources().stream()
                .filter(resource -> resource.watchable()
                        .filter(watchable -> watchable.kind() == Watchable.Kind.ROWS)
                        .isPresent())
                .flatMap(resource -> {
                    Operation listing =
                            resource.operation(resource.watchable().get().listing());
                    return listing.generations().stream()
                            .filter(generation -> !listing.composed())
                            .map(generation -> DynamicTest.dynamicTest(
                                    generation + " " + resource.name(), () -> check(resource, listing, generation)));
                });
    }

    private void check(Resource resource, Operation listing, Generation generation) throws Exception {
        Watchable watchable = resource.watchable().orElseThrow();
        List<Message> events = new ArrayList<>();
        PollOnDemand polls = new PollOnDemand();
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            connect(context);
            context.getRegistry().bind("polls", polls);
            answers(listing, generation, List.of());
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from(uri(resource, listing, generation))
                            .process(
                                    exchange -> events.add(exchange.getMessage().copy()));
                }
            });
            context.start();
            polls.poll();
            assertThat(events).isEmpty();

            Map<String, Object> row = row(watchable, listing, generation, "one");
            answers(listing, generation, List.of(row));
            polls.poll();
            assertThat(types(events)).containsExactly("created");
            Message created = events.get(0);
            String key = created.getHeader(EmqxPlatformConstants.KEY, String.class);
            assertThat(key).isNotBlank().doesNotContain("null");
            assertThat(created.getHeader(EmqxPlatformConstants.RESOURCE)).isEqualTo(resource.name());
            if (!watchable.ids().isEmpty() && !row.containsKey("protocol")) {
                assertThat(created.getHeader(EmqxPlatformConstants.ID)).isNotNull();
            }

            Optional<String> changing = changing(watchable, listing, generation);
            changing.ifPresent(field -> set(row, theirs(listing, generation, field), "changed"));
            answers(listing, generation, List.of(row));
            polls.poll();
            polls.poll();
            assertThat(types(events).subList(1, events.size()))
                    .isEqualTo(changing.map(field -> List.of("updated")).orElse(List.of()));

            answers(listing, generation, List.of());
            polls.poll();
            polls.poll();
            assertThat(types(events).get(events.size() - 1)).isEqualTo("deleted");
            assertThat(events).hasSize(changing.isPresent() ? 3 : 2).allSatisfy(event -> assertThat(
                            event.getHeader(EmqxPlatformConstants.KEY))
                    .isEqualTo(key));
        }
    }

    private static List<Object> types(List<Message> events) {
        return events.stream()
                .map(event -> event.getHeader(EmqxPlatformConstants.EVENT_TYPE))
                .toList();
    }

    private static void connect(DefaultCamelContext context) {
        EmqxPlatformConfiguration connection = context.getComponent("emqx-platform", EmqxPlatformComponent.class)
                .getConfiguration();
        connection.setAppId("id");
        connection.setAppSecret("word-that-is-secret");
        connection.setPlatformApiUrl(SERVER.baseUrl() + "/public_api/v1");
        connection.setPlatformKey("key");
        connection.setPlatformSecret("other-word-that-is-secret");
    }

    private static String uri(Resource resource, Operation listing, Generation generation) {
        StringBuilder uri = new StringBuilder("emqx-platform:" + resource.name() + "?scheduler=#polls");
        listing.parameters().stream().filter(parameter -> parameter.required()).forEach(parameter -> uri.append(
                        "&param.")
                .append(parameter.name())
                .append('=')
                .append(OWNER));
        return generation == Generation.PLATFORM
                ? uri.toString()
                : uri + "&apiUrl=" + SERVER.baseUrl() + "/api/" + generation.label();
    }

    /** The row by the broker's own names. */
    private static Map<String, Object> row(
            Watchable watchable, Operation listing, Generation generation, String value) {
        Map<String, Object> row = new LinkedHashMap<>();
        Stream.of(watchable.key(), watchable.structure(), watchable.fields())
                .flatMap(List::stream)
                .filter(field -> listing.parameter(field)
                        .filter(parameter -> parameter.required())
                        .isEmpty())
                .filter(field -> asItIs(listing, generation, field))
                .filter(field -> !field.equals(watchable.node()))
                .forEach(field -> set(row, theirs(listing, generation, field), value));
        if (watchable.node() != null && route(listing, generation).answer().expand() == null) {
            row.put("node", NODE);
        }
        return row;
    }

    private static void set(Map<String, Object> row, String field, Object value) {
        int dot = field.indexOf('.');
        if (dot < 0) {
            row.put(field, value);
        } else {
            row.put(field.substring(0, dot), Map.of(field.substring(dot + 1), value));
        }
    }

    private static Optional<String> changing(Watchable watchable, Operation listing, Generation generation) {
        return watchable.fields().stream()
                .filter(field -> asItIs(listing, generation, field))
                .findFirst();
    }

    /** How the broker calls and writes a field, where it does so differently: read from the data itself. */
    private static Optional<Map.Entry<String, JsonNode>> rule(Operation listing, Generation generation, String field) {
        return listing.row() == null
                ? Optional.empty()
                : ROWS.path(listing.row().name()).path(generation.label()).properties().stream()
                        .filter(rule -> rule.getValue().asText().matches(Pattern.quote(field) + "(@.*)?"))
                        .findFirst();
    }

    private static String theirs(Operation listing, Generation generation, String field) {
        return rule(listing, generation, field).map(Map.Entry::getKey).orElse(field);
    }

    private static boolean asItIs(Operation listing, Generation generation, String field) {
        return rule(listing, generation, field)
                .filter(rule -> rule.getValue().asText().contains("@"))
                .isEmpty();
    }

    private static Route route(Operation listing, Generation generation) {
        List<Route> routes = listing.routes().get(generation);
        return routes.get(routes.size() - 1);
    }

    private static void answers(Operation listing, Generation generation, List<Map<String, Object>> rows)
            throws JsonProcessingException {
        SERVER.resetAll();
        SERVER.stubFor(any(anyUrl()).atPriority(9).willReturn(absent(generation)));
        SERVER.stubFor(any(urlPathMatching(".*/nodes"))
                .atPriority(8)
                .willReturn(okJson(enveloped(
                        generation, "[{\"node\":\"" + NODE + "\",\"node_status\":\"running\",\"connections\":0}]"))));
        String path =
                route(listing, generation).path().replaceFirst("\\?.*", "").replaceAll("\\{[^}]+}", OWNER);
        SERVER.stubFor(any(urlPathMatching(".*/(v4|v5|v1)" + path))
                .atPriority(7)
                .willReturn(answer(listing, generation, rows)));
    }

    private static ResponseDefinitionBuilder answer(
            Operation listing, Generation generation, List<Map<String, Object>> rows) throws JsonProcessingException {
        if (listing.result() == ResultShape.OBJECT) {
            return rows.isEmpty() ? absent(generation) : okJson(JSON.writeValueAsString(rows.get(0)));
        }
        Route.Answer form = route(listing, generation).answer();
        Object listed = form.expand() == null ? rows : List.of(Map.of("node", NODE, form.expand(), rows));
        boolean inObject = listing.result() == ResultShape.PAGE || !form.rows().equals("data");
        String text = JSON.writeValueAsString(listed);
        if (inObject) {
            return okJson("{" + (generation == Generation.V4 ? "\"code\":0," : "") + "\"" + form.rows() + "\":" + text
                    + ",\"meta\":{\"page\":1,\"limit\":1000,\"count\":" + rows.size() + ",\"hasnext\":false}}");
        }
        return okJson(enveloped(generation, text));
    }

    private static String enveloped(Generation generation, String data) {
        return generation == Generation.V4 ? "{\"code\":0,\"data\":" + data + "}" : data;
    }

    private static ResponseDefinitionBuilder absent(Generation generation) {
        return generation == Generation.V4
                ? okJson("{\"message\":\"not_found\"}")
                : aResponse().withStatus(404).withBody("{\"code\":\"NOT_FOUND\",\"message\":\"it is gone\"}");
    }
}
