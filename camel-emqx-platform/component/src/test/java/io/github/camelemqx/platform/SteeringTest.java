/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.camelemqx.platform.catalog.Catalog;
import io.github.camelemqx.platform.catalog.Codec;
import io.github.camelemqx.platform.catalog.Generation;
import io.github.camelemqx.platform.catalog.Input;
import io.github.camelemqx.platform.catalog.Operation;
import io.github.camelemqx.platform.catalog.Parameter;
import io.github.camelemqx.platform.catalog.ParameterType;
import io.github.camelemqx.platform.catalog.Place;
import io.github.camelemqx.platform.catalog.Route;
import io.github.camelemqx.platform.exception.EmqxInvalidRequestException;
import io.github.camelemqx.platform.exception.EmqxPartialFailureException;
import io.github.camelemqx.platform.exception.EmqxPlatformException;
import io.github.camelemqx.platform.exception.EmqxServerException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Producer;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever a message says, a call goes where its route says: the request of a hostile value differs from that of a tame one
 * in nothing but the one place where the value stands, byte for byte; or the value is refused and nothing is sent. The system
 * property {@code steering.seed} repeats a run.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SteeringTest {

    private static final long SEED = Long.getLong("steering.seed", System.nanoTime());
    private static final String TAME = "tame-value-7";
    /** As a form has it, again in another way where it is more than ASCII. */
    private static final String FILE_NAME =
            "filename=\"[^\"/\\\\]+\"(; filename\\*=\"UTF-8''[A-Za-z0-9%._~!#$&+^`|-]+\")?";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Kinds of operations by the places that values of theirs have; each gets some hundred values more. */
    private static final List<String> TYPICAL = List.of(
            "clients:get",
            "clients:list",
            "clients:kick-bulk",
            "clients:subscribe",
            "users:create",
            "users:update",
            "users:delete",
            "messages:publish",
            "messages:publish-bulk",
            "retained:get",
            "topics:get",
            "nodes:get",
            "acl:get",
            "acl:create",
            "banned:create",
            "rules:update",
            "listeners:get",
            "deployments:get",
            "certificates:update");

    /** Paths that leave where they begin, as some servers read them. */
    private static final List<String> STEPS = List.of(
            "/..",
            "/../users",
            "/./users",
            "/x/../../../y",
            "/%2e%2e/x",
            "/.%2E/x",
            "/..;/..;/x",
            "/..;a=b/x",
            "/%2e%2e;/x",
            "/.;/x",
            "//evil.example.com/x",
            "/x?y=/../z",
            "/x;y/z",
            "/clients/a%2Fb",
            "/clients?limit=1",
            "clients",
            "http://evil.example.com/x",
            "@evil.example.com/x");

    /** Where a value comes from. */
    enum Source {
        HEADER,
        OPTION,
        BODY
    }

    private final Catalog catalog = Catalog.load();
    private final CamelContext context = new DefaultCamelContext();
    private final HostileText hostile = new HostileText(SEED);
    private volatile Function<RawBroker.Request, String> answer = SteeringTest::failed;
    private RawBroker broker;
    private int calls;
    private int refused;

    @BeforeAll
    void start() throws Exception {
        System.out.println("steering.seed=" + SEED);
        broker = new RawBroker(request -> answer.apply(request));
        EmqxPlatformConfiguration connection = context.getComponent("emqx-platform", EmqxPlatformComponent.class)
                .getConfiguration();
        connection.setAppId("id");
        connection.setAppSecret("word-that-is-secret");
        connection.setPlatformApiUrl(broker.origin() + "/public_api/v1");
        connection.setPlatformKey("key");
        connection.setPlatformSecret("other-word-that-is-secret");
        connection.setMaxRetries(0);
        connection.setRequestsPerSecond(0);
        context.start();
    }

    @AfterAll
    void stop() throws IOException {
        context.stop();
        broker.close();
        System.out.println(calls + " calls with hostile values, " + refused + " of them refused");
    }

    @ParameterizedTest
    @EnumSource(Source.class)
    void aValueStaysWhereItBelongsInEveryOperation(Source source) throws Exception {
        for (SampleCall sample : samples()) {
            each(sample, source, 1, List.of(), 100);
        }
    }

    @ParameterizedTest
    @EnumSource(Source.class)
    void manyValuesStayWhereTheyBelong(Source source) throws Exception {
        for (SampleCall sample : samples()) {
            if (TYPICAL.contains(sample.operation().fullName())) {
                each(sample, source, 10, HostileText.KNOWN, 2);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Source.class)
    void whatIsLongIsNeitherCutNorElsewhere(Source source) throws Exception {
        for (SampleCall sample : samples()) {
            if (List.of("clients:get", "clients:list", "users:update", "messages:publish")
                    .contains(sample.operation().fullName())) {
                each(sample, source, 0, HostileText.LONG, 3);
            }
        }
    }

    /** What a route lets messages choose is below the API's base, whichever way servers and proxies read it. */
    @ParameterizedTest
    @ValueSource(strings = {"v4", "v5"})
    void aPathThatAMessageMayChooseStaysBelowTheBase(String version) throws Exception {
        String base = "/api/" + version;
        int sent = 0;
        try (Called called = new Called(request(version, "&allowOperationHeader=true"))) {
            for (int i = 0; i < 600; i++) {
                String path = i < STEPS.size() ? STEPS.get(i) : "/" + hostile.next();
                Exchange exchange = steered(path, hostile.oneOf(List.of("GET", "DELETE")));
                broker.taken();
                called.with(Map.of()).process(exchange);
                List<RawBroker.Request> requests = broker.taken();
                String what = "seed " + SEED + ": " + shown(path);
                if (requests.isEmpty()) {
                    assertThat(exchange.getException()).as(what).isInstanceOf(EmqxInvalidRequestException.class);
                } else {
                    sent++;
                    assertThat(requests).as(what).hasSize(1);
                    assertThat(requests.get(0).target()).as(what).isEqualTo(base + path);
                    assertThat(resolved(requests.get(0).target())).as(what).startsWith(base + "/");
                }
            }
        }
        assertThat(sent).isGreaterThan(20);
    }

    /** As a proxy may read it that takes parameters of segments away before it takes steps. */
    private static String resolved(String target) {
        String path =
                target.replaceFirst("\\?.*", "").replaceAll("(?i)%2e", ".").replaceAll(";[^/]*", "");
        List<String> steps = new ArrayList<>();
        for (String step : path.substring(1).split("/", -1)) {
            if (step.equals("..")) {
                if (!steps.isEmpty()) {
                    steps.remove(steps.size() - 1);
                }
            } else if (!step.equals(".")) {
                steps.add(step);
            }
        }
        return "/" + String.join("/", steps);
    }

    @ParameterizedTest
    @ValueSource(strings = {"v4", "v5"})
    void aMessageThatMayNotChooseChoosesNothing(String version) throws Exception {
        try (Called called = new Called(request(version, "&param.method=GET&param.path=/status"))) {
            for (int i = 0; i < 200; i++) {
                Exchange exchange = steered("/" + hostile.next(), "DELETE");
                exchange.getMessage().setHeader(hostile.cased(EmqxPlatformConstants.OPERATION), "other");
                foreign().forEach(exchange.getMessage()::setHeader);
                broker.taken();
                called.with(Map.of("method", "GET", "path", "/status")).process(exchange);
                assertThat(broker.taken())
                        .extracting(RawBroker.Request::line)
                        .containsExactly("GET /api/" + version + "/status HTTP/1.1");
            }
        }
    }

    /** A header that the component has in common with others chooses only where the route says so, and only what there is. */
    @Test
    void anOperationHeaderOfAnyCaseChoosesOnlyWhatThereIs() throws Exception {
        String uri = "emqx-platform:clients?operation=get&clientId=c1&apiUrl=" + broker.origin() + "/api/v5";
        for (boolean allowed : List.of(false, true)) {
            EmqxPlatformEndpoint endpoint = (EmqxPlatformEndpoint)
                    context.getComponent("emqx-platform").createEndpoint(uri + "&allowOperationHeader=" + allowed);
            try (Called called = new Called(endpoint)) {
                for (int i = 0; i < 200; i++) {
                    String name = i % 2 == 0 ? "kick" : hostile.next();
                    Exchange exchange = new DefaultExchange(context);
                    exchange.getMessage().setHeader(hostile.cased(EmqxPlatformConstants.OPERATION), name);
                    broker.taken();
                    called.with(Map.of("clientid", "c1")).process(exchange);
                    List<String> lines =
                            broker.taken().stream().map(RawBroker.Request::line).toList();
                    if (!allowed) {
                        assertThat(lines).containsExactly("GET /api/v5/clients/c1 HTTP/1.1");
                    } else if (name.equals("kick")) {
                        assertThat(lines).containsExactly("DELETE /api/v5/clients/c1 HTTP/1.1");
                    } else {
                        assertThat(lines).as(shown(name)).isEmpty();
                        assertThat(exchange.getException()).isInstanceOf(EmqxInvalidRequestException.class);
                    }
                }
            }
        }
    }

    @Test
    void noHeaderOfTheApiReachesTheMessage() throws Exception {
        answer = request -> RawBroker.answer(
                "200 OK",
                String.join(
                        "\r\n",
                        "Content-Type: application/json",
                        "X-Evil: 1",
                        "CamelHttpUri: http://evil.example.com/",
                        "CamelEmqxPlatformOperation: delete",
                        "CamelEmqxPlatformClientId: other",
                        "CamelFileName: ../../evil",
                        "Set-Cookie: a=b",
                        "Location: http://evil.example.com/",
                        ""),
                "{\"clientid\": \"c1\", \"CamelEmqxPlatformClientId\": \"other\"}");
        try (Called called = new Called(endpoint(catalog.resource("clients").operation("get"), Generation.V5))) {
            Exchange exchange = new DefaultExchange(context);
            exchange.getMessage().setHeader("Mine", "1");
            exchange.getMessage().setHeader(EmqxPlatformConstants.CLIENT_ID, "c1");
            called.with(Map.of()).process(exchange);
            assertThat(exchange.getException()).isNull();
            assertThat(exchange.getMessage().getHeaders())
                    .isEqualTo(Map.of(
                            "Mine",
                            "1",
                            EmqxPlatformConstants.CLIENT_ID,
                            "c1",
                            EmqxPlatformConstants.HTTP_STATUS,
                            200));
            assertThat(exchange.getAllProperties()).doesNotContainValue("other");
        } finally {
            answer = SteeringTest::failed;
        }
    }

    /** The name of a file ends neither its quotes nor its line in the form. */
    @Test
    void theNameOfAFileStaysInItsForm() throws Exception {
        for (Operation operation :
                operations().filter(one -> one.input() == Input.FILE).toList()) {
            for (Map.Entry<Generation, List<Route>> routes : operation.routes().entrySet()) {
                if (routes.getValue().get(0).part() == null) {
                    continue;
                }
                SampleCall sample = new SampleCall(
                        operation, routes.getKey(), routes.getValue().get(0));
                try (Called called = new Called(endpoint(operation, routes.getKey()))) {
                    RawBroker.Request tame = upload(called, sample, TAME).request();
                    assertThat(tame.text()).contains("filename=\"" + TAME + "\"");
                    for (int i = 0; i < 150; i++) {
                        String name = i < HostileText.KNOWN.size() ? HostileText.KNOWN.get(i) : hostile.next();
                        Came came = upload(called, sample, name);
                        if (came.request() == null) {
                            assertThat(came.failure()).isInstanceOf(EmqxInvalidRequestException.class);
                            continue;
                        }
                        List<String> lines = form(came.request());
                        assertThat(lines).as(shown(name)).hasSameSizeAs(form(tame));
                        for (int line = 0; line < lines.size(); line++) {
                            String expected = form(tame).get(line);
                            assertThat(lines.get(line).replaceFirst(FILE_NAME, "filename=\"" + TAME + "\""))
                                    .as(shown(name))
                                    .isEqualTo(expected);
                        }
                    }
                }
            }
        }
    }

    private static List<String> form(RawBroker.Request request) {
        return List.of(Arrived.unbound(request.text()).split("\r\n|\r|\n", -1));
    }

    private Came upload(Called called, SampleCall sample, String name) throws Exception {
        Exchange exchange = new DefaultExchange(context);
        Map<String, Object> values = new TreeMap<>(sample.values(false));
        sample.operation().parameters().stream()
                .filter(parameter -> parameter.at(Place.Kind.FILE_NAME))
                .forEach(parameter -> values.remove(parameter.name()));
        exchange.getMessage().setHeader(EmqxPlatformConstants.PARAMETERS, values);
        exchange.getMessage().setHeader(Exchange.FILE_NAME, name);
        exchange.getMessage().setBody("content".getBytes(UTF_8));
        broker.taken();
        called.with(Map.of()).process(exchange);
        List<RawBroker.Request> requests = broker.taken();
        return new Came(requests.isEmpty() ? null : requests.get(0), exchange.getException(), exchange);
    }

    private EmqxPlatformEndpoint request(String version, String options) throws Exception {
        return (EmqxPlatformEndpoint) context.getComponent("emqx-platform")
                .createEndpoint(
                        "emqx-platform:api?operation=request&apiUrl=" + broker.origin() + "/api/" + version + options);
    }

    private Exchange steered(String path, String method) {
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setHeader(EmqxPlatformConstants.PARAMETERS, Map.of("path", path, "method", method));
        return exchange;
    }

    private static String failed(RawBroker.Request request) {
        return RawBroker.json("500 Internal Server Error", "{\"message\":\"" + request.method() + " for a test\"}");
    }

    private List<SampleCall> samples() {
        List<SampleCall> samples = new ArrayList<>();
        operations().forEach(operation -> operation.routes().forEach((generation, routes) -> {
            for (Route route : routes) {
                boolean counted = operation.limit() != null;
                if (!counted) {
                    samples.add(new SampleCall(operation, generation, route));
                }
            }
        }));
        return samples;
    }

    private Stream<Operation> operations() {
        return catalog.resources().stream()
                .flatMap(resource -> resource.operations().values().stream())
                .filter(operation -> operation.parameters().stream().noneMatch(Parameter::steers));
    }

    /** Gives hostile values to some parameters of a call that take any text. */
    private void each(SampleCall sample, Source source, int random, List<String> known, int most) throws Exception {
        int done = 0;
        EmqxPlatformEndpoint endpoint = endpoint(sample.operation(), sample.generation());
        try (Called called = new Called(endpoint)) {
            for (Parameter parameter : sample.operation().parameters()) {
                boolean free = (parameter.type() == ParameterType.STRING || parameter.type() == ParameterType.ANY)
                        && parameter.allowed().isEmpty();
                Place place = parameter.place(sample.generation()).orElse(null);
                boolean written = place != null && place.codec() == Codec.AS_IS && place.kind() != Place.Kind.FILE_NAME;
                if (!free || !written || (source == Source.OPTION && parameter.secret())) {
                    continue;
                }
                RawBroker.Request tame =
                        call(called, sample, parameter, source, TAME, false).request();
                if (tame == null || !Arrived.in(tame) || done == most) {
                    // not sent, or this source has no such value
                    continue;
                }
                done++;
                List<String> values = new ArrayList<>(known);
                for (int i = 0; i < random; i++) {
                    values.add(hostile.next());
                }
                for (String value : values) {
                    check(called, sample, parameter, source, value, tame);
                }
            }
        }
    }

    private void check(
            Called called, SampleCall sample, Parameter parameter, Source source, String value, RawBroker.Request tame)
            throws Exception {
        calls++;
        String what = "seed " + SEED + ": " + sample + ", " + source + " " + parameter.name() + " = " + shown(value);
        Came came = call(called, sample, parameter, source, value, true);
        boolean invalid = Arrived.cannotCarry(tame, value)
                || (parameter.max() != null && value.codePointCount(0, value.length()) > parameter.max())
                || (parameter.min() != null && value.codePointCount(0, value.length()) < parameter.min());
        if (invalid) {
            refused++;
            // an item of several is refused by itself
            assertThat(came.failure())
                    .as(what)
                    .isInstanceOfAny(EmqxInvalidRequestException.class, EmqxPartialFailureException.class);
            assertThat(((EmqxPlatformException) came.failure()).httpStatus())
                    .as(what)
                    .isZero();
            assertThat(came.request()).as(what).isNull();
            assertThat(came.failure().getMessage().length()).as(what).isLessThan(2000);
            return;
        }
        assertThat(came.request()).as("%s: %s", what, came.failure()).isNotNull();
        assertThat(came.failure()).as(what).isInstanceOf(EmqxServerException.class);
        Arrived.differsOnlyBy(what, tame, came.request(), value);
    }

    /** A request with a tame value beside the same request with another one. */
    private static final class Arrived {

        /** Whether the tame value is there at all. */
        static boolean in(RawBroker.Request tame) {
            return tame.target().contains(TAME) || tame.text().contains(TAME);
        }

        /** In addresses half a character, in paths also what proxies take for a step; JSON can say anything. */
        static boolean cannotCarry(RawBroker.Request tame, String value) {
            boolean broken = !UTF_8.newEncoder().canEncode(value);
            boolean inTarget = tame.target().contains(TAME);
            boolean inPath = path(tame).contains(TAME);
            return (inTarget && broken) || (inPath && (value.isEmpty() || value.equals(".") || value.equals("..")));
        }

        static String path(RawBroker.Request request) {
            String target = request.target();
            return target.contains("?") ? target.substring(0, target.indexOf('?')) : target;
        }

        static String query(RawBroker.Request request) {
            String target = request.target();
            return target.contains("?") ? target.substring(target.indexOf('?') + 1) : "";
        }

        static void differsOnlyBy(String what, RawBroker.Request tame, RawBroker.Request other, String value)
                throws IOException {
            assertThat(other.method()).as(what).isEqualTo(tame.method());
            assertThat(other.line()).as(what).endsWith(" HTTP/1.1");
            assertThat(steady(other)).as(what).isEqualTo(steady(tame));
            String[] tameSegments = path(tame).split("/", -1);
            String[] segments = path(other).split("/", -1);
            assertThat(segments).as(what).hasSameSizeAs(tameSegments);
            for (int i = 0; i < segments.length; i++) {
                same(what, tameSegments[i], segments[i], value, "[A-Za-z0-9._~@:-]|%[0-9A-F]{2}");
            }
            String[] tamePairs = query(tame).split("&", -1);
            String[] pairs = query(other).split("&", -1);
            assertThat(pairs).as(what).hasSameSizeAs(tamePairs);
            for (int i = 0; i < pairs.length; i++) {
                same(what, tamePairs[i], pairs[i], value, "[A-Za-z0-9._~=-]|%[0-9A-F]{2}");
            }
            if (tame.text().contains(TAME)) {
                assertThat(JSON.readTree(other.body())).as(what).isEqualTo(replaced(JSON.readTree(tame.body()), value));
            } else {
                assertThat(unbound(new String(other.body(), ISO_8859_1)))
                        .as(what)
                        .isEqualTo(unbound(new String(tame.body(), ISO_8859_1)));
            }
        }

        private static List<String> steady(RawBroker.Request request) {
            return request.headers().stream()
                    .filter(header -> !header.startsWith("Content-Length:"))
                    .map(Arrived::unbound)
                    .toList();
        }

        /** Without the boundary of a form, which is another one each time. */
        private static String unbound(String text) {
            return text.replaceAll("httpclient_boundary_[0-9a-f-]{36}", "boundary");
        }

        private static void same(String what, String tame, String part, String value, String characters) {
            if (!tame.contains(TAME)) {
                assertThat(part).as(what).isEqualTo(tame);
                return;
            }
            assertThat(part).as(what).matches("(?:" + characters + ")*+");
            assertThat(part).as(what).isNotIn(".", "..", "");
            byte[] expected = tame.replace(TAME, "\u0001").getBytes(ISO_8859_1);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            for (byte octet : decoded(new String(expected, ISO_8859_1))) {
                bytes.writeBytes(octet == 1 ? value.getBytes(UTF_8) : new byte[] {octet});
            }
            assertThat(decoded(part)).as(what).isEqualTo(bytes.toByteArray());
        }

        /** Strictly: what is no escape is itself. */
        private static byte[] decoded(String text) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            for (int i = 0; i < text.length(); i++) {
                if (text.charAt(i) == '%') {
                    bytes.write(Integer.parseInt(text.substring(i + 1, i + 3), 16));
                    i += 2;
                } else {
                    bytes.write(text.charAt(i));
                }
            }
            return bytes.toByteArray();
        }

        private static JsonNode replaced(JsonNode node, String value) {
            if (node instanceof ObjectNode object) {
                object.properties().forEach(field -> field.setValue(replaced(field.getValue(), value)));
            } else if (node instanceof ArrayNode array) {
                for (int i = 0; i < array.size(); i++) {
                    array.set(i, replaced(array.get(i), value));
                }
            } else if (node.isTextual() && node.asText().contains(TAME)) {
                return TextNode.valueOf(node.asText().replace(TAME, value));
            }
            return node;
        }
    }

    /** What came of a call: nothing or one request. */
    private record Came(RawBroker.Request request, Exception failure, Exchange exchange) {}

    private Came call(
            Called called, SampleCall sample, Parameter parameter, Source source, String value, boolean steering)
            throws Exception {
        Map<String, Object> header = new TreeMap<>(sample.values(false));
        Map<String, Object> fields = new TreeMap<>(sample.values(true));
        Map<String, Object> headers = new HashMap<>();
        header.remove(parameter.name());
        fields.remove(parameter.name());
        Input input = sample.operation().input();
        boolean ofItem = input == Input.ROWS && sample.operation().ofItem(parameter);
        Map<String, Object> options = Map.of();
        switch (source) {
            case HEADER -> {
                if (ofItem) {
                    // a row's own values are in the body
                    return new Came(null, null, null);
                }
                String named = named(parameter);
                if (named == null) {
                    header.put(parameter.name(), value);
                } else {
                    headers.put(steering ? hostile.cased(named) : named, value);
                }
            }
            case OPTION -> options = Map.of(parameter.name(), value);
            case BODY -> fields.put(parameter.name(), value);
        }
        headers.put(EmqxPlatformConstants.PARAMETERS, header);
        if (steering) {
            headers.putAll(foreign());
        }
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setHeaders(headers);
        exchange.getMessage().setBody(body(sample, header, fields, source == Source.BODY));
        broker.taken();
        called.with(options).process(exchange);
        List<RawBroker.Request> requests = broker.taken();
        assertThat(requests).as("%s %s", sample, shown(value)).hasSizeLessThanOrEqualTo(1);
        return new Came(requests.isEmpty() ? null : requests.get(0), exchange.getException(), exchange);
    }

    private static String named(Parameter parameter) {
        Map<String, String> headers = Map.of(
                "clientid", EmqxPlatformConstants.CLIENT_ID,
                "username", EmqxPlatformConstants.USERNAME,
                "topic", EmqxPlatformConstants.TOPIC,
                "node", EmqxPlatformConstants.NODE,
                "id", EmqxPlatformConstants.ID);
        return parameter
                .names()
                .filter(headers::containsKey)
                .map(headers::get)
                .findFirst()
                .orElse(null);
    }

    private static Object body(
            SampleCall sample, Map<String, Object> header, Map<String, Object> fields, boolean asBody) {
        Operation operation = sample.operation();
        return switch (operation.input()) {
            case NONE -> asBody ? fields : null;
            case ROW, PAYLOAD -> fields;
            case ROWS -> {
                Map<String, Object> row = new TreeMap<>(fields);
                row.putAll(header);
                row.keySet().removeIf(name -> operation
                        .parameter(name)
                        .filter(one -> !operation.ofItem(one))
                        .isPresent());
                header.keySet().removeAll(row.keySet());
                yield List.of(row);
            }
            case JSON -> Map.of("inner", "value");
            case TEXT -> "a = 1";
            case FILE -> "content of the file".getBytes(UTF_8);
        };
    }

    /** Headers that steer other components, and those of ours that a route has not allowed to steer. */
    private Map<String, Object> foreign() {
        Map<String, Object> headers = new HashMap<>();
        Map.of(
                        "CamelHttpUri",
                        "http://127.0.0.1:1/evil",
                        "CamelHttpPath",
                        "/evil",
                        "CamelHttpRawQuery",
                        "evil=1",
                        "CamelHttpQuery",
                        "evil=1",
                        "CamelHttpMethod",
                        "DELETE",
                        "CamelHttpHost",
                        "evil.example.com",
                        "Host",
                        "evil.example.com",
                        "Authorization",
                        "Basic ZXZpbDpldmls",
                        "Content-Type",
                        "text/evil",
                        EmqxPlatformConstants.OPERATION,
                        hostile.oneOf(List.of("delete", "create", "kick", "../x", "")))
                .forEach((name, value) -> headers.put(hostile.cased(name), value));
        headers.put(hostile.cased("Transfer-Encoding"), "chunked");
        headers.put(hostile.cased("X-Evil"), hostile.next());
        headers.put("X-Evil\r\nX-Other: 1", hostile.next());
        return headers;
    }

    private EmqxPlatformEndpoint endpoint(Operation operation, Generation generation) throws Exception {
        String uri = "emqx-platform:" + operation.resource() + "?operation=" + operation.name();
        if (generation != Generation.PLATFORM) {
            uri += "&pagingStyle=plain&apiUrl=" + broker.origin() + "/api/" + generation.label();
        }
        return (EmqxPlatformEndpoint) context.getComponent("emqx-platform").createEndpoint(uri);
    }

    /** An endpoint and its producer, which is made anew when the options change. */
    private static final class Called implements AutoCloseable {

        private final EmqxPlatformEndpoint endpoint;
        private Map<String, Object> options = Map.of();
        private Producer producer;

        Called(EmqxPlatformEndpoint endpoint) {
            this.endpoint = endpoint;
        }

        CalledProducer with(Map<String, Object> wanted) {
            return exchange -> {
                try {
                    if (producer == null || !options.equals(wanted)) {
                        close();
                        options = wanted;
                        endpoint.setParameters(wanted);
                        producer = endpoint.createProducer();
                        producer.start();
                    }
                    producer.process(exchange);
                } catch (Exception e) {
                    exchange.setException(e);
                }
            };
        }

        @Override
        public void close() {
            if (producer != null) {
                producer.stop();
                producer = null;
            }
        }
    }

    private interface CalledProducer {
        void process(Exchange exchange);
    }

    private static String shown(String value) {
        StringBuilder shown = new StringBuilder();
        value.chars()
                .limit(80)
                .forEach(c -> shown.append(c > 31 && c < 127 ? "" + (char) c : String.format("\\u%04x", c)));
        return shown + (value.length() > 80 ? "… " + value.length() : "");
    }
}
