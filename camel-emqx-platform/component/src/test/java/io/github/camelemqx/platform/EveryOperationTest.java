/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.github.camelemqx.platform.catalog.Catalog;
import io.github.camelemqx.platform.catalog.Generation;
import io.github.camelemqx.platform.catalog.Input;
import io.github.camelemqx.platform.catalog.Operation;
import io.github.camelemqx.platform.catalog.ResultShape;
import io.github.camelemqx.platform.catalog.Route;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Every operation of the catalogue, on every API that has it, by every one of its routes: called through Camel over HTTP
 * with a value for each of its parameters. What arrives is what the row of data says, and the result has its shape.
 * Operations in steps are called in {@link AclTest}.
 */
class EveryOperationTest extends CamelTestSupport {

    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig().dynamicPort())
            .build();

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Catalog catalog = Catalog.load();

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext context = super.createCamelContext();
        EmqxPlatformConfiguration connection = context.getComponent("emqx-platform", EmqxPlatformComponent.class)
                .getConfiguration();
        connection.setAppId("id");
        connection.setAppSecret("word-that-is-secret");
        connection.setPlatformApiUrl(SERVER.baseUrl() + "/public_api/v1");
        connection.setPlatformKey("key");
        connection.setPlatformSecret("other-word-that-is-secret");
        return context;
    }

    @TestFactory
    Stream<DynamicTest> everyRoute() {
        return samples()
                .map(sample -> DynamicTest.dynamicTest(sample.generation() + " " + sample, () -> check(sample)));
    }

    @Test
    void thatIsEveryOperationOfEveryApi() {
        Set<String> called = samples()
                .map(sample -> sample.generation() + " " + sample.operation().fullName())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> there = new TreeSet<>();
        catalog.resources().forEach(resource -> resource.operations().values().forEach(operation -> operation
                .generations()
                .forEach(generation -> there.add(generation + " " + operation.fullName()))));
        // rules are written in steps: AclTest; any path: ApiRequestTest
        there.removeIf(name -> name.matches("v[45] (acl:(list|get|create|update|delete)|api:request)"));
        assertThat(called).isEqualTo(there);
    }

    private Stream<SampleCall> samples() {
        List<SampleCall> samples = new ArrayList<>();
        for (Operation operation : operations()) {
            operation.routes().forEach((generation, routes) -> {
                for (Route route : routes) {
                    samples.add(new SampleCall(operation, generation, route));
                }
            });
        }
        return samples.stream();
    }

    private List<Operation> operations() {
        return catalog.resources().stream()
                .flatMap(resource -> resource.operations().values().stream())
                .filter(operation -> !operation.composed()
                        && operation.parameters().stream().noneMatch(parameter -> parameter.steers()))
                .toList();
    }

    private void check(SampleCall sample) throws Exception {
        SERVER.resetAll();
        SERVER.stubFor(any(anyUrl()).willReturn(answer(sample)));
        Operation operation = sample.operation();

        Exchange done = template.request(uri(sample), exchange -> {
            exchange.getMessage().setHeader(EmqxPlatformConstants.PARAMETERS, sample.values(false));
            exchange.getMessage().setBody(body(sample));
        });

        if (done.getException() != null) {
            throw done.getException();
        }
        List<LoggedRequest> requests =
                SERVER.findAll(com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor(anyUrl()));
        assertThat(requests).hasSize(1);
        assertArrived(sample, requests.get(0));
        assertShape(operation, done.getMessage().getBody());
    }

    private String uri(SampleCall sample) {
        String uri = "emqx-platform:" + sample.operation().resource() + "?operation="
                + sample.operation().name();
        return sample.generation() == Generation.PLATFORM
                ? uri
                : uri + "&apiUrl=" + SERVER.baseUrl() + "/api/"
                        + sample.generation().label() + "&pagingStyle="
                        + (sample.generation() == Generation.V4 ? "underscore" : "plain");
    }

    private static String base(Generation generation) {
        return generation == Generation.PLATFORM ? "/public_api/v1" : "/api/" + generation.label();
    }

    private static Object body(SampleCall sample) {
        Map<String, Object> fields = sample.values(true);
        return switch (sample.operation().input()) {
            case NONE -> null;
            case ROW, PAYLOAD -> fields;
            case ROWS -> {
                // what belongs to an item may stand in the path of its request
                Map<String, Object> row = new TreeMap<>(fields);
                row.putAll(sample.values(false));
                row.keySet().removeIf(name -> sample.operation()
                        .parameter(name)
                        .filter(parameter -> !sample.operation().ofItem(parameter))
                        .isPresent());
                yield List.of(row);
            }
            case JSON -> Map.of("inner", "value");
            case TEXT -> "a = 1";
            case FILE -> "content of the file".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        };
    }

    private static void assertArrived(SampleCall sample, LoggedRequest request) throws Exception {
        assertThat(request.getMethod().getName()).isEqualTo(sample.route().method());
        String url = request.getUrl();
        String path = url.contains("?") ? url.substring(0, url.indexOf('?')) : url;
        assertThat(path).isEqualTo(base(sample.generation()) + sample.path());
        sample.query()
                .forEach((name, value) ->
                        assertThat(RecordedCall.query(url)).as("query " + name).containsEntry(name, List.of(value)));
        Input input = sample.operation().input();
        if (input == Input.NONE) {
            assertThat(request.getBody()).isEmpty();
        } else if (input == Input.FILE && sample.route().field() != null) {
            assertThat(JSON.readTree(request.getBody())
                            .path(sample.route().field())
                            .asText())
                    .isEqualTo("content of the file");
        } else if (input == Input.FILE) {
            assertThat(request.getHeader("Content-Type")).startsWith("multipart/form-data");
            assertThat(request.getBodyAsString())
                    .contains("name=\"" + sample.route().part() + "\"", "content of the file");
        } else if (input == Input.TEXT) {
            assertThat(request.getBodyAsString()).isEqualTo("a = 1");
        } else {
            JsonNode arrived = JSON.readTree(request.getBody());
            JsonNode row = arrived.isArray() && !arrived.isEmpty() ? arrived.get(0) : arrived;
            sample.fields().forEach((name, value) -> assertThat(row.path(name))
                    .as("field " + name)
                    .isEqualTo(JSON.valueToTree(normalised(value))));
        }
    }

    /** Numbers in JSON have one type. */
    private static Object normalised(Object value) {
        return value instanceof Long number && number <= Integer.MAX_VALUE ? Integer.valueOf(number.intValue()) : value;
    }

    private static ResponseDefinitionBuilder answer(SampleCall sample) {
        boolean v4 = sample.generation() == Generation.V4;
        String field = sample.route().answer().rows();
        String row =
                "{\"name\": \"x\", \"node\": \"n\", \"" + sample.operation().resource() + "\": {\"a\": 1}}";
        String meta = "\"meta\": {\"page\": 1, \"limit\": 1000, \"count\": 1, \"hasnext\": false}";
        return switch (sample.operation().result()) {
            case NOTHING -> v4 ? okJson("{\"code\": 0}") : aResponse().withStatus(204);
            case TEXT -> aResponse().withHeader("Content-Type", "text/plain").withBody("some text");
            case FILE ->
                sample.route().answer().content() == null
                        ? aResponse()
                                .withHeader("Content-Type", "application/octet-stream")
                                .withBody("content")
                        : okJson("{\"code\": 0, \"data\": {\""
                                + sample.route().answer().content() + "\": \"content\"}}");
            case OBJECT, ANY -> okJson(v4 ? "{\"code\": 0, \"data\": " + row + "}" : row);
            case OUTCOMES -> v4 ? okJson("{\"code\": 0}") : aResponse().withStatus(204);
            case LIST, NODE_VALUES, PAGE -> {
                String rows = sample.route().answer().expand() == null
                        ? "[" + row + "]"
                        : "[{\"node\": \"n\", \"" + sample.route().answer().expand() + "\": [" + row + "]}]";
                boolean paged = sample.operation().result() == ResultShape.PAGE;
                yield okJson(
                        v4
                                ? "{\"code\": 0, \"" + field + "\": " + rows + (paged ? ", " + meta : "") + "}"
                                : paged ? "{\"" + field + "\": " + rows + ", " + meta + "}" : rows);
            }
        };
    }

    private static void assertShape(Operation operation, Object body) {
        switch (operation.result()) {
            case NOTHING -> assertThat(body).isNull();
            case OBJECT, NODE_VALUES -> assertThat(body).isInstanceOf(Map.class);
            case LIST, PAGE, OUTCOMES ->
                assertThat(body)
                        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                        .hasSize(1);
            case TEXT -> assertThat(body).isEqualTo("some text");
            // it ends with its exchange: DownloadTest reads some
            case FILE -> assertThat(body).isInstanceOf(InputStream.class);
            case ANY -> assertThat(body).isNotNull();
        }
    }
}
