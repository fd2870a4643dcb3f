/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import io.github.camelemqx.platform.exception.EmqxAuthenticationException;
import io.github.camelemqx.platform.exception.EmqxInvalidRequestException;
import io.github.camelemqx.platform.exception.EmqxNotFoundException;
import io.github.camelemqx.platform.exception.EmqxPlatformException;
import io.github.camelemqx.platform.exception.EmqxProtocolException;
import io.github.camelemqx.platform.exception.EmqxRateLimitException;
import io.github.camelemqx.platform.exception.EmqxServerException;
import io.github.camelemqx.platform.exception.EmqxUnavailableException;
import io.github.camelemqx.platform.test.ClientOptions;
import io.github.camelemqx.platform.test.Generation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Generation 5 lists clients by cursor where it can, and by page number where it cannot. */
@ParameterizedClass
@EnumSource(value = Generation.class, names = "V5")
class CursorTest extends BothGenerations {

    private static final String ALL = "clients?operation=list&pageSize=10";
    private static final String SECOND_NODE = "emqx-b@127.0.0.1";

    /** The ids that the stream gave, in its order. */
    private final List<String> streamed = new ArrayList<>();

    /** What happens in the cluster after so many rows or requests. */
    private IntConsumer meanwhile = count -> {};

    @Override
    protected RouteBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:stream")
                        .toD("emqx-platform:" + ALL + "&paging=stream&pagingStyle=${body}")
                        .split(body())
                        .streaming()
                        .process(exchange -> {
                            streamed.add(id(exchange.getMessage().getBody(Map.class)));
                            meanwhile.accept(streamed.size());
                        });
            }
        };
    }

    @Test
    void allPagesGoByCursor() {
        connect("c", 25);
        Exchange done = call(ALL, null, Map.of());
        assertThat((List<?>) done.getMessage().getBody()).hasSize(25);
        assertThat(done.getMessage().getHeader(EmqxPlatformConstants.COUNT)).isEqualTo(25L);
        assertThat(done.getMessage().getHeader(EmqxPlatformConstants.HTTP_STATUS))
                .isEqualTo(200);
        assertThat(asked()).hasSize(3).allMatch(url -> url.startsWith("/api/v5/clients_v2?limit=10"));
        assertThat(asked().get(0)).doesNotContain("cursor");
    }

    @Test
    void theLastPageMayBeEmpty() {
        connect("c", 20);
        assertThat(ids(ALL)).hasSize(20).doesNotHaveDuplicates();
        assertThat(asked()).hasSize(3);
    }

    @Test
    void nobodyIsListedToo() {
        assertThat(ids(ALL)).isEmpty();
        assertThat(asked()).hasSize(1);
    }

    /** After each page all of it leave, and others come: a page by its number then begins too late. */
    @Test
    void aStreamMissesAndDoublesNobodyWhoStays() {
        connect("gone", 10);
        connect("stays", 30);
        meanwhile = rows -> {
            if (rows == 5) {
                IntStream.range(0, 10).forEach(i -> emqx.disconnect("gone" + i));
                connect("comes", 10);
            }
        };
        assertThat(stream("auto").getException()).isNull();
        assertThat(streamed).doesNotHaveDuplicates().containsAll(names("stays", 30));
        assertThat(asked()).noneMatch(url -> url.contains("/clients?"));

        reset();
        connect("gone", 10);
        connect("stays", 30);
        assertThat(stream("plain").getException()).isNull();
        assertThat(streamed).hasSize(40).doesNotContainAnyElementsOf(names("stays", 10));
    }

    @Test
    void aWholeListingMissesAndDoublesNobodyWhoStays() {
        connect("gone", 10);
        connect("stays", 30);
        afterEachPage(pages -> {
            if (pages == 1) {
                IntStream.range(0, 10).forEach(i -> emqx.disconnect("gone" + i));
                connect("comes", 10);
            }
        });
        assertThat(ids(ALL)).doesNotHaveDuplicates().containsAll(names("stays", 30));
        assertThat(asked()).noneMatch(url -> url.contains("/clients?"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "&param.fields=clientid",
                "&pagingStyle=plain",
                "&pagingStyle=underscore",
                "&paging=page",
                "&param.page=1",
                "&node=" + SECOND_NODE
            })
    void whatTheCursorCannotGoesByPageNumber(String options) {
        emqx.addNode(SECOND_NODE);
        emqx.connect(ClientOptions.of("b").node(SECOND_NODE));
        assertThat(ids(ALL + options)).containsExactly("b");
        assertThat(asked()).singleElement().asString().startsWith("/api/v5/clients?");
    }

    @Test
    void filtersAreOfEveryPage() {
        connect("car", 15);
        connect("bus", 5);
        String filters = "&param.like_clientid=car&param.conn_state=connected&param.clean_start=true&param.proto_ver=5"
                + "&param.ip_address=127.0.0.1&param.gte_connected_at=2020-01-01T00:00:00Z"
                + "&param.lte_created_at=2120-01-01T00:00:00Z";
        assertThat(ids(ALL + filters)).hasSize(15).allMatch(id -> id.startsWith("car"));
        assertThat(asked()).hasSize(2).allSatisfy(url -> assertThat(url)
                .startsWith("/api/v5/clients_v2?")
                .contains(
                        "like_clientid=car",
                        "conn_state=connected",
                        "clean_start=true",
                        "proto_ver=5",
                        "ip_address=127.0.0.1",
                        "gte_connected_at=2020",
                        "lte_created_at=2120"));
        assertThat(ids(ALL + "&clientId=bus3")).containsExactly("bus3");
        assertThat(ids(ALL + "&username=nobody")).isEmpty();
        assertThat(asked()).noneMatch(url -> url.contains("/clients?"));
    }

    @Test
    void aCursorIsSentAsItWasGiven() {
        stubFirst(okJson(page("a", "1+2/3=&4 ü")));
        emqx.wireMock()
                .stubFor(get(urlPathEqualTo("/api/v5/clients_v2"))
                        .withQueryParam("cursor", equalTo("1+2/3=&4 ü"))
                        .atPriority(1)
                        .willReturn(okJson(page("b", null))));
        assertThat(ids(ALL)).containsExactly("a", "b");
    }

    @Test
    void anEmptyPageWithACursorIsNotTheEnd() {
        stubFirst(okJson("{\"data\":[],\"meta\":{\"count\":0,\"cursor\":\"x\"}}"));
        stubNext(okJson(page("a", null)));
        assertThat(ids(ALL)).containsExactly("a");
    }

    @Test
    void aPageThatTellsNothingIsTheLast() {
        stubFirst(okJson("{\"data\":[{\"clientid\":\"a\"}]}"));
        assertThat(ids(ALL)).containsExactly("a");
    }

    @Test
    void anOlderDeploymentIsAskedOnce() {
        emqx.withoutCursorListing();
        connect("c", 25);
        for (int i = 0; i < 3; i++) {
            assertThat(ids(ALL)).hasSize(25).doesNotHaveDuplicates();
        }
        assertThat(stream("auto").getException()).isNull();
        assertThat(streamed).hasSize(25);
        assertThat(asked()).filteredOn(url -> url.contains("clients_v2")).hasSize(1);
    }

    static Stream<Arguments> answersOfADeploymentWithoutIt() {
        return Stream.of(
                Arguments.of("unknown path", aResponse().withStatus(404)),
                Arguments.of("client id", jsonResponse("{\"code\":\"BAD_REQUEST\",\"message\":\"?\"}", 400)),
                Arguments.of("method", aResponse().withStatus(405)),
                Arguments.of("gateway", aResponse().withStatus(403).withBody("<html>Forbidden</html>")),
                Arguments.of("login", aResponse().withStatus(302).withHeader("Location", "/login")),
                Arguments.of(
                        "page for people",
                        aResponse().withHeader("Content-Type", "text/html").withBody("<html>Login</html>")),
                Arguments.of("nothing", aResponse().withStatus(200)),
                Arguments.of("no content", aResponse().withStatus(204)),
                Arguments.of("no list", okJson("{}")),
                Arguments.of("list of nothing", okJson("[]")),
                Arguments.of("no rows", okJson("{\"data\":[1,2]}")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answersOfADeploymentWithoutIt")
    void whatIsNotOfferedGoesByPageNumber(String name, ResponseDefinitionBuilder answer) {
        connect("c", 25);
        stubFirst(answer);
        assertThat(ids(ALL)).as(name).hasSize(25).doesNotHaveDuplicates();
        assertThat(ids(ALL)).as(name).hasSize(25);
        assertThat(asked()).filteredOn(url -> url.contains("clients_v2")).hasSize(1);
        assertThat(asked()).filteredOn(url -> url.contains("/clients?")).hasSize(6);
    }

    @Test
    void aBrokerThatIsStartingIsAskedAgain() {
        connect("c", 5);
        // what a booting node says of every path (emqx-api/clusters.md, v5 (b))
        StubMapping booting = emqx.wireMock()
                .stubFor(any(urlPathMatching("/api/.*"))
                        .atPriority(1)
                        .willReturn(
                                jsonResponse("{\"code\":\"NOT_FOUND\",\"message\":\"Request Path Not Found\"}", 404)));
        failure(EmqxNotFoundException.class, ALL, null, Map.of());
        emqx.wireMock().removeStub(booting);
        emqx.wireMock().resetRequests();
        assertThat(ids(ALL)).hasSize(5);
        assertThat(asked()).singleElement().asString().contains("clients_v2");
    }

    @Test
    void aWrongFilterSaysNothingOfTheCursor() {
        connect("c", 5);
        EmqxInvalidRequestException wrong =
                failure(EmqxInvalidRequestException.class, ALL + "&param.ip_address=nowhere", null, Map.of());
        assertThat(wrong.resultCode()).isEqualTo("INVALID_PARAMETER");
        emqx.wireMock().resetRequests();
        assertThat(ids(ALL)).hasSize(5);
        assertThat(asked()).singleElement().asString().contains("clients_v2");
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(
                        jsonResponse("{\"code\":\"BAD_API_KEY_OR_SECRET\",\"message\":\"Check\"}", 401),
                        EmqxAuthenticationException.class),
                Arguments.of(aResponse().withStatus(429), EmqxRateLimitException.class),
                Arguments.of(
                        jsonResponse("{\"code\":\"NODE_DOWN\",\"message\":\"bad rpc call\"}", 500),
                        EmqxUnavailableException.class),
                Arguments.of(
                        jsonResponse("{\"code\":\"INTERNAL_ERROR\",\"message\":\"timeout\"}", 500),
                        EmqxServerException.class),
                Arguments.of(aResponse().withStatus(503), EmqxUnavailableException.class),
                Arguments.of(okJson("{\"data\":[{\"clientid\":\"a\""), EmqxProtocolException.class),
                Arguments.of(okJson("{\"data\":["), EmqxProtocolException.class),
                Arguments.of(okJson(page("a", null) + "{}"), EmqxProtocolException.class));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aFailureIsOneOnAnyPage(ResponseDefinitionBuilder answer, Class<? extends EmqxPlatformException> type) {
        connect("c", 25);
        StubMapping first = stubFirst(answer);
        failure(type, ALL, null, Map.of());
        emqx.wireMock().removeStub(first);
        stubNext(answer);
        failure(type, ALL, null, Map.of());
        assertThat(stream("auto").getException()).hasCauseInstanceOf(type);
        assertThat(asked()).noneMatch(url -> url.contains("/clients?"));
    }

    @ParameterizedTest
    @MethodSource("answersOfADeploymentWithoutIt")
    void inTheMiddleNothingIsATurnOfTheWay(String name, ResponseDefinitionBuilder answer) {
        connect("c", 25);
        stubNext(answer);
        assertThat(call(ALL, null, Map.of()).getException()).as(name).isInstanceOf(EmqxPlatformException.class);
        assertThat(asked()).noneMatch(url -> url.contains("/clients?"));
    }

    @Test
    void aWholeListingBeginsAnewWhenTheClusterShrinks() {
        shrinkingCluster();
        afterEachPage(pages -> {
            if (pages == 2) {
                emqx.stopNode(SECOND_NODE);
            }
        });
        assertThat(ids(ALL)).containsExactlyElementsOf(names("a", 10));
        // two pages, the bad cursor, and two pages of those that are left
        assertThat(asked()).hasSize(5).allMatch(url -> url.contains("clients_v2"));
    }

    @Test
    void aStreamThatGaveRowsCannotBeginAnew() {
        shrinkingCluster();
        meanwhile = rows -> {
            if (rows == 15) {
                emqx.stopNode(SECOND_NODE);
            }
        };
        Exception failed = stream("auto").getException();
        assertThat(failed).hasCauseInstanceOf(EmqxUnavailableException.class);
        EmqxUnavailableException lost = (EmqxUnavailableException) failed.getCause();
        assertThat(lost)
                .hasMessageContaining("the cluster changed during the listing")
                .hasMessageContaining("bad cursor");
        assertThat(lost.retryable()).isTrue();
        assertThat(lost.httpStatus()).isEqualTo(400);
        assertThat(streamed).containsAll(names("a", 10)).hasSizeLessThanOrEqualTo(20);
    }

    @Test
    void aClusterThatKeepsShrinkingIsUnavailable() {
        connect("c", 25);
        stubNext(jsonResponse("{\"code\":\"BAD_REQUEST\",\"message\":\"bad cursor\"}", 400));
        EmqxUnavailableException lost = failure(EmqxUnavailableException.class, ALL, null, Map.of());
        assertThat(lost).hasMessageContaining("the cluster changed during the listing");
        assertThat(asked()).hasSize(6);
    }

    @Test
    void aCursorThatComesBackIsAnError() {
        stubFirst(okJson(page("a", "A")));
        stubAt("A", page("b", "B"));
        stubAt("B", page("c", "A"));
        assertThat(failure(EmqxProtocolException.class, ALL, null, Map.of()))
                .hasMessageContaining("the same cursor twice");
        assertThat(asked()).hasSize(3);
        stubAt("A", page("b", "A"));
        failure(EmqxProtocolException.class, ALL, null, Map.of());
        assertThat(asked()).hasSize(5);
    }

    @Test
    void aNumberedPageIsNoEndOfACursor() {
        emqx.wireMock()
                .stubFor(any(urlPathMatching(".*/clients.*"))
                        .atPriority(1)
                        .willReturn(okJson("{\"data\":[{\"clientid\":\"a\"}],"
                                + "\"meta\":{\"page\":1,\"limit\":1,\"count\":2,\"hasnext\":true}}")));
        assertThat(failure(EmqxProtocolException.class, ALL, null, Map.of())).hasMessageContaining("it ignores paging");
    }

    private void shrinkingCluster() {
        emqx.addNode(SECOND_NODE);
        connect("a", 10);
        IntStream.range(0, 15)
                .forEach(i -> emqx.connect(ClientOptions.of("b" + i).node(SECOND_NODE)));
    }

    private void connect(String prefix, int count) {
        names(prefix, count).forEach(emqx::connect);
    }

    private static List<String> names(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
    }

    private void reset() {
        emqx.reset();
        streamed.clear();
    }

    private Exchange stream(String style) {
        streamed.clear();
        return template.request(
                "direct:stream", exchange -> exchange.getMessage().setBody(style));
    }

    /** Before the answer leaves, but after it was made: nothing is left to chance. */
    private void afterEachPage(IntConsumer change) {
        AtomicInteger pages = new AtomicInteger();
        emqx.wireMock().addMockServiceRequestListener((request, response) -> {
            if (request.getUrl().contains("/clients")) {
                change.accept(pages.incrementAndGet());
            }
        });
    }

    private StubMapping stubFirst(ResponseDefinitionBuilder answer) {
        return emqx.wireMock()
                .stubFor(get(urlPathEqualTo("/api/v5/clients_v2"))
                        .withQueryParam("cursor", absent())
                        .atPriority(1)
                        .willReturn(answer));
    }

    private void stubNext(ResponseDefinitionBuilder answer) {
        emqx.wireMock()
                .stubFor(get(urlPathEqualTo("/api/v5/clients_v2"))
                        .withQueryParam("cursor", matching(".+"))
                        .atPriority(1)
                        .willReturn(answer));
    }

    private void stubAt(String cursor, String page) {
        emqx.wireMock()
                .stubFor(get(urlPathEqualTo("/api/v5/clients_v2"))
                        .withQueryParam("cursor", equalTo(cursor))
                        .atPriority(1)
                        .willReturn(okJson(page)));
    }

    private static String page(String clientId, String cursor) {
        return "{\"data\":[{\"clientid\":\"" + clientId + "\"}],\"meta\":{\"count\":1"
                + (cursor == null ? "" : ",\"cursor\":\"" + cursor + "\"") + "}}";
    }

    /** What was asked of clients, oldest first. */
    private List<String> asked() {
        List<String> urls = new ArrayList<>();
        emqx.wireMock()
                .getAllServeEvents()
                .forEach(event -> urls.add(0, event.getRequest().getUrl()));
        return urls;
    }

    private List<String> ids(String uri) {
        return rows(uri).stream().map(CursorTest::id).toList();
    }

    private static String id(Map<?, ?> row) {
        return (String) row.get("clientid");
    }
}
