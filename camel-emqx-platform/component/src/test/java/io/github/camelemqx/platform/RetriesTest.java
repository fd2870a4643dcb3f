/* Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of the project. */
package io.github.camelemqx.platform;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlMatching;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import io.github.camelemqx.platform.exception.EmqxNotFoundException;
import io.github.camelemqx.platform.exception.EmqxPlatformException;
import io.github.camelemqx.platform.exception.EmqxRateLimitException;
import io.github.camelemqx.platform.exception.EmqxUnavailableException;
import io.github.camelemqx.platform.test.Generation;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Calls are sent again where that may help and does no harm. Times are bounds from below only. */
@ParameterizedClass
@EnumSource(Generation.class)
class RetriesTest extends BothGenerations {

    private static final String QUICK = "&maxRetries=3&retryDelay=1";
    private static final Map<String, Object> C1 = Map.of(EmqxPlatformConstants.CLIENT_ID, "c1");

    private static final String ANY = "/api/.*";
    private static final String SECOND_PAGE = ".*(cursor=|[?&]_?page=2).*";

    /** The first requests to addresses get something else than the simulator's answers. */
    private void first(String url, List<ResponseDefinitionBuilder> answers) {
        for (int request = 0; request < answers.size(); request++) {
            emqx.wireMock()
                    .stubFor(any(urlMatching(url))
                            .atPriority(1)
                            .inScenario("for a while")
                            .whenScenarioStateIs(request == 0 ? Scenario.STARTED : "after " + request)
                            .willSetStateTo("after " + (request + 1))
                            .willReturn(answers.get(request)));
        }
    }

    private void first(int requests, ResponseDefinitionBuilder answer) {
        first(ANY, Collections.nCopies(requests, answer));
    }

    private static ResponseDefinitionBuilder status(int status) {
        return aResponse().withStatus(status);
    }

    /** The requests in the order in which they came. */
    private List<ServeEvent> requests() {
        return emqx.wireMock().getAllServeEvents().stream()
                .sorted(Comparator.comparing(event -> event.getRequest().getLoggedDate()))
                .toList();
    }

    /** The time between the first two requests. */
    private Duration waited() {
        List<ServeEvent> requests = requests();
        return Duration.between(
                requests.get(0).getRequest().getLoggedDate().toInstant(),
                requests.get(1).getRequest().getLoggedDate().toInstant());
    }

    @Test
    void aReadIsSentAgain() {
        emqx.connect("c1");
        for (ResponseDefinitionBuilder answer : List.of(
                status(502),
                status(503),
                status(504),
                status(429),
                aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER),
                aResponse().withFault(Fault.EMPTY_RESPONSE))) {
            emqx.reset();
            emqx.connect("c1");
            first(3, answer);
            assertThat(row("clients?operation=get" + QUICK, null, C1)).containsEntry("clientid", "c1");
            assertThat(requests()).hasSize(4);
        }
    }

    @Test
    void whatIsLateIsAskedForAgain() {
        emqx.connect("c1");
        first(1, okJson("{}").withFixedDelay(5000));
        assertThat(row("clients?operation=get&responseTimeout=700" + QUICK, null, C1))
                .containsEntry("clientid", "c1");
    }

    @Test
    void whatGeneration4SaysUnderHttp200Counts() {
        emqx.connect("c1");
        if (v5()) {
            first(2, status(503).withBody("{\"code\":\"NODE_DOWN\",\"message\":\"\"}"));
        } else {
            first(2, okJson("{\"code\":101,\"message\":\"badrpc\"}"));
        }
        assertThat(row("clients?operation=get" + QUICK, null, C1)).containsEntry("clientid", "c1");
        assertThat(requests()).hasSize(3);
    }

    @Test
    void aChangeThatDoesNoHarmTwiceIsSentAgain() {
        emqx.connect("c1");
        first(1, status(503));
        result("clients?operation=kick" + QUICK, null, C1);
        assertThat(requests()).hasSize(2);
        assertThat(emqx.client("c1")).isEmpty();
    }

    @Test
    void whatHasBeenDoneThoughItsAnswerWasLostIsTold() {
        // of a kick whose answer is lost, a broker says that there is no such client when it is repeated
        first(1, aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
        Exchange done = call("clients?operation=get" + QUICK, null, C1);
        assertThat(done.getException()).isInstanceOf(EmqxNotFoundException.class);
        assertThat(done.getException().getSuppressed()).singleElement().isInstanceOf(EmqxUnavailableException.class);
    }

    @Test
    void aChangeThatCountsEachTimeIsNot() {
        first(1, status(503));
        failure(EmqxUnavailableException.class, "messages?operation=publish&topic=t" + QUICK, "x", Map.of());
        assertThat(requests()).hasSize(1);
    }

    @Test
    void whatWillFailAgainIsNot() {
        for (int status : List.of(400, 401, 403, 404, 409, 500, 501)) {
            emqx.reset();
            first(1, status(status));
            Exchange done = call("clients?operation=get" + QUICK, null, C1);
            assertThat(done.getException()).isInstanceOf(EmqxPlatformException.class);
            assertThat(requests()).as("HTTP " + status).hasSize(1);
        }
    }

    @Test
    void theLastFailureIsTheOneThatIsTold() {
        first(ANY, List.of(status(503), status(503), status(503), status(504)));
        EmqxUnavailableException failure =
                failure(EmqxUnavailableException.class, "clients?operation=get" + QUICK, null, C1);
        assertThat(failure.httpStatus()).isEqualTo(504);
        assertThat(requests()).hasSize(4);
    }

    @Test
    void zeroIsNever() {
        first(1, status(503));
        failure(EmqxUnavailableException.class, "clients?operation=get&maxRetries=0", null, C1);
        assertThat(requests()).hasSize(1);
    }

    @Test
    void theWaitsGrow() {
        first(3, status(503));
        emqx.connect("c1");
        result("clients?operation=get&maxRetries=3&retryDelay=100", null, C1);
        List<ServeEvent> requests = requests();
        long before = 0;
        for (int i = 0; i < 3; i++) {
            long wait = Duration.between(
                            requests.get(i).getRequest().getLoggedDate().toInstant(),
                            requests.get(i + 1).getRequest().getLoggedDate().toInstant())
                    .toMillis();
            assertThat(wait).isGreaterThanOrEqualTo(100L << i);
            before += wait;
        }
        assertThat(before).isGreaterThanOrEqualTo(700);
    }

    @Test
    void retryAfterIsKeptTo() {
        emqx.connect("c1");
        for (int status : List.of(429, 503)) {
            emqx.reset();
            emqx.connect("c1");
            first(1, status(status).withHeader("Retry-After", "1"));
            result("clients?operation=get" + QUICK, null, C1);
            assertThat(waited()).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        }
        emqx.reset();
        emqx.connect("c1");
        String date = ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(2).format(DateTimeFormatter.RFC_1123_DATE_TIME);
        first(1, status(503).withHeader("Retry-After", date));
        result("clients?operation=get" + QUICK, null, C1);
        // a date has whole seconds
        assertThat(waited()).isGreaterThanOrEqualTo(Duration.ofMillis(500));
    }

    @Test
    void whoIsSentAwayForLongIsToldAtOnce() {
        first(1, status(503).withHeader("Retry-After", "3600"));
        EmqxUnavailableException away =
                failure(EmqxUnavailableException.class, "clients?operation=get" + QUICK, null, C1);
        assertThat(away.retryAfter()).isEqualTo(Duration.ofHours(1));
        assertThat(requests()).hasSize(1);
        emqx.reset();
        first(1, status(429).withHeader("Retry-After", "31"));
        EmqxRateLimitException limited =
                failure(EmqxRateLimitException.class, "clients?operation=get" + QUICK, null, C1);
        assertThat(limited.retryAfter()).isEqualTo(Duration.ofSeconds(31));
        assertThat(requests()).hasSize(1);
    }

    private List<String> connected(int clients) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            ids.add("c" + i);
            emqx.connect("c" + i);
        }
        return ids;
    }

    private static List<Object> ids(List<Map<String, Object>> rows) {
        return rows.stream().map(row -> row.get("clientid")).toList();
    }

    @Test
    void aPageIsAskedForAgainNotTheWholeListing() {
        List<String> ids = connected(25);
        first(SECOND_PAGE, List.of(status(503), status(503)));
        List<Map<String, Object>> all = rows("clients?operation=list&pageSize=10" + QUICK);
        assertThat(ids(all)).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(requests()).hasSize(5);
    }

    @Test
    void rowsOfAPageThatWasNotFinishedDoNotComeTwice() {
        List<String> ids = connected(25);
        String rows = "{\"clientid\":\"never there\"},".repeat(20);
        ResponseDefinitionBuilder stalled =
                okJson("{\"code\":0,\"data\":[" + rows + "{}],\"meta\":{}}").withChunkedDribbleDelay(10, 6000);
        first(SECOND_PAGE, List.of(stalled, stalled));
        List<Map<String, Object>> all = rows("clients?operation=list&pageSize=10&responseTimeout=700" + QUICK);
        assertThat(ids(all)).containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    void aStreamGoesOn() throws Exception {
        List<String> ids = connected(25);
        first(SECOND_PAGE, List.of(status(503), status(503)));
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:list")
                        .to("emqx-platform:clients?operation=list&paging=stream&pageSize=10" + QUICK)
                        .split(body())
                        .streaming()
                        .transform(simple("${body[clientid]}"))
                        .to("mock:ids");
            }
        });
        MockEndpoint mock = getMockEndpoint("mock:ids");
        mock.expectedBodiesReceivedInAnyOrder(ids);
        template.sendBody("direct:list", null);
        mock.assertIsSatisfied();
    }

    @Test
    void onePageToo() {
        connected(5);
        first(1, status(503));
        assertThat(rows("clients?operation=list&paging=page&pageSize=10" + QUICK))
                .hasSize(5);
    }

    @Test
    void theGenerationIsAskedForAgain() {
        emqx.connect("c1");
        first(2, status(503));
        assertThat(rows("clients?operation=list&apiUrl=" + emqx.baseUrl() + QUICK))
                .hasSize(1);
    }

    @Test
    void itemsOfABulkCallAreSentAgain() {
        connected(3);
        first(1, status(503));
        result("clients?operation=kick-bulk" + QUICK, List.of("c0", "c1", "c2"));
        assertThat(emqx.client("c0")).isEmpty();
        assertThat(emqx.client("c2")).isEmpty();
    }

    @Test
    void aStoppingContextWaitsForNoRetry() throws Exception {
        emqx.wireMock().stubFor(any(anyUrl()).atPriority(1).willReturn(status(503)));
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:start")
                        .to("emqx-platform:clients?operation=get&clientId=c1&retryDelay=600000&maxRetries=1");
            }
        });
        context.getShutdownStrategy().setTimeout(1);
        CompletableFuture<Exchange> waiting = template.asyncSend("direct:start", exchange -> {});
        await().until(() -> requests().size() == 1);
        context.stop();
        assertThat(waiting.get(10, TimeUnit.SECONDS).getException()).isInstanceOf(EmqxUnavailableException.class);
        assertThat(requests()).hasSize(1);
    }
}
